using System.Text.Json;

namespace ActorFinance.Cli.Tests.Contract;

/// <summary>Small cap tables with answers that are known beforehand, as another program would ask for them.</summary>
public sealed class OwnershipAnswerTests : IDisposable
{
    private const double Exact = 1e-12;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_firms_that_hold_half_of_each_other_belong_to_their_people()
    {
        await ImportAsync("2025-01-01,a,b,common,500", "2025-01-01,a,people-a,common,500", "2025-01-01,b,a,common,500", "2025-01-01,b,people-b,common,500");

        var a = Holders(await AskAsync("--company", "a"), "a");
        Figures(a["b"]).ShouldBe((0.5, 0.5, 1.0 / 3));
        Figures(a["a"]).ShouldBe((0, 0.25, 2.0 / 3));
        Figures(a["people-a"]).ShouldBe((0.5, 2.0 / 3, 2.0 / 3));
        Figures(a["people-b"]).ShouldBe((0, 1.0 / 3, 1.0 / 3));
        a["people-b"].Number("shares").ShouldBe(0);
        (await AskAsync()).List("controls").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_controlled_hold_counts_for_the_controller()
    {
        await ImportAsync("2025-01-01,a,people,common,1", "2025-01-01,b,a,common,60", "2025-01-01,b,people,common,40", "2025-01-01,c,a,common,30", "2025-01-01,c,b,common,25", "2025-01-01,c,people,common,45");

        var controls = (await AskAsync()).List("controls").Single();
        controls.Text("company").ShouldBe("a");
        controls.List("controlled").Select(c => c.GetString()).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task A_group_that_holds_all_of_itself_is_an_error_with_its_names_and_the_direct_parts_still_stand()
    {
        await ImportAsync("2025-01-01,a,b,common,10", "2025-01-01,b,a,common,10", "2025-01-01,c,people,common,10");

        var outcome = await CommandLine.RunAsync(_folder.Path, "ownership", "--journal", "book.db", "--output", "json");
        outcome.ExitCode.ShouldBe(1);
        outcome.Err.Trim().ShouldBe("a, b hold all of each other: the group has no owner");
        using var answer = JsonDocument.Parse(outcome.Out);
        Holders(answer.RootElement, "a")["b"].GetProperty("direct").GetDouble().ShouldBe(1);
        Holders(answer.RootElement, "a")["b"].GetProperty("lookThrough").ValueKind.ShouldBe(JsonValueKind.Null);
        Holders(answer.RootElement, "c")["people"].GetProperty("ultimate").GetDouble().ShouldBe(1);
        (await CommandLine.RunAsync(_folder.Path, "ownership", "--journal", "book.db", "--company", "c")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_holding_is_explained_by_its_events_and_their_sources()
    {
        _folder.Write(
            "book.csv",
            "effective,issuer,holder,class,quantity,kind,from,source\n2025-01-01,a,x,common,60,issue,,https://example.org/round\n2025-02-01,a,y,common,40,issue,,\n2025-03-01,a,y,common,10,transfer,x,the sale\n");
        await ImportAsync();

        var holding = (await AskAsync("--company", "a", "--explain", "x")).GetProperty("holding");
        holding.GetProperty("direct").GetDouble().ShouldBe(0.5);
        holding.List("events").Select(e => (e.Text("shares"), e.GetProperty("after").GetDouble(), e.Text("source")))
            .ShouldBe([("60", 1.0, "https://example.org/round"), ("50", 0.5, "the sale")]);
        var nobody = await CommandLine.RunAsync(_folder.Path, "ownership", "--journal", "book.db", "--company", "a", "--explain", "nobody");
        nobody.ExitCode.ShouldBe(1);
        nobody.Err.ShouldContain("nobody holds nothing of a at this point");
        (await CommandLine.RunAsync(_folder.Path, "ownership", "--journal", "book.db", "--explain", "x")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task The_series_has_a_point_for_the_end_of_each_month()
    {
        await ImportAsync("2025-01-10,a,x,common,60", "2025-01-20,a,y,common,40", "2025-03-05,a,y,common,100");

        var points = (await AskAsync("--every", "month")).List("series").Single().List("points").ToList();
        points.Select(p => p.Text("at")![..10]).ShouldBe(["2025-01-31", "2025-02-28", "2025-03-31"]);
        points.Select(p => p.List("holders").Single(h => h.Text("holder") == "x").GetProperty("direct").GetDouble()).ShouldBe([0.6, 0.6, 0.3]);
        (await AskAsync("--changes")).List("series").Single().List("points").Count().ShouldBe(3);
        (await AskAsync("--every", "month", "--as-of", "2025-03-10")).List("series").Single().List("points").Last().Text("at")![..10].ShouldBe("2025-03-10");
    }

    [Fact]
    public async Task A_long_table_shows_the_largest_and_says_how_many_more()
    {
        await ImportAsync([.. Enumerable.Range(1, 20).Select(i => $"2025-01-01,a,h{i:00},common,{i}")]);

        var shown = (await CommandLine.RunAsync(_folder.Path, "ownership", "--journal", "book.db")).Out;
        shown.ShouldContain("h20");
        shown.ShouldContain("h09");
        shown.ShouldNotContain("h08");
        shown.ShouldContain("and 8 more");
    }

    private static (double Direct, double LookThrough, double Ultimate) Figures(JsonElement holder) => (Of(holder, "direct"), Of(holder, "lookThrough"), Of(holder, "ultimate"));

    private static double Of(JsonElement holder, string name)
    {
        // To twelve places: what is compared is the figure, not its last bit.
        var found = holder.GetProperty(name).GetDouble();
        return new[] { 1.0 / 3, 2.0 / 3 }.FirstOrDefault(exact => Math.Abs(exact - found) < Exact, found);
    }

    private static Dictionary<string, JsonElement> Holders(JsonElement answer, string issuer) =>
        answer.List("issuers").Single(one => one.Text("issuer") == issuer).List("holders").ToDictionary(holder => holder.Text("holder")!);

    private async Task ImportAsync(params string[] rows)
    {
        if (rows.Length > 0)
        {
            _folder.Write("book.csv", "effective,issuer,holder,class,quantity\n" + string.Join('\n', rows) + "\n");
        }

        var imported = await CommandLine.RunAsync(_folder.Path, "import", "book.csv", "--journal", "book.db");
        imported.ExitCode.ShouldBe(0, imported.ToString());
    }

    private Task<JsonElement> AskAsync(params string[] options) => CommandLine.AskAsync(_folder.Path, ["ownership", "--journal", "book.db", .. options]);
}
