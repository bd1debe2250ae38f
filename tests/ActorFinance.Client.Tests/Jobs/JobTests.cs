using System.Globalization;
using System.Text.Json.Nodes;

namespace ActorFinance.Client.Tests.Jobs;

/// <summary>What-ifs and simulations through the client, on the book of the AI deals: what the service's own document says, typed.</summary>
public sealed class JobTests(DealsService deals) : IClassFixture<DealsService>
{
    private const string Sixty = """
        what-if: sixty
        title: OpenAI pays six tenths, and then nothing
        probability: 25%
        edits:
          - scale: {payer: openai, by: 60%, reason: what it can pay}
          - default: {company: openai, at: 2029-12-31, recovery: 40%}
        """;

    private readonly ActorFinanceClient _client = new(new() { Url = deals.Service.Client.BaseAddress! });

    [Fact]
    public async Task A_what_if_is_the_services_document_to_the_last_digit()
    {
        var job = await _client.Jobs.WhatIfAsync(Sixty, new() { AsOf = new(2029, 12, 31, 0, 0, 0, TimeSpan.Zero), Every = "year", Measures = ["cash", "circular"], Firmness = "contracted" });
        var progress = new Steps();
        var answer = await job.ResultAsync(progress);
        progress.Told[^1].ShouldBe(1);

        var raw = await deals.Service.GetAsync($"/v1/jobs/{job.Id}/result");
        var branch = answer.Branches.ShouldHaveSingleItem();
        (branch.Name, branch.WhatIf).ShouldBe((null, "sixty"));
        branch.Edits.Select(edit => (edit.Operation, edit.Reason)).ShouldBe([("scale", "what it can pay"), ("default", null)]);
        branch.Differences.Select(difference => (difference.Measure, difference.Of, difference.Unit, TextOf(difference.Base), TextOf(difference.WhatIf), TextOf(difference.Difference))).ShouldBe(
            raw["differences"]!.AsArray().Select(one => ((string)one!["measure"]!, (string)one["of"]!, (string?)one["unit"], TextOf(one["base"]), TextOf(one["whatIf"]), TextOf(one["difference"]))));
        branch.Differences.ShouldContain(difference => difference.Base.Ratio != null);
        branch.Differences.ShouldContain(difference => difference.WhatIf.Amount != null);
        branch.Differences.ShouldContain(difference => difference.WhatIf.Time != null);
        branch.Changes.Select(change => change.EventId).ShouldBe(raw["changes"]!.AsArray().Select(change => (string)change!["eventId"]!));
        branch.FirstDivergence!.EventId.ShouldBe(branch.Changes[0].EventId);
        branch.Changes.ShouldContain(change => change.Before != null && change.After != null && change.Before.Fields.GetRawText() != change.After.Fields.GetRawText());
        branch.Misfits.Count.ShouldBe(raw["misfits"]!.AsArray().Count);
        branch.Series.Select(at => at.Differences.Count).ShouldBe(raw["series"]!.AsArray().Select(at => at!["differences"]!.AsArray().Count));
        branch.Cascades.GetArrayLength().ShouldBe(1);
        answer.Expected!.Probabilities.ShouldBe([0.25m]);
        answer.Expected.Figures.Select(figure => TextOf(figure.Value)).ShouldBe(raw["expected"]!["figures"]!.AsArray().Select(figure => TextOf(figure!["value"])));
        answer.Expected.Series!.Count.ShouldBe(branch.Series.Count);
        answer.AsKnown.Offset.ShouldBe((long)raw["asKnown"]!["offset"]!);
    }

    [Fact]
    public async Task A_simulation_is_set_drawn_and_swept()
    {
        var file = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "scenarios", "agreements", "range-of-outcomes.yaml"));
        var until = new DateTimeOffset(2028, 12, 31, 0, 0, 0, TimeSpan.Zero);
        var drawn = await (await _client.Jobs.SimulateAsync(file, new() { Runs = 20, Seed = 7, Until = until, Set = new Dictionary<string, string> { ["gigawatts"] = "3" } })).ResultAsync();
        drawn.GetProperty("runs").GetInt32().ShouldBe(20);
        drawn.GetProperty("seed").GetInt32().ShouldBe(7);
        var swept = await _client.Jobs.SimulateAsync(file, new() { Sweeps = ["gigawatts=3..5:1"], Until = until });
        JsonNode.DeepEquals(JsonNode.Parse((await swept.ResultAsync()).GetRawText()), JsonNode.Parse((await _client.Jobs.Find(swept.Id).ResultAsync()).GetRawText())).ShouldBeTrue();
    }

    [Fact]
    public async Task A_fault_of_the_file_is_thrown_with_line_and_column()
    {
        var refused = await Should.ThrowAsync<InvalidRequestException>(() => _client.Jobs.WhatIfAsync("what-if: x\nedits:\n  - drop: {deall: y}\n"));
        var fault = refused.Problem!.Errors.ShouldHaveSingleItem();
        (fault.Line, fault.Column).ShouldBe((3, 12), fault.ToString());
    }

    [Fact]
    public async Task What_has_no_answer_is_thrown_with_the_reason()
    {
        var job = await _client.Jobs.WhatIfAsync("what-if: x\nedits:\n  - drop: {deal: NVDA-OAI-LOY}\n");
        (await Should.ThrowAsync<NoAnswerException>(() => job.ResultAsync())).Message.ShouldContain("NVDA-OAI-LOI");
        (await job.StatusAsync()).State.ShouldBe(JobState.Failed);
        await Should.ThrowAsync<NotFoundException>(() => _client.Jobs.Find("no-such").ResultAsync());
    }

    [Fact]
    public async Task A_job_is_cancelled_and_whoever_waits_for_it_is_told()
    {
        var job = await _client.Jobs.SimulateAsync(LongWork.Endless);
        await Until.TrueAsync(async () => (await job.StatusAsync()).State == JobState.Running);
        var waiting = job.ResultAsync();
        (await _client.Jobs.ListAsync()).ShouldContain(one => one.Id == job.Id && one.Kind == "simulate");
        await job.CancelAsync();
        (await Should.ThrowAsync<ConflictException>(() => waiting)).Problem!.Code.ShouldBe("job-cancelled");
    }

    private static string TextOf(FigureValue value) => value switch
    {
        { Amount: { } amount } => amount.ToString(CultureInfo.InvariantCulture),
        { Ratio: { } ratio } => ratio.ToString("R", CultureInfo.InvariantCulture),
        { Time: { } time } => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        _ => "",
    };

    private static string TextOf(JsonNode? node) => node is not JsonValue value ? ""
        : value.TryGetValue(out string? text) ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) && !decimal.TryParse(text, CultureInfo.InvariantCulture, out _)
            ? time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            : text
        : value.GetValue<double>().ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Tells at once, not from a thread of its own.</summary>
    private sealed class Steps : IProgress<double>
    {
        public List<double> Told { get; } = [];

        public void Report(double value) => Told.Add(value);
    }
}
