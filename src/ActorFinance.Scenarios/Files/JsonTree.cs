using System.Text;
using System.Text.Json;

namespace ActorFinance.Scenarios.Files;

/// <summary>One line of JSON to a tree with places; used where the fast way found a fault and a person needs to know which.</summary>
internal static class JsonTree
{
    private const int DepthLimit = 32;

    public static Tree? Parse(string file, int line, string text, List<InputProblem> problems)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = DepthLimit });
        try
        {
            reader.Read();
            var root = Value(ref reader, utf8, file, line, problems);
            if (reader.Read())
            {
                problems.Add(new(file, line, ColumnOf(utf8, reader.TokenStartIndex), Field: null, text[..Math.Min(text.Length, 40)], "one JSON object"));
                return null;
            }

            return new(root, IsTyped: true);
        }
        catch (InvalidOperationException)
        {
            problems.Add(new(file, line, ColumnOf(utf8, reader.TokenStartIndex), Field: null, text, "well-formed JSON (half of a surrogate pair is no character)"));
            return null;
        }
        catch (JsonException malformed)
        {
            var column = ColumnOf(utf8, malformed.BytePositionInLine ?? 0);
            var message = malformed.Message;
            var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            problems.Add(new(file, line, column, Field: null, text, $"well-formed JSON ({(end < 0 ? message : message[..end]).TrimEnd('.')})"));
            return null;
        }
    }

    private static Node Value(ref Utf8JsonReader reader, byte[] utf8, string file, int line, List<InputProblem> problems)
    {
        var place = new Place(line, ColumnOf(utf8, reader.TokenStartIndex));
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var (members, names) = (new List<NodeMember>(), new HashSet<string>(StringComparer.Ordinal));
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    var namePlace = new Place(line, ColumnOf(utf8, reader.TokenStartIndex));
                    reader.Read();
                    var value = Value(ref reader, utf8, file, line, problems);
                    if (!names.Add(name))
                    {
                        problems.Add(new(file, line, namePlace.Column, name, name, "stated once"));
                        continue;
                    }

                    members.Add(new(name, namePlace, value));
                }

                return Node.Mapping(place, members);
            case JsonTokenType.StartArray:
                var items = new List<Node>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, utf8, file, line, problems));
                }

                return Node.List(place, items);
            case JsonTokenType.String:
                return Node.Scalar(NodeKind.Text, place, reader.GetString()!);
            case JsonTokenType.Null:
                return Node.Scalar(NodeKind.Null, place, "null");
            default:
                return Node.Scalar(NodeKind.Plain, place, Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private static int ColumnOf(byte[] utf8, long index) => Encoding.UTF8.GetCharCount(utf8, 0, (int)Math.Min(index, utf8.Length)) + 1;
}
