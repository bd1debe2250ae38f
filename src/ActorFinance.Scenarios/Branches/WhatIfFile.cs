using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Branches;

/// <summary>A what-if as it was written: what it is called, why, how likely it is (0 to 1; null: not said), and its edits in order.</summary>
public sealed record WhatIf(string Name, string? Title, string? Author, string? Reason, string? Source, decimal? Probability, IReadOnlyList<Edit> Edits);

/// <summary>What reading a what-if gave.</summary>
public abstract record WhatIfResult
{
    private WhatIfResult()
    {
    }

    public sealed record Accepted(WhatIf WhatIf) : WhatIfResult;

    /// <summary>All problems of the file, in its order.</summary>
    public sealed record Rejected(IReadOnlyList<InputProblem> Problems) : WhatIfResult;
}

/// <summary>
/// A what-if in YAML: <c>what-if</c> (its name), <c>title</c>, <c>author</c>, <c>reason</c>, <c>source</c>, <c>probability</c>, and <c>edits</c>, a list of operations with
/// their terms; <c>insert</c> holds a list of commands as a scenario writes them.
/// </summary>
public static class WhatIfFile
{
    /// <summary>How the ids of commands begin that the file gives none.</summary>
    internal const string UnnamedPrefix = "what-if-";

    private const string Insert = "insert";
    private const string Reason = "reason";
    private const string Source = "source";
    private const string Probability = "probability";
    private static readonly string[] s_fields = ["what-if", "title", "author", "reason", "source", "probability", "edits"];

    /// <summary>What an edit can be, and what beside its terms each but <c>insert</c> may state.</summary>
    internal static readonly string[] Operations = [.. EditTerms.Operations, Insert];

    internal static readonly string[] Notes = [Reason, Source];

    public const string ProbabilityRule = "a probability from 0 to 1, such as 0.4 or 40%";

    /// <summary>Null for what is no probability.</summary>
    public static decimal? ShareOf(string text) =>
        Numbers.TryParse(text.TrimEnd('%'), out var number) && (text.EndsWith('%') ? number / 100 : number) is var share and >= 0 and <= 1 ? share : null;

