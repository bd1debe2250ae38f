using System.Text;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Interchange;

/// <summary>A field of a CSV file and where it begins: the physical line, also after a quoted field that spans several.</summary>
internal readonly record struct CsvField(string Text, int Line, int Column);

/// <summary>
/// RFC 4180, strictly: a quote stands at the beginning of its field or is doubled inside it. Written here because an error must name the physical line
/// and the column of its field, which neither CSV library at hand keeps (docs/decisions/0005).
/// </summary>
internal sealed class CsvText
{
    private const int KnownMax = 4_096;

    private readonly SourceText _source;
    private readonly List<InputProblem> _problems;
    private readonly string _text;

    /// <summary>The fields last read: a file names the same few companies, currencies and days over and over, and an import holds them all.</summary>
    private readonly string?[] _known = new string?[KnownMax];
    private int _fieldsInRow = 4;
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private CsvText(SourceText source, List<InputProblem> problems)
    {
        _source = source;
        _problems = problems;
        _text = source.Text;
    }

    /// <summary>The rows that are not blank; after malformed quoting, which makes the rest unreadable, there are no more.</summary>
    public static IEnumerable<IReadOnlyList<CsvField>> Rows(SourceText source, List<InputProblem> problems)
    {
        var text = new CsvText(source, problems);
        while (text._at < text._text.Length)
        {
            if (text.Row() is not { } row)
            {
                yield break;
            }

            if (row is not [{ Text: "" }])
            {
                yield return row;
            }
        }
    }

    private List<CsvField>? Row()
    {
        var fields = new List<CsvField>(_fieldsInRow);
        while (true)
        {
            var (line, column) = (_line, _at - _lineStart + 1);
            if ((_at < _text.Length && _text[_at] == '"' ? Quoted() : Bare()) is not { } text)
            {
                return null;
            }

            fields.Add(new(text, line, column));
            if (_at < _text.Length && _text[_at] == ',')
            {
                _at++;
                continue;
            }

            EndOfLine();
            _fieldsInRow = fields.Count;
            return fields;
        }
    }

    private string? Bare()
    {
        var start = _at;
        var length = _text.AsSpan(_at).IndexOfAny(",\"\n");
        _at = length < 0 ? _text.Length : _at + length;
        if (_at < _text.Length && _text[_at] == '"')
        {
            return Malformed(_at, _text[start..Math.Min(_text.Length, _at + 20)], "quoted as a whole, its own quotes doubled, when it contains a quote");
        }

        var end = _at > start && _text[_at - 1] == '\r' && (_at == _text.Length || _text[_at] == '\n') ? _at - 1 : _at;
        return Known(_text.AsSpan(start, end - start));
    }

    private string Known(ReadOnlySpan<char> field)
    {
        ref var known = ref _known[string.GetHashCode(field, StringComparison.Ordinal) & (KnownMax - 1)];
        return known is not null && field.SequenceEqual(known) ? known : known = field.ToString();
    }

    private string? Quoted()
    {
        var (opening, line, lineStart) = (_at, _line, _lineStart);
        var text = new StringBuilder();
        _at++;
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == '\n')
            {
                (_line, _lineStart) = (_line + 1, _at);
            }
            else if (c == '"')
            {
                if (_at >= _text.Length || _text[_at] != '"')
                {
                    return AfterQuote() ? text.ToString() : Malformed(_at, _text[_at..Math.Min(_text.Length, _at + 20)], "a comma or the end of the line, after a quoted field");
                }

                _at++;
            }

            text.Append(c);
        }

        (_line, _lineStart) = (line, lineStart);
        return Malformed(opening, _text[opening..Math.Min(_text.Length, opening + 20)], "closed by a quote");
    }

    private bool AfterQuote()
    {
        if (_at < _text.Length && _text[_at] == '\r' && (_at + 1 == _text.Length || _text[_at + 1] == '\n'))
        {
            _at++;
        }

        return _at == _text.Length || _text[_at] is ',' or '\n';
    }

    private void EndOfLine()
    {
        if (_at < _text.Length)
        {
            _at++;
            (_line, _lineStart) = (_line + 1, _at);
        }
    }

    private string? Malformed(int at, string value, string rule)
    {
        _problems.Add(new(_source.File, _line, at - _lineStart + 1, Field: null, value, rule));
        return null;
    }
}
