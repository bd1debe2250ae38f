using System.Buffers;
using System.Text.Json;

namespace ActorFinance.Scenarios.Files;

/// <summary>One command as a YAML file writes it: the fields of its envelope, and one more whose name is its type and whose fields are those of its JSON.</summary>
internal sealed class CommandEntry(string file, ShapeCheck check, List<InputProblem> problems)
{
    /// <summary>What an entry may state beside its command.</summary>
    public static readonly IReadOnlyList<string> Fields = ["company", "effective", "id", "known", "rank", "deal", "leg", "tranche", "source", "confidence"];

    public static Files.Shape.Fields Shape { get; } = Part("an entry", CommandShapes.Envelope, Fields);

    public static Files.Shape.Fields Part(string name, Files.Shape.Fields whole, IReadOnlyList<string> names) =>
        new(name, [.. names.Select(wanted => whole.Members.First(field => field.Name == wanted)).Select(field => field with { IsRequired = field.IsRequired && field.Name != "id" })]);

    /// <summary>The command of an entry; null, with the problems said, when it is none. Without an id of its own it has <see cref="CommandLedger.Unnamed"/>.</summary>
    public CommandEnvelope? Read(Node entry, string path)
    {
        var before = problems.Count;
        if (!check.IsMapping(entry, path))
        {
            return null;
        }

        var beside = entry.Members.Where(member => Fields.Contains(member.Name)).ToList();
        var orders = entry.Members.Where(member => !Fields.Contains(member.Name)).ToList();
        foreach (var unknown in orders.Where(order => !check.IsEnough && !CommandShapes.Types.ContainsKey(order.Name)))
        {
            string[] names = [.. Fields, .. CommandShapes.Types.Keys];
            check.Refuse(unknown.Place, ShapeCheck.Join(path, unknown.Name), unknown.Name, $"a command type such as pay-purchase, or one of {string.Join(", ", Fields)}{Spelling.Hint(unknown.Name, names)}");
        }

        orders.RemoveAll(order => !CommandShapes.Types.ContainsKey(order.Name));
        if (orders.Count != 1)
        {
            var place = orders.Count == 0 ? entry.Place : orders[1].Place;
            if (orders.Count > 1 || problems.Count == before)
            {
                check.Refuse(place, path, orders.Count == 0 ? null : orders[1].Name, "one command, such as pay-purchase: {seller: nvidia, amount: 10bn USD}");
            }
        }

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            if (beside.All(member => member.Name != "id"))
            {
                writer.WriteString("id", CommandLedger.Unnamed.Value);
            }

            check.WriteMembers(writer, entry, Shape, path, beside);
            foreach (var order in orders.Take(1))
            {
                WriteOrder(writer, order, path);
            }

            writer.WriteEndObject();
        }

        return problems.Count > before ? null : CommandLines.Parsed(json.WrittenSpan, file, entry.Place, problems);
    }

    private void WriteOrder(Utf8JsonWriter writer, NodeMember order, string path)
    {
        writer.WriteStartObject("command");
        writer.WriteString("type", order.Name);
        var shape = CommandShapes.Command(order.Name);
        var at = ShapeCheck.Join(path, order.Name);
        if (order.Value.Kind == NodeKind.Null && shape.Members.Count == 0)
        {
            // "complete-deal:" alone says all there is to say.
            writer.WriteEndObject();
            return;
        }

        if (check.IsMapping(order.Value, at))
        {
            check.WriteMembers(writer, order.Value with { Place = order.Place }, shape, at, order.Value.Members);
        }

        writer.WriteEndObject();
    }
}
