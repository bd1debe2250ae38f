using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>A branch the plain way: the whole list is searched, edited, judged and folded anew.</summary>
internal static class NaiveBranch
{
    /// <summary>Null when an edit matches nothing.</summary>
    public static List<RecordedEvent>? Apply(Book book, IReadOnlyList<Edit> edits, List<Misfit> misfits)
    {
        var events = book.At(Cut.Everything).Events.Where(recorded => recorded.Event is not (EventVoided or StepRefused)).OrderBy(recorded => recorded.Offset).ToList();
        foreach (var edit in edits)
        {
            if (Changed(events, edit) is not { } changed)
            {
                return null;
            }

            events = changed;
        }

        while (edits.Count > 0)
        {
            var found = events.OrderBy(recorded => recorded.Key).GroupBy(recorded => recorded.Header.Emitter)
                .SelectMany(company => Misfits.Of(company.Key, company.Select(recorded => recorded.Envelope))).ToList();
            if (found.Count == 0)
            {
                break;
            }

            misfits.AddRange(found);
            var gone = found.Select(misfit => misfit.Event).ToHashSet();
            var steps = events.Where(recorded => gone.Contains(recorded.Header.Id)).Select(recorded => recorded.Header.Step).OfType<StepId>().ToHashSet();
            events.RemoveAll(recorded => gone.Contains(recorded.Header.Id) || (recorded.Header.Step is { } step && steps.Contains(step)));
        }

        return events;
    }

    /// <summary>By the folds that are the specification.</summary>
    public static (Dictionary<FigureKey, FigureValue> Figures, string? Missing) FiguresOf(IEnumerable<RecordedEvent> events, Instant asOf, FigureQuestion question)
    {
        var counted = new Book(events).At(new(asOf, AsKnown.All));
        var figures = BookFigures.OfCash(CashFold.Of(counted).Balances)
            .Concat(ShareRegister.Fold(counted.Events).Issuers.SelectMany(BookFigures.OfOwnership))
            .Concat(BookFigures.OfCommitments(counted));
        if (!question.Families.Contains(FigureFamily.Circular))
        {
            return (new(figures), null);
        }

        var circle = CircularFlow.Of(counted, new(question.FlowsFrom, asOf), question.Flows, question.Firmness);
        return (new(figures.Concat(circle.Value is { } answer ? BookFigures.OfSums(SummedCircularity.Of(answer)).Concat(BookFigures.OfNetwork(NetworkCircularity.Of(answer))) : [])), circle.Error?.Message);
    }

    private static List<RecordedEvent>? Changed(List<RecordedEvent> events, Edit edit)
    {
        if (edit is Edit.Truncate truncate)
        {
            return [.. events.Where(recorded => recorded.Header.EffectiveAt <= truncate.After || recorded.Event is CompanyRegistered)];
        }

        var selecting = (Edit.Selecting)edit;
        var found = events.Where(selecting.Selector.Matches).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var steps = found.Select(recorded => recorded.Header.Step).OfType<StepId>().ToHashSet();
        var chosen = found.Concat(events.Where(recorded => recorded.Header.Step is { } step && steps.Contains(step))).Select(recorded => recorded.Offset).ToHashSet();
        return edit switch
        {
            Edit.Drop => [.. events.Where(recorded => !chosen.Contains(recorded.Offset))],
            Edit.Scale scale => [.. events.Select(recorded => chosen.Contains(recorded.Offset) ? EventChange.With(recorded, EventChange.Scale(recorded.Event, scale.Factor, _ => 0)) : recorded)],
            Edit.Shift shift => [.. events.Select(recorded => chosen.Contains(recorded.Offset) ? EventChange.Shift(recorded, at => EventChange.Moved(at, shift.Months, shift.Days)) : recorded)],
            _ => throw new ArgumentOutOfRangeException(nameof(edit), edit, "not done the plain way"),
        };
    }
}
