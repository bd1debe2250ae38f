using System.Text.Json.Nodes;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Answers;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Jobs;

/// <summary>What branches are compared by, in the command line's words.</summary>
internal sealed record BranchQuestion(Instant AsOf, Instant From, CompanyId? Company, Firmness Firmness, Currency? Currency, SeriesStep? Every, IReadOnlyList<string> Measures)
{
    private static readonly QueryParameter<SeriesStep> s_every = QueryParameter.Choice(
        "every", "The figures that differ at the end of each of these from where the two part.", ("month", SeriesStep.Month), ("quarter", SeriesStep.Quarter), ("year", SeriesStep.Year));

    private static readonly QueryParameter<Currency> s_currency = QueryParameter.Value<Currency>("currency", "Report circular flow in this currency, at the recorded rates.");

    private static readonly QueryParameter<string> s_measures =
        QueryParameter.Choice("measure", "Which figures: a family, or a single one. Default: all.", [.. BranchMeasures.Names.Select(name => (name, name))]) with { IsRepeated = true };

    private static readonly QueryParameter<Bound> s_from =
        QueryParameter.Time("from", "Start of the window of the circular measures: a date (that day counts) or a time (exclusive). Default: the beginning.", text => CutText.From(text));

    public static IReadOnlyList<QueryParameter> Parameters { get; } = [Cuts.AsOf, s_from, Cuts.Company, CircularEndpoint.OfFirmness, s_currency, s_every, s_measures];

    public static BranchQuestion Of(Query query) => new(
        query.Get(Cuts.AsOf, new(Instant.Maximum)).At,
        query.Get(s_from, new(Instant.Minimum)).At,
        query.Find(Cuts.Company),
        query.Get(CircularEndpoint.OfFirmness, Firmness.Paid),
        query.Find(s_currency),
        query.Find(s_every),
        [.. query.All(s_measures).SelectMany(BranchMeasures.Of)]);

    /// <summary>The branches beside the base as it was known.</summary>
    /// <param name="book">The journal's events.</param>
    /// <param name="asKnown">What was known of them.</param>
    /// <param name="branches">In the order in which they are shown.</param>
    /// <param name="job">Is told how far it is.</param>
    /// <param name="cancellation">Ends it at its next word.</param>
    /// <param name="probability">How likely the one branch is; null: not said.</param>
    /// <exception cref="QuestionRefusedException">An edit cannot be applied, or the company is not in the book.</exception>
    public JsonObject Answer(Book book, AsKnown asKnown, IReadOnlyList<(string Name, WhatIf File)> branches, Job job, CancellationToken cancellation, decimal? probability = null)
    {
        var cut = new Cut(AsOf, asKnown).Within(book.LastOffset);
        if (Company is { } one
            && CompanyNames.Missing(book.Recorded.Where(recorded => recorded.Event is CompanyRegistered).Select(recorded => recorded.Header.Emitter), one) is { } missing)
        {
            throw new QuestionRefusedException(missing);
        }

        var view = BranchView.Of(cut, Firmness, Currency, Company, Every, Measures);
        view = view with { Question = view.Question with { FlowsFrom = From } };
        var based = new BaseFigures(new BranchBase(book, cut.AsKnown));
        var sides = branches.Select(branch => BranchSide.Of(based, branch.Name, branch.File, branch.File.Edits, view, job.Watch(cancellation)));
        return new WhatIfReport(view, based, [.. sides]) { Probabilities = probability is { } likely ? [likely] : [] }.ToJson();
    }
}
