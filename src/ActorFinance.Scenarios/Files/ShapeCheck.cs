using System.Text.Json;

namespace ActorFinance.Scenarios.Files;

/// <summary>Holds a tree against a shape: collects every misfit with its place, and writes what fits as the JSON that the model's own parser takes.</summary>
internal sealed class ShapeCheck(string file, bool isTyped, List<InputProblem> problems)
{
    /// <summary>So many tell what is wrong with a file; what is said of each unknown field is a hundred times its size.</summary>
    private const int UnknownMax = 1_000;

    /// <summary>Nobody reads more, and a file can be made of nothing else.</summary>
    private const int ProblemsMax = 10_000;

    /// <summary>Whether more unknown fields need not be told.</summary>
    public bool IsEnough => problems.Count >= UnknownMax;

    public void Write(Utf8JsonWriter writer, Node node, Shape shape, string path)
    {
        switch (shape)
        {
            case Shape.Leaf leaf:
                WriteLeaf(writer, node, leaf, path);
                break;
            case Shape.Sequence sequence:
                WriteSequence(writer, node, sequence, path);
                break;
            case Shape.Fields fields:
                if (IsMapping(node, path))
                {
                    writer.WriteStartObject();
                    WriteMembers(writer, node, fields, path, node.Members);
                    writer.WriteEndObject();
                }
                else
                {
                    writer.WriteNullValue();
                }

                break;
            case Shape.AnyCommand:
                WriteCommand(writer, node, path);
                break;
        }
    }

    /// <summary>The fields of one record out of <paramref name="members"/>, which may be a part of the node's own.</summary>
    public void WriteMembers(Utf8JsonWriter writer, Node node, Shape.Fields fields, string path, IEnumerable<NodeMember> members)
    {
        var given = new Dictionary<string, NodeMember>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            given.Add(member.Name, member);
            if (!IsEnough && fields.Members.All(field => field.Name != member.Name))
            {
                var names = fields.Members.Select(field => field.Name).ToList();
                Refuse(member.Place, Join(path, member.Name), member.Name, names.Count == 0
                    ? $"left out; {fields.Name} has no fields"
                    : $"one of the fields of {fields.Name}: {string.Join(", ", names)}{Spelling.Hint(member.Name, names)}");
            }
        }

        foreach (var field in fields.Members)
        {
            if (given.TryGetValue(field.Name, out var member) && !(member.Value.Kind == NodeKind.Null && field.IsNullable))
            {
                writer.WritePropertyName(field.Name);
                Write(writer, member.Value, field.Shape, Join(path, field.Name));
            }
            else if (field.Omitted is { } omitted)
            {
                writer.WritePropertyName(field.Name);
                writer.WriteRawValue(omitted);
            }
            else if (field.IsRequired)
            {
                Refuse(node.Place, Join(path, field.Name), value: null, RuleOf(field.Shape));
            }
        }
    }

    public bool IsMapping(Node node, string path)
    {
        if (node.Kind == NodeKind.Mapping)
        {
            return true;
        }

        Refuse(node.Place, path, node.Kind == NodeKind.Null ? "" : node.Text, "a mapping of fields");
        return false;
    }

    /// <summary>Refuses every field that the thing does not have.</summary>
    public void OnlyFields(Node node, string path, string thing, IReadOnlyList<string> names)
    {
        foreach (var unknown in node.Members.Where(member => !IsEnough && !names.Contains(member.Name)))
        {
            Refuse(unknown.Place, Join(path, unknown.Name), unknown.Name, $"one of the fields of {thing}: {string.Join(", ", names)}{Spelling.Hint(unknown.Name, names)}");
        }
    }

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    public void Refuse(Place place, string? field, string? value, string rule)
    {
        if (problems.Count < ProblemsMax)
        {
            problems.Add(new(file, place.Line, place.Column, field, value, rule));
        }
    }

    private void WriteCommand(Utf8JsonWriter writer, Node node, string path)
    {
        if (!IsMapping(node, path))
        {
            writer.WriteNullValue();
            return;
        }

        var type = node.Find("type");
        if (type is null || type.Value.Kind != NodeKind.Text || !CommandShapes.Types.ContainsKey(type.Value.Text))
        {
            Refuse(type?.Value.Place ?? node.Place, Join(path, "type"), type?.Value.Text, $"a command type such as pay-purchase{Spelling.Hint(type?.Value.Text ?? "", CommandShapes.Types.Keys)}");
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type", type.Value.Text);
        WriteMembers(writer, node, CommandShapes.Command(type.Value.Text), path, node.Members.Where(member => member.Name != "type"));
        writer.WriteEndObject();
    }

    private void WriteSequence(Utf8JsonWriter writer, Node node, Shape.Sequence sequence, string path)
    {
        writer.WriteStartArray();
        if (node.Kind != NodeKind.List)
        {
            Refuse(node.Place, path, node.Kind == NodeKind.Null ? "" : node.Text, "a list");
        }

        for (var i = 0; i < node.Items.Count; i++)
        {
            Write(writer, node.Items[i], sequence.Item, $"{path}[{i}]");
        }

        writer.WriteEndArray();
    }

    private void WriteLeaf(Utf8JsonWriter writer, Node node, Shape.Leaf leaf, string path)
    {
        var fits = node.Kind switch
        {
            NodeKind.Text => !isTyped || leaf.Form is LeafForm.Text or LeafForm.Number,
            NodeKind.Plain => !isTyped || leaf.Form != LeafForm.Text,
            _ => false,
        };
        if (!fits || !leaf.Accepts(node.Text))
        {
            Refuse(node.Place, path, node.Kind == NodeKind.Null ? "" : node.Text, RuleOf(leaf) + (leaf.Names.Count > 0 ? Spelling.Hint(node.Text, leaf.Names) : node.Kind == NodeKind.Mapping && !isTyped ? " (what has braces of its own stands in quotes)" : ""));
            writer.WriteNullValue();
            return;
        }

        if (leaf.Form is LeafForm.Integer or LeafForm.Boolean)
        {
            writer.WriteRawValue(node.Text.TrimStart('+'));
        }
        else
        {
            writer.WriteStringValue(node.Text);
        }
    }

    private static string RuleOf(Shape shape) => shape switch
    {
        Shape.Leaf leaf => leaf.Rule,
        Shape.Sequence => "a list",
        Shape.Fields fields => $"a mapping of {string.Join(", ", fields.Members.Select(field => field.Name))}",
        _ => "a command with its type and fields",
    };
}
