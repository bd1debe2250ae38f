using System.Text;

namespace ActorFinance.Scenarios.Files;

/// <summary>A file's text, decoded strictly: UTF-8 with or without a byte order mark, no NUL, no endless line.</summary>
internal sealed record SourceText(string File, string Text)
{
    public const int LineLimit = 1_048_576;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static SourceText? Decode(string file, ReadOnlySpan<byte> bytes, List<InputProblem> problems)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (bytes.StartsWith(mark))
        {
            bytes = bytes[mark.Length..];
        }

        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException invalid)
        {
            var (line, column) = PlaceOf(bytes[..InvalidAt(bytes)]);
            var value = string.Join(' ', (invalid.BytesUnknown ?? []).Select(b => $"0x{b:X2}"));
            problems.Add(new(file, line, column, Field: null, value, "UTF-8 text"));
            return null;
        }

        return IsSound(file, text, problems) ? new(file, text) : null;
    }

    /// <summary>Lines without their ends, LF or CRLF.</summary>
    public IEnumerable<(int Number, string Text)> Lines()
    {
        var number = 0;
        for (var start = 0; start < Text.Length;)
        {
            var end = Text.IndexOf('\n', start);
            var next = end < 0 ? Text.Length : end + 1;
            var stop = end < 0 ? Text.Length : end;
            if (stop > start && Text[stop - 1] == '\r')
            {
                stop--;
            }

            yield return (++number, Text[start..stop]);
            start = next;
        }
    }

    public string LineAt(int line) => Lines().FirstOrDefault(l => l.Number == line).Text ?? "";

    private static bool IsSound(string file, string text, List<InputProblem> problems)
    {
        var (line, start) = (1, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '\0')
            {
                problems.Add(new(file, line, i - start + 1, Field: null, "NUL", "text without NUL characters"));
                return false;
            }

            if (i == text.Length || text[i] == '\n')
            {
                if (i - start > LineLimit)
                {
                    problems.Add(new(file, line, Column: null, Field: null, $"{i - start} characters", $"a line of at most {LineLimit} characters"));
                    return false;
                }

                (line, start) = (line + 1, i + 1);
            }
        }

        return true;
    }

    private static int InvalidAt(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    private static (int Line, int Column) PlaceOf(ReadOnlySpan<byte> before)
    {
        var line = before.Count((byte)'\n') + 1;
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (line, Strict.GetCharCount(before[lineStart..]) + 1);
    }
}
