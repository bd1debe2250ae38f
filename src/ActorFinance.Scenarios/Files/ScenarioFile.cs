using System.Buffers;
using System.Text.Json;

namespace ActorFinance.Scenarios.Files;

/// <summary>
/// A scenario: what it is called and takes for granted, its companies, and its commands in order. An entry of <c>commands</c> has the fields of a command's
/// envelope, and one more whose name is the command's type and whose fields are those of its JSON.
/// </summary>
internal sealed class ScenarioFile
{
    /// <summary>What <c>defaults</c> may give to entries that do not state it.</summary>
    public static readonly IReadOnlyList<string> DefaultFields = ["known", "source", "confidence"];

    public static readonly Shape.Leaf Slug = CommandShapes.LeafOf<HolderId>();

    /// <summary>What a scenario has besides when it is to be simulated.</summary>
    public static readonly IReadOnlyList<string> AgreementFields = ["clock", "parameters", "values", "agreements", "figures", "samples"];

    private static readonly string[] RootFields = ["scenario", "title", "description", "assumptions", "defaults", "companies", "commands"];
    private static readonly Shape.Leaf Text = (Shape.Leaf)CommandShapes.Of(typeof(string));

    private readonly SourceText _source;
    private readonly List<InputProblem> _problems;
    private readonly ShapeCheck _check;
    private readonly CommandLedger _ledger;
    private readonly CommandEntry _entries;

    private ScenarioFile(SourceText source, List<InputProblem> problems)
    {
        _source = source;
        _problems = problems;
        _check = new(source.File, isTyped: false, problems);
        _ledger = new(source.File, problems);
        _entries = new(source.File, _check, problems);
    }

    public static Shape.Fields DefaultsShape { get; } = CommandEntry.Part("defaults", CommandShapes.Envelope, DefaultFields);

    public static Shape.Fields CompanyShape { get; } = new("a company",
    [
        new("id", CommandShapes.Of(typeof(CompanyId)), IsRequired: true, IsNullable: false, Omitted: null),
        .. CommandShapes.Command("register-company").Members,
        .. CommandEntry.Shape.Members.Where(field => field.Name is "effective" or "known" or "source" or "confidence").Select(field => field with { IsRequired = false }),
    ]);

    public static CommandBook? Read(SourceText source, List<InputProblem> problems)
    {
        if (YamlTree.Parse(source, problems) is not { } tree)
        {
            return null;
        }

        var scenario = new ScenarioFile(source, problems);
        return scenario._check.IsMapping(tree.Root, "scenario") ? scenario.Book(tree.Root) : null;
    }

    /// <summary>The companies and commands of a scenario whose agreements are read beside them.</summary>
    /// <param name="source">The file.</param>
    /// <param name="root">Its root.</param>
    /// <param name="earliest">When companies are registered that no command is earlier than.</param>
    /// <param name="problems">What is wrong.</param>
    public static CommandBook ReadBeside(SourceText source, Node root, Instant earliest, List<InputProblem> problems) =>
        new ScenarioFile(source, problems).Book(root, earliest);

    private CommandBook Book(Node root, Instant? earliest = null)
    {
        var isSimulated = earliest is not null;
        string[] names = isSimulated ? [.. RootFields, .. AgreementFields] : RootFields;
        foreach (var member in root.Members.Where(member => !RootFields.Contains(member.Name)))
        {
            if (AgreementFields.Contains(member.Name))
            {
                if (!isSimulated)
                {
                    _check.Refuse(member.Place, member.Name, member.Name, "left out of what is imported: 'actorfinance simulate' runs a scenario with agreements");
                }

                continue;
            }

            _check.Refuse(member.Place, member.Name, member.Name, $"one of the fields of a scenario: {string.Join(", ", names)}{Spelling.Hint(member.Name, names)}");
        }

        var name = TextOf(root, "scenario", Slug, required: true) ?? "scenario";
        var title = TextOf(root, "title", Text, required: true);
        var description = TextOf(root, "description", Text, required: false);
        var assumptions = Items(root, "assumptions").Select((item, i) => TextAt(item, Text, $"assumptions[{i}]") ?? "").ToList();
        var defaults = Defaults(root);
        var entries = Entries(root, name, defaults, required: !isSimulated);
        var registered = Companies(root, entries, earliest ?? Instant.Minimum);
        foreach (var (envelope, place) in entries)
        {
            _ledger.Add(envelope, place);
        }

        return new(FileForm.Scenario, name, title, description, assumptions, _ledger.Commands, registered);
    }

