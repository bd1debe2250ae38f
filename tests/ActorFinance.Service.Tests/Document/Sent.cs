using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace ActorFinance.Service.Tests.Document;

/// <summary>A request to an operation, and whether the document allows it.</summary>
internal sealed record Sent(Operation Operation, string Address, IReadOnlyList<(string Name, string Value)> Headers, string? ContentType, byte[]? Body, bool IsAllowed)
{
    public HttpRequestMessage ToMessage(string? lastJob)
    {
        var request = new HttpRequestMessage(new HttpMethod(Operation.Method), Address.Replace(Words.LastJob, lastJob ?? "none", StringComparison.Ordinal));
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public override string ToString()
    {
        var body = Body is null ? "" : $"\n{ContentType}\n{(Body.Length > 2_000 ? $"{Body.Length} bytes" : Encoding.UTF8.GetString(Body))}";
        return $"{Operation.Method} {Address}{string.Concat(Headers.Select(header => $"\n{header.Name}: {header.Value}"))}{body}\n({(IsAllowed ? "allowed by the document" : "not allowed by the document")})";
    }
}

/// <summary>Requests to any operation: mostly what the document allows, now and then not.</summary>
internal static class RequestGen
{
    /// <summary>What the addresses of these operations must not name: it would take from the others what they need.</summary>
    private static readonly Dictionary<string, string[]> Instead = new(StringComparer.Ordinal)
    {
        ["POST /v1/subscriptions/{subscription}/acknowledge"] = ["held", "spare"],
        ["POST /v1/subscriptions/{subscription}/park"] = ["held", "spare"],
        ["GET /v1/subscriptions/{subscription}/parked"] = ["held", "spare"],
        ["POST /v1/subscriptions/{subscription}/parked/{offset}/replay"] = ["held", "spare"],
        ["DELETE /v1/subscriptions/{subscription}/parked/{offset}"] = ["held", "spare"],
    };

    public static Gen<Sent> Any { get; } = Gen.Int[0, Operation.All.Count - 1].SelectMany(at => Of(Operation.All[at]));

    private static Gen<Sent> Of(Operation operation) =>
        from path in Path(operation)
        from query in Query(operation)
        from headers in Headers(operation)
        from body in Body(operation)
        select new Sent(
            operation,
            path + query.Text,
            headers,
            body.Type,
            body.Content,
            query.IsAllowed && body.IsAllowed);

    private static Gen<string> Path(Operation operation)
    {
        var path = Gen.Const(operation.Path);
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Place == "path"))
        {
            var values = parameter.Name == "subscription" && Instead.TryGetValue(operation.ToString(), out var others) ? others : Words.For(parameter.Name);

            // A part that is empty or only dots is another address, so is one with a slash, and the web server itself refuses a NUL: raw requests try those.
            var hostile = Words.Hostile.Where(text => text.Trim().Length > 0 && text.Trim('.').Length > 0 && text.IndexOfAny(['/', '\0']) < 0).ToArray();
            path =
                from before in path
                from value in Gen.Frequency((6, Gen.OneOf(values)), (1, Gen.OneOf(hostile)))
                select before.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        }

