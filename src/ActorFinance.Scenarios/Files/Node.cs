namespace ActorFinance.Scenarios.Files;

/// <summary>Where something stands in a file, from 1.</summary>
internal readonly record struct Place(int Line, int? Column);

internal enum NodeKind
{
    Mapping,
    List,
    Text,

    /// <summary>Unquoted in YAML, a number or true or false in JSON: text, a number or a truth value, as the field wants it.</summary>
    Plain,
    Null,
}

/// <summary>What YAML and JSON have in common, with the place of every piece, so that one check serves both.</summary>
internal sealed record Node(NodeKind Kind, Place Place, string Text, IReadOnlyList<NodeMember> Members, IReadOnlyList<Node> Items)
{
    public static Node Scalar(NodeKind kind, Place place, string text) => new(kind, place, text, [], []);

    public static Node Mapping(Place place, IReadOnlyList<NodeMember> members) => new(NodeKind.Mapping, place, "{...}", members, []);

    public static Node List(Place place, IReadOnlyList<Node> items) => new(NodeKind.List, place, "[...]", [], items);

    public NodeMember? Find(string name)
    {
        foreach (var member in Members)
        {
            if (member.Name == name)
            {
                return member;
            }
        }

        return null;
    }
}

internal sealed record NodeMember(string Name, Place Place, Node Value);

/// <summary>A tree, and whether its scalars are typed (JSON: 5 is no text) or not (YAML: 5 is what its field says).</summary>
internal sealed record Tree(Node Root, bool IsTyped);