    /// <summary>Bad input is a value, never an exception.</summary>
    public static WhatIfResult Parse(string name, ReadOnlySpan<byte> content)
    {
        var problems = new List<InputProblem>();
        var read = SourceText.Decode(name, content, problems) is { } source && YamlTree.Parse(source, problems) is { } tree
            ? new Reading(source.File, problems).Read(tree.Root)
            : null;
        return problems.Count > 0 || read is null
            ? new WhatIfResult.Rejected([.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column ?? 0)])
            : new WhatIfResult.Accepted(read);
    }

    private sealed class Reading
    {
        private readonly ShapeCheck _check;
        private readonly CommandEntry _entries;
        private readonly List<InputProblem> _problems;
        private int _inserted;

        public Reading(string file, List<InputProblem> problems)
        {
            _problems = problems;
            _check = new(file, isTyped: false, problems);
            _entries = new(file, _check, problems);
        }

        public WhatIf? Read(Node root)
        {
            if (!_check.IsMapping(root, "what-if"))
            {
                return null;
            }

            foreach (var unknown in root.Members.Where(member => !_check.IsEnough && !s_fields.Contains(member.Name)))
            {
                _check.Refuse(unknown.Place, unknown.Name, unknown.Name, $"one of the fields of a what-if: {string.Join(", ", s_fields)}{Spelling.Hint(unknown.Name, s_fields)}");
            }

            var name = Text(root, "what-if");
            if (root.Find("what-if") is null)
            {
                _check.Refuse(root.Place, "what-if", value: null, "the name of the what-if");
            }

            var edits = new List<Edit>();
            if (root.Find("edits")?.Value is { Kind: NodeKind.List, Items.Count: > 0 } list)
            {
                for (var i = 0; i < list.Items.Count; i++)
                {
                    if (ReadEdit(list.Items[i], $"edits[{i}]") is { } edit)
                    {
                        edits.Add(edit);
                    }
                }
            }
            else
            {
                _check.Refuse(root.Find("edits")?.Value.Place ?? root.Place, "edits", root.Find("edits")?.Value.Text, "a list of edits, at least one");
            }

            return new(name ?? "", Text(root, "title"), Text(root, "author"), Text(root, "reason"), Text(root, "source"), ProbabilityOf(root), edits);
        }

        private decimal? ProbabilityOf(Node root)
        {
            if (root.Find(Probability)?.Value is not { } stated)
            {
                return null;
            }

            if (ShareOf(stated.Text) is { } share)
            {
                return share;
            }

            _check.Refuse(stated.Place, Probability, stated.Text, ProbabilityRule);
            return null;
        }

        private Edit? ReadEdit(Node node, string path)
        {
            if (!_check.IsMapping(node, path))
            {
                return null;
            }

            if (node.Members is not [var operation] || !Operations.Contains(operation.Name))
            {
                var named = node.Members.Select(member => member.Name).FirstOrDefault(name => !Operations.Contains(name)) ?? node.Members.Skip(1).FirstOrDefault()?.Name;
                _check.Refuse(node.Place, path, named, $"one operation with its terms: {string.Join(", ", Operations)}{Spelling.Hint(named ?? "", Operations)}");
                return null;
            }

            return operation.Name == Insert ? new Edit.Insert(ReadCommands(operation, path)) : ReadTerms(operation, path);
        }

        private Edit? ReadTerms(NodeMember operation, string path)
        {
            var at = ShapeCheck.Join(path, operation.Name);
            if (!_check.IsMapping(operation.Value, at))
            {
                return null;
            }

            var with = operation.Name == "replace" ? operation.Value.Find(EditTerms.With) : null;
            var commands = with is null ? [] : ReadCommands(with, at);
            string? reason = Text(operation.Value, Reason, at), source = Text(operation.Value, Source, at);
            var before = _problems.Count;
            var terms = operation.Value.Members.Where(member => member != with && !Notes.Contains(member.Name))
                .Select(member => new EditTerm(member.Name, Values(operation.Name, member, at))).ToList();
            if (_problems.Count > before)
            {
                return null;
            }

            var faults = new List<EditFault>();
            var edit = EditTerms.Parse(operation.Name, terms, faults, commands);
            foreach (var fault in faults)
            {
                _check.Refuse(fault.PlaceIn(operation), ShapeCheck.Join(at, fault.Name), fault.Value, fault.Rule);
            }

            return edit is null ? null : edit with { Reason = reason, Source = source };
        }

        private ValueList<CommandEnvelope> ReadCommands(NodeMember operation, string path)
        {
            if (operation.Value is not { Kind: NodeKind.List, Items.Count: > 0 } list)
            {
                _check.Refuse(operation.Place, ShapeCheck.Join(path, operation.Name), operation.Value.Text, "a list of commands, each as a scenario writes them");
                return [];
            }

            var commands = new List<CommandEnvelope>();
            for (var i = 0; i < list.Items.Count; i++)
            {
                _inserted++;
                if (_entries.Read(list.Items[i], $"{path}.{operation.Name}[{i}]") is { } command)
                {
                    var named = list.Items[i].Find("id") is null ? command with { Id = Value.Parse<CommandId>($"{UnnamedPrefix}{_inserted}") } : command;
                    commands.Add(list.Items[i].Find("rank") is null ? named with { Rank = _inserted } : named);
                }
            }

            return [.. commands];
        }

        /// <summary>As the command line writes them: several values with bars between, a path with its dates.</summary>
        private string Values(string operation, NodeMember term, string path)
        {
            var (value, several) = (term.Value, EditTerms.TakesSeveral(operation, term.Name));
            if (IsText(value) && value.Text.Length > 0)
            {
                return value.Text;
            }

            if (several && value is { Kind: NodeKind.List, Items.Count: > 0 } && value.Items.All(IsText))
            {
                return string.Join('|', value.Items.Select(item => item.Text));
            }

            if (term.Name == EditTerms.Path && value is { Kind: NodeKind.Mapping, Members.Count: > 0 } && value.Members.All(member => IsText(member.Value)))
            {
                return string.Join('|', value.Members.Select(member => $"{member.Name}={member.Value.Text}"));
            }

            _check.Refuse(value.Place, ShapeCheck.Join(path, term.Name), value.Kind == NodeKind.Null ? null : value.Text, several ? "one value, or a list of values" : "one value");
            return "";
        }

        private static bool IsText(Node node) => node.Kind is NodeKind.Text or NodeKind.Plain;

        private string? Text(Node root, string name, string path = "")
        {
            if (root.Find(name)?.Value is not { } value)
            {
                return null;
            }

            if (IsText(value) && value.Text.Trim() is { Length: > 0 } text)
            {
                return text;
            }

            _check.Refuse(value.Place, path.Length == 0 ? name : ShapeCheck.Join(path, name), value.Kind == NodeKind.Null ? null : value.Text, "text");
            return null;
        }
    }
}