        return path;
    }

    private static Gen<(string Text, bool IsAllowed)> Query(Operation operation)
    {
        var known = operation.Parameters.Where(parameter => parameter.Place == "query").ToList();
        var pairs = Gen.Const(new List<(Parameter? Of, string Name, string Value)>());
        foreach (var parameter in known)
        {
            pairs =
                from before in pairs
                from wanted in Gen.Int[0, 4]
                from values in SchemaGen.Parameter(parameter).Array[1, 2]
                let count = wanted > (parameter.IsRequired ? 3 : 0) != parameter.IsRequired ? 0 : parameter.IsRepeated || wanted == 4 ? values.Length : 1
                select (List<(Parameter? Of, string Name, string Value)>)[.. before, .. values.Take(count).Select(value => ((Parameter?)parameter, parameter.Name, value))];
        }

        return
            from stated in pairs
            from unknown in Gen.Int[0, 12]
            let all = unknown == 0 ? [.. stated, (null, "nonsense", "1")] : stated
            select (
                all.Count == 0 ? "" : "?" + string.Join('&', all.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={(pair.Value == Words.LastJob ? pair.Value : Uri.EscapeDataString(pair.Value))}")),
                known.All(parameter => IsAllowed(parameter, [.. all.Where(pair => pair.Of == parameter).Select(pair => pair.Value)])) && all.All(pair => pair.Of is not null));
    }

    private static bool IsAllowed(Parameter parameter, IReadOnlyList<string> values) =>
        values.Count >= (parameter.IsRequired ? 1 : 0)
        && (parameter.IsRepeated || values.Count <= 1)
        && values.All(value => DocumentSchemas.Misfit(parameter.ValueSchema, Words.Typed(parameter.ValueSchema, value)) is null);

    private static Gen<IReadOnlyList<(string Name, string Value)>> Headers(Operation operation)
    {
        var headers = Gen.Const((IReadOnlyList<(string Name, string Value)>)[]);
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Place == "header"))
        {
            // Raw requests try what a client would not send.
            var hostile = Words.Hostile.Where(text => text.Trim().Length > 0 && text.All(letter => letter is >= ' ' and <= '~')).ToArray();
            headers =
                from before in headers
                from wanted in Gen.Int[0, 3]
                from value in Gen.Frequency((3, Gen.OneOf(Words.For(parameter.Name))), (1, Gen.OneOf(hostile)))
                select wanted == 0 ? [.. before, (parameter.Name, value)] : before;
        }

        return headers;
    }

    private static Gen<(string? Type, byte[]? Content, bool IsAllowed)> Body(Operation operation)
    {
        if (operation.Bodies.Count == 0)
        {
            return Gen.Const(((string?)null, (byte[]?)null, true));
        }

        return
            from at in Gen.Int[0, operation.Bodies.Count - 1]
            let type = operation.Bodies.ElementAt(at)
            from body in type.Key switch
            {
                "application/x-ndjson" => Lines(operation.Bodies["application/json"]),
                _ when DocumentSchemas.Resolved(type.Value)["properties"] is null => File(type.Value),
                _ => Json(type.Value),
            }
            from other in Gen.Frequency((20, Gen.Const((string?)null)), (1, Gen.OneOf<string?>("text/plain", "application/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16")))
            select (other ?? type.Key, body.Content, body.IsAllowed && other is null);
    }

    private static Gen<(byte[] Content, bool IsAllowed)> Json(JsonObject schema) =>
        from value in Gen.Frequency((3, SchemaGen.Of("body", schema)), (2, SchemaGen.Broken(SchemaGen.Of("body", schema))))
        from raw in Gen.Frequency((8, Gen.Const(Raw.Sound)), (1, Gen.Enum<Raw>()))
        select Written(value, raw, DocumentSchemas.Misfit(schema, value) is null);

    private static Gen<(byte[] Content, bool IsAllowed)> Lines(JsonObject schema) =>
        from commands in Json(schema).Array[1, 4]
        select (
            (byte[])[.. commands.SelectMany(command => command.Content.Append((byte)'\n'))],
            commands.All(command => command.IsAllowed && JsonNode.Parse(command.Content) is JsonObject one && one.ContainsKey("id")));

    /// <summary>A file, or one that lost, doubled or changed a few of its letters. What files may hold is not in the document but in the reader.</summary>
    private static Gen<(byte[] Content, bool IsAllowed)> File(JsonObject schema) =>
        from file in Gen.Frequency((4, Gen.OneOf([.. Words.Files])), (1, SchemaGen.Broken(SchemaGen.Of("body", schema)).Select(value => value?.ToJsonString() ?? "null")))
        from edits in Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, 2], Gen.OneOf(Words.Hostile)).Array[0, 2]
        from isEdited in Gen.Int[0, 3]
        select (Encoding.UTF8.GetBytes(isEdited > 0 ? file : edits.Aggregate(file, Edited)), true);

    private static string Edited(string file, (int Place, int Kind, string Text) edit)
    {
        var at = edit.Place % (file.Length + 1);
        return edit.Kind switch
        {
            0 => file[..at],
            1 => file[..at] + edit.Text + file[at..],
            _ => file[..at] + file[Math.Min(at + 7, file.Length)..],
        };
    }

    private static (byte[] Content, bool IsAllowed) Written(JsonNode? value, Raw raw, bool fits)
    {
        var text = JsonSerializer.Serialize(value);
        return raw switch
        {
            Raw.Mark => ([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], false),
            Raw.Cut => (Encoding.UTF8.GetBytes(text[..(text.Length / 2)]), false),
            Raw.NotText => ([.. Encoding.UTF8.GetBytes(text[..(text.Length / 2)]), 0xC3, 0x28], false),
            Raw.Twice => (Encoding.UTF8.GetBytes(text + text), false),
            Raw.Nothing => ([], false),
            _ => (Encoding.UTF8.GetBytes(text), fits),
        };
    }

    private enum Raw
    {
        Sound,
        Mark,
        Cut,
        NotText,
        Twice,
        Nothing,
    }
}