    private List<(CommandEnvelope Envelope, Place Place)> Entries(Node root, string name, CommandEnvelope? defaults, bool required)
    {
        if (required && root.Find("commands") is null)
        {
            _check.Refuse(root.Place, "commands", value: null, "a list of commands");
        }

        var entries = new List<(CommandEnvelope Envelope, Place Place)>();
        var ordinal = 0;
        foreach (var item in Items(root, "commands"))
        {
            var path = $"commands[{ordinal++}]";
            if (_entries.Read(item, path) is not { } envelope)
            {
                continue;
            }

            // Named by what the entry itself says: a changed default then meets the old id with another content, and is refused instead of doubling the file.
            var id = item.Find("id") is null ? _ledger.IdOf(name, CommandJson.DigestOf(envelope).ToString()) : envelope.Id;
            entries.Add((envelope with
            {
                Id = id,
                Rank = item.Find("rank") is null ? ordinal : envelope.Rank,
                KnownAt = envelope.KnownAt ?? defaults?.KnownAt,
                Source = envelope.Source ?? defaults?.Source,
                Confidence = envelope.Confidence ?? defaults?.Confidence,
            }, item.Place));
        }

        return entries;
    }

    /// <summary>Registers the companies, at the file's earliest time unless they state one: a registration holds wherever the company is named.</summary>
    private List<CompanyId> Companies(Node root, List<(CommandEnvelope Envelope, Place Place)> entries, Instant otherwise)
    {
        var registered = new List<CompanyId>();
        var lines = new Dictionary<CompanyId, int>();
        var earliest = entries.Count == 0 ? otherwise : entries.Min(entry => entry.Envelope.EffectiveAt);
        var index = 0;
        foreach (var item in Items(root, "companies"))
        {
            if (Company(item, $"companies[{index++}]", earliest) is not { } envelope)
            {
                continue;
            }

            if (!lines.TryAdd(envelope.Company, item.Place.Line))
            {
                _check.Refuse(item.Find("id")!.Value.Place, "id", envelope.Company.Value, $"listed once; line {lines[envelope.Company]} lists it first");
                continue;
            }

            registered.Add(envelope.Company);
            _ledger.Add(envelope, item.Place, onlyIfUnknown: true);
        }

        return registered;
    }

    private CommandEnvelope? Company(Node item, string path, Instant earliest)
    {
        var before = _problems.Count;
        if (!_check.IsMapping(item, path))
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            _check.WriteMembers(writer, item, CompanyShape, path, item.Members);
            writer.WriteEndObject();
        }

        if (_problems.Count > before)
        {
            return null;
        }

        using var fields = JsonDocument.Parse(buffer.WrittenMemory);
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            WriteRegistration(writer, fields.RootElement, earliest);
        }

        return CommandLines.Parsed(json.WrittenSpan, _source.File, item.Place, _problems);
    }

    private static void WriteRegistration(Utf8JsonWriter writer, JsonElement fields, Instant earliest)
    {
        var id = fields.GetProperty("id").GetString();
        writer.WriteStartObject();
        writer.WriteString("id", $"register:{id}");
        writer.WriteString("company", id);
        if (!fields.TryGetProperty("effective", out _))
        {
            writer.WriteString("effective", earliest.ToString());
        }

        foreach (var field in fields.EnumerateObject().Where(field => CommandEntry.Fields.Contains(field.Name) && field.Name != "id"))
        {
            field.WriteTo(writer);
        }

        writer.WriteStartObject("command");
        writer.WriteString("type", "register-company");
        foreach (var field in fields.EnumerateObject().Where(field => !CommandEntry.Fields.Contains(field.Name)))
        {
            field.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The defaults as an envelope of which only they count.</summary>
    private CommandEnvelope? Defaults(Node root)
    {
        var before = _problems.Count;
        if (root.Find("defaults") is not { Value: { Kind: not NodeKind.Null } defaults } || !_check.IsMapping(defaults, "defaults"))
        {
            return null;
        }

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("id", CommandLedger.Unnamed.Value);
            writer.WriteString("company", "defaults");
            writer.WriteString("effective", "2000-01-01");
            _check.WriteMembers(writer, defaults, DefaultsShape, "defaults", defaults.Members);
            writer.WriteStartObject("command");
            writer.WriteString("type", "complete-deal");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return _problems.Count > before ? null : CommandLines.Parsed(json.WrittenSpan, _source.File, defaults.Place, _problems);
    }

    private IReadOnlyList<Node> Items(Node root, string name)
    {
        if (root.Find(name) is not { Value: { Kind: not NodeKind.Null } list })
        {
            return [];
        }

        if (list.Kind != NodeKind.List)
        {
            _check.Refuse(list.Place, name, list.Text, "a list");
        }

        return list.Items;
    }

    private string? TextOf(Node root, string name, Shape.Leaf leaf, bool required)
    {
        if (root.Find(name) is { } member)
        {
            return TextAt(member.Value, leaf, name);
        }

        if (required)
        {
            _check.Refuse(root.Place, name, value: null, leaf.Rule);
        }

        return null;
    }

    private string? TextAt(Node node, Shape.Leaf leaf, string path)
    {
        if (node.Kind is NodeKind.Text or NodeKind.Plain && leaf.Accepts(node.Text))
        {
            return node.Text.Trim();
        }

        _check.Refuse(node.Place, path, node.Kind == NodeKind.Null ? "" : node.Text, leaf.Rule);
        return null;
    }
}
