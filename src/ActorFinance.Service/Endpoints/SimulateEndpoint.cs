using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Sampling;
using ActorFinance.Service.Jobs;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>Agreements on a model clock: one run, many runs with drawn parameters, or a sweep through values.</summary>
internal static class SimulateEndpoint
{
    private static readonly QueryParameter<bool> s_onBook = QueryParameter.Flag("onBook", "Go on from the facts of the journal, which is only read. Default: an empty book.");

    private static readonly QueryParameter<Bound> s_until = QueryParameter.Time("until", "How far the clock runs: a date (its whole day) or a time. Default: what the scenario says.", text => CutText.AsOf(text, "until"));

    private static readonly QueryParameter<string> s_set = QueryParameter.Phrase("set", "Give a parameter another value: NAME=VALUE.") with { IsRepeated = true };

    private static readonly QueryParameter<int> s_runs = QueryParameter.Number("runs", "Draw the parameters as 'samples' of the scenario says, so many times.", 1, SampleSettings.RunsMax);

    private static readonly QueryParameter<int> s_seed = QueryParameter.Number("seed", "Of what is drawn. Default: what the scenario says, or 1.", 0, int.MaxValue);

    private static readonly QueryParameter<string> s_sweep = QueryParameter.Phrase("sweep", "Go through values of a parameter, as --sweep of the command line says.") with { IsRepeated = true };

    private static readonly QueryParameter<string> s_figure = QueryParameter.Phrase("figure", "With many runs: a figure of the book too, such as 'cash: openai in USD'.") with { IsRepeated = true };

    private static readonly QueryParameter<SeriesStep> s_every = QueryParameter.Choice(
        "every", "With many runs: the periods at whose ends figures are read. Default: quarter.", ("month", SeriesStep.Month), ("quarter", SeriesStep.Quarter), ("year", SeriesStep.Year));

    public static ServiceEndpoint Post { get; } = new(
        "POST", "/v1/simulate", Role.Read, "Run agreements on a model clock, through the decisions of the companies; with runs or sweep many times. The body is a scenario with agreements; the answer is a job.", BeginAsync)
    {
        Parameters = [s_onBook, Cuts.AsOf, Cuts.AsKnown, s_until, s_set, Cuts.Company, s_runs, s_seed, s_sweep, s_every, s_figure],
        Body = FileBody.Types,
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [413, 415],
    };

    private static async Task BeginAsync(ServiceRequest request)
    {
        var content = await FileBody.ReadAsync(request).ConfigureAwait(false);
        var query = request.Query;
        var isMany = query.Has(s_runs) || query.Has(s_sweep);
        Require(!query.Has(s_runs) || !query.Has(s_sweep), s_sweep, "left out with runs: one of the two");
        Require(!query.Has(s_seed) || query.Has(s_runs), s_seed, "left out without runs");
        Require(!query.Has(s_every) || isMany, s_every, "left out without runs or sweep");
        Require(!query.Has(s_figure) || isMany, s_figure, "left out without runs or sweep");
        Require(query.Get(s_onBook, false) || !query.Has(Cuts.AsOf), Cuts.AsOf, "left out without onBook=true");
        Require(query.Get(s_onBook, false) || !query.Has(Cuts.AsKnown), Cuts.AsKnown, "left out without onBook=true");
        var asked = new SimulationQuestion(
            content,
            query.Get(s_onBook, false) ? new Cut(query.Get(Cuts.AsOf, new(Instant.Maximum)).At, query.Get(Cuts.AsKnown, Model.AsKnown.All)) : null,
            query.Has(s_until) ? query.Get(s_until, new(default)).At : null,
            query.All(s_set),
            query.Find(Cuts.Company),
            query.Find(s_runs),
            query.Find(s_seed),
            query.All(s_sweep),
            query.Get(s_every, SeriesStep.Quarter),
            query.All(s_figure));
        if (asked.On is null)
        {
            // On an empty book the file can be checked at once.
            asked.Read(Scenarios.Agreements.History.Empty);
        }

        var journal = request.Journal;
        var job = journal.Jobs.Add("simulate", request.Caller, async (job, cancellation) =>
        {
            var book = asked.On is null ? null : await journal.JobBook.ReadAsync(job, cancellation).ConfigureAwait(false);
            return await JobBoard.ComputeAsync(() => asked.Answer(book, job, cancellation), cancellation).ConfigureAwait(false);
        });
        await JobsEndpoint.AcceptedAsync(request, job).ConfigureAwait(false);
    }

    private static void Require(bool holds, QueryParameter stated, string rule)
    {
        if (!holds)
        {
            throw new ProblemException(Problem.Invalid(stated.Name, "", rule));
        }
    }
}
