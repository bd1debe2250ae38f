using ActorFinance.Analysis.Ownership;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Tests.Ownership;

public sealed class DilutionTests
{
    [Fact]
    public void The_seed_scenario_dilutes_as_worked_out_by_hand()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "seed-scenario-dilution.csv")).Skip(1).Select(l => l.Split(',')).ToArray();
        rows.Length.ShouldBe(10);
        var book = new ShareBook().HasClass().Issue("others", 1_000_000_000);
        foreach (var row in rows)
        {
            book.Issue("nvidia", Number(row[4]) * 1_000_000, at: row[0]);
        }

        var steps = Dilution.Of(book.Register, OwnershipBasis.Outstanding).Where(r => r.Holder.Value == "nvidia").ToArray();

        steps.Length.ShouldBe(10);
        for (var i = 0; i < 10; i++)
        {
            steps[i].At.ToDateText().ShouldBe(rows[i][0]);
            steps[i].Outstanding.ShouldBe(Number(rows[i][5]) * 1_000_000);
            steps[i].Shares.ShouldBe(Number(rows[i][6]) * 1_000_000);
            Math.Round(steps[i].After, 9).ShouldBe(Number(rows[i][7]));
            steps[i].Before.ShouldBe(i == 0 ? 0 : steps[i - 1].After);
        }
    }

    [Fact]
    public void An_issue_to_one_dilutes_the_other()
    {
        var rows = Dilution.Of(new ShareBook().HasClass().Issue("a", 75).Issue("b", 25).Split(2, 1).Register, OwnershipBasis.Outstanding);

        rows.Select(r => $"{r.Event.Offset} {r.Holder} {Numbers.Text(r.Before)} -> {Numbers.Text(r.After)} of {Numbers.Text(r.Outstanding)}").ShouldBe(
            ["2 a 0 -> 1 of 75", "3 a 1 -> 0.75 of 100", "3 b 0 -> 0.25 of 100", "4 a 0.75 -> 0.75 of 200", "4 b 0.25 -> 0.25 of 200"]);
    }

    private static decimal Number(string text) => Numbers.TryParse(text, out var value) ? value : throw new FormatException(text);
}
