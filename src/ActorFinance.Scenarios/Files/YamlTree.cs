using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ActorFinance.Scenarios.Files;

/// <summary>
/// YAML to a tree with places. Refused, because no scenario needs them and each can surprise: anchors and aliases (a short file that expands without end),
/// tags, several documents, duplicate keys, and depth without bound.
/// </summary>
internal sealed class YamlTree
{
    public const int DepthLimit = 32;

    private readonly SourceText _source;
    private readonly List<InputProblem> _problems;
    private readonly Parser _parser;

    private YamlTree(SourceText source, List<InputProblem> problems)
    {
        _source = source;
        _problems = problems;
        _parser = new(new StringReader(source.Text));
    }

    public static Tree? Parse(SourceText source, List<InputProblem> problems)
    {
        var tree = new YamlTree(source, problems);
        try
        {
            return tree.Document() is { } root ? new(root, IsTyped: false) : null;
        }
        catch (YamlException malformed)
        {
            var place = PlaceOf(malformed.Start);
            problems.Add(new(source.File, place.Line, place.Column, Field: null, source.LineAt(place.Line).Trim(), $"well-formed YAML ({OneLine(malformed)})"));
            return null;
        }
        catch (InvalidOperationException)
        {
            // So the library's scanner ends on a line within braces or brackets that is indented less than what they belong to.
            var place = PlaceOf(tree._parser.Current?.End ?? Mark.Empty);
            problems.Add(new(source.File, place.Line, place.Column, Field: null, source.LineAt(place.Line).Trim(), "well-formed YAML (what stands in braces or brackets behind this must be indented more than what it belongs to)"));
            return null;
        }
    }

    private Node? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _problems.Add(new(_source.File, 1, Column: null, Field: null, Value: null, "a scenario; the file is empty"));
            return null;
        }

        if (Value(0) is not { } root)
        {
            return null;
        }

        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
        {
            Refuse(second.Start, "---", "one document");
            return null;
        }

        return root;
    }

    private Node? Value(int depth)
    {
        var next = _parser.Current!;
        if (depth > DepthLimit)
        {
            Refuse(next.Start, "...", $"nested at most {DepthLimit} deep");
            return null;
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            Refuse(alias.Start, $"*{alias.Value}", "written out; aliases are not taken");
            return null;
        }

        if (next is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            Refuse(next.Start, $"&{anchored.Anchor.Value}", "written without an anchor");
            return null;
        }

        if (next is NodeEvent { Tag.IsEmpty: false } tagged && !tagged.Tag.IsNonSpecific)
        {
            Refuse(next.Start, tagged.Tag.Value, "written without a tag");
            return null;
        }

        return next switch
        {
            MappingStart => Mapping(depth),
            SequenceStart => List(depth),
            _ => Scalar(_parser.Consume<Scalar>()),
        };
    }

    private Node? Mapping(int depth)
    {
        var place = PlaceOf(_parser.Consume<MappingStart>().Start);
        var members = new List<NodeMember>();
        var first = new Dictionary<string, int>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                Refuse(_parser.Current!.Start, "a list or mapping", "a name, where the name of a field stands");
                return null;
            }

            if (Value(depth + 1) is not { } value)
            {
                return null;
            }

            var member = new NodeMember(key.Value, PlaceOf(key.Start), value);
            if (!first.TryAdd(key.Value, member.Place.Line))
            {
                _problems.Add(new(_source.File, member.Place.Line, member.Place.Column, key.Value, key.Value, $"stated once; line {first[key.Value]} states it first"));
                continue;
            }

            members.Add(member);
        }

        return Node.Mapping(place, members);
    }

    private Node? List(int depth)
    {
        var place = PlaceOf(_parser.Consume<SequenceStart>().Start);
        var items = new List<Node>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (Value(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return Node.List(place, items);
    }

    private static Node Scalar(Scalar scalar)
    {
        var kind = scalar.Style != ScalarStyle.Plain ? NodeKind.Text
            : scalar.Value is "" or "~" or "null" ? NodeKind.Null
            : NodeKind.Plain;
        return Node.Scalar(kind, PlaceOf(scalar.Start), scalar.Value);
    }

    private void Refuse(Mark at, string value, string rule)
    {
        var place = PlaceOf(at);
        _problems.Add(new(_source.File, place.Line, place.Column, Field: null, value, rule));
    }

    private static Place PlaceOf(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static string OneLine(YamlException malformed) => (malformed.InnerException?.Message ?? malformed.Message).ReplaceLineEndings(" ");
}
