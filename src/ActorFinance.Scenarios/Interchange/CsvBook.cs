using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Interchange;

/// <summary>A CSV file of one of the two forms, told apart by its header: columns in any order, none unknown, the required ones there.</summary>
internal static class CsvBook
{
    public static CommandBook? Read(SourceText source, List<InputProblem> problems)
    {
        using var rows = CsvText.Rows(source, problems).GetEnumerator();
        if (!rows.MoveNext())
        {
            if (problems.Count == 0)
            {
                problems.Add(new(source.File, 1, Column: null, Field: null, Value: null, $"a header; the file is empty. Headers: {CashFlows.Columns} or {CapTable.Columns}"));
            }

            return null;
        }

        var header = rows.Current;
        var isCapTable = header.Any(field => field.Text is "issuer" or "holder" or "class");
        var columns = isCapTable ? CapTable.Columns : CashFlows.Columns;
        if (!columns.Check(source.File, header, problems))
        {
            return null;
        }

        var table = Rows(source, header, columns, rows, problems).ToList();
        if (table.Count == 0 && problems.Count == 0)
        {
            problems.Add(new(source.File, header[0].Line + 1, Column: null, Field: null, Value: null, "a row; there is only a header"));
        }

        var name = Path.GetFileNameWithoutExtension(source.File);
        return isCapTable ? CapTable.Read(source.File, name, table, problems) : CashFlows.Read(source.File, name, table, problems);
    }

    private static IEnumerable<CsvRow> Rows(SourceText source, IReadOnlyList<CsvField> header, CsvColumns columns, IEnumerator<IReadOnlyList<CsvField>> rows, List<InputProblem> problems)
    {
        var places = new CsvPlaces(header.Select((field, index) => (field.Text, index)).Where(pair => columns.All.Contains(pair.Text)));
        for (var number = 1; rows.MoveNext(); number++)
        {
            var row = rows.Current;
            if (row.Count != header.Count)
            {
                problems.Add(new(source.File, row[0].Line, Column: null, Field: null, $"{row.Count} fields", $"a row of {header.Count} fields, as the header has"));
                continue;
            }

            yield return new(source.File, number, row, places, problems);
        }
    }
}

/// <summary>The columns of a form.</summary>
internal sealed record CsvColumns(IReadOnlyList<string> Required, IReadOnlyList<string> Optional)
{
    public IEnumerable<string> All => Required.Concat(Optional);

    public bool Check(string file, IReadOnlyList<CsvField> header, List<InputProblem> problems)
    {
        var sound = true;
        foreach (var group in header.GroupBy(field => field.Text))
        {
            if (!All.Contains(group.Key))
            {
                var at = group.First();
                problems.Add(new(file, at.Line, at.Column, "header", group.Key, $"one of {string.Join(", ", All)}{Spelling.Hint(group.Key, All)}"));
            }
            else if (group.Skip(1).FirstOrDefault() is { Text: not null } again)
            {
                problems.Add(new(file, again.Line, again.Column, "header", group.Key, "a column that stands once"));
                sound = false;
            }
        }

        foreach (var missing in Required.Where(name => header.All(field => field.Text != name)))
        {
            problems.Add(new(file, header[0].Line, Column: null, missing, Value: null, $"a column of the header {this}"));
            sound = false;
        }

        return sound;
    }

    public override string ToString() => $"{string.Join(',', Required)}[,{string.Join(',', Optional)}]";
}

/// <summary>Where the columns of one file stand.</summary>
internal sealed class CsvPlaces
{
    private readonly FrozenDictionary<string, int> _byName;

    public CsvPlaces(IEnumerable<(string Name, int Index)> places)
    {
        Sorted = [.. places.OrderBy(place => place.Name, StringComparer.Ordinal)];
        _byName = Sorted.ToFrozenDictionary(place => place.Name, place => place.Index, StringComparer.Ordinal);
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<(string Name, int Index)> Sorted { get; }

    public bool TryGetValue(string name, out int index) => _byName.TryGetValue(name, out index);
}

/// <summary>One row, read field by field; what does not fit is a problem and a null.</summary>
internal sealed class CsvRow(string file, int number, IReadOnlyList<CsvField> fields, CsvPlaces columns, List<InputProblem> problems)
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _content;

    /// <summary>Its ordinal among the data rows, from 1.</summary>
    public int Number => number;

    public Place Place => new(fields[0].Line, Column: null);

    public string Text(string column) => columns.TryGetValue(column, out var index) ? fields[index].Text : "";

    public T? Required<T>(string column)
        where T : struct, IValue<T>
    {
        if (Text(column).Length == 0)
        {
            Refuse(column, T.Rule);
            return null;
        }

        return Optional<T>(column);
    }

    public T? Optional<T>(string column)
        where T : struct, IValue<T>
    {
        var text = Text(column);
        if (text.Length == 0)
        {
            return null;
        }

        if (T.TryParse(text, out var value))
        {
            return value;
        }

        Refuse(column, T.Rule);
        return null;
    }

    /// <summary>An id of a company that a file may name: not the market's.</summary>
    public CompanyId? Company(string column)
    {
        var company = Optional<CompanyId>(column);
        if (company is { IsMarket: true })
        {
            Refuse(column, CompanyId.Rule);
            return null;
        }

        return company;
    }

    /// <summary>The number in <paramref name="column"/> in the currency of its column: above 0.</summary>
    public Money? Positive(string column, Currency? currency)
    {
        const string rule = "an amount above 0 of at most 10 decimals, below 1e16, such as 1250.50 or 10bn";
        if (!Numbers.TryParse(Text(column), out var number) || number <= 0)
        {
            Refuse(column, rule);
            return null;
        }

        if (!Money.TryOf(number, currency ?? Usd, out var money))
        {
            Refuse(column, rule);
            return null;
        }

        return currency is null ? null : money;
    }

    public string? Free(string column) => Text(column) is { Length: > 0 } text ? text : null;

    public Confidence? Confidence()
    {
        var text = Text("confidence");
        if (text.Length == 0)
        {
            return null;
        }

        if (EnumWords.All<Confidence>().TryGetValue(text, out var value))
        {
            return value;
        }

        Refuse("confidence", $"one of {string.Join(", ", EnumWords.All<Confidence>().Keys)}");
        return null;
    }

    public void MustBeEmpty(string column, string why)
    {
        if (Text(column).Length > 0)
        {
            Refuse(column, $"empty {why}");
        }
    }

    public void Refuse(string column, string rule)
    {
        var at = columns.TryGetValue(column, out var index) ? fields[index] : fields[0];
        problems.Add(new(file, at.Line, at.Column, column, at.Text.Length == 0 || index >= fields.Count ? "" : fields[index].Text, rule));
    }

    /// <summary>Over what the row states, by column name, so that a new empty column changes no id.</summary>
    public string Hash()
    {
        var content = _content ??= new(512);
        content.ResetWrittenCount();
        foreach (var (name, index) in columns.Sorted)
        {
            var text = fields[index].Text;
            if (text.Length > 0)
            {
                Encoding.UTF8.GetBytes(name, content);
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"={text.Length}:"), content);
                Encoding.UTF8.GetBytes(text, content);
                content.Write("\n"u8);
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static Currency Usd { get; } = Value.Parse<Currency>("USD");
}
