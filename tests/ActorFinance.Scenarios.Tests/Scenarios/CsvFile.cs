using ActorFinance.Scenarios.Files;
using ActorFinance.Scenarios.Interchange;

namespace ActorFinance.Scenarios.Tests.Scenarios;

/// <summary>A table of the test's data: rows by column name.</summary>
internal static class CsvFile
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string name)
    {
        var problems = new List<InputProblem>();
        var rows = CsvText.Rows(new(name, Text(name)), problems).ToList();
        problems.ShouldBeEmpty();
        return [.. rows.Skip(1).Select(row => Enumerable.Range(0, row.Count).ToDictionary(i => rows[0][i].Text, i => row[i].Text))];
    }

    public static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", name));
}
