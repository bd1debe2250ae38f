using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>A branch the plain way: the whole list is searched, edited, judged and folded anew.</summary>
internal static class NaiveBranch
{
    /// <summary>Null when an edit matches nothing that it could change.</summary>
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
            .Concat(BookFigures.OfCommitments(counted))
            .Concat(question.Families.Contains(FigureFamily.Burn) ? BookFigures.OfBurn(Burn.Of(counted, BookFigures.BurnSpan)) : []);
        if (!question.Families.Contains(FigureFamily.Circular))
        {
            return (new(figures), null);
        }

        var circle = CircularFlow.Of(counted, new(question.FlowsFrom, asOf), question.Flows, question.Firmness);
        return (new(figures.Concat(circle.Value is { } answer ? BookFigures.OfSums(SummedCircularity.Of(answer)).Concat(BookFigures.OfNetwork(NetworkCircularity.Of(answer))).Concat(BookFigures.OfTraces(TracedCircularity.Of(answer))) : [])), circle.Error?.Message);
    }

    private static List<RecordedEvent>? Changed(List<RecordedEvent> events, Edit edit)
    {
        if (edit is Edit.Truncate truncate)
        {
            List<RecordedEvent> left = [.. events.Where(recorded => recorded.Header.EffectiveAt <= truncate.After || recorded.Event is CompanyRegistered)];
            return left.Count == events.Count ? null : left;
        }

        var selecting = (Edit.Selecting)edit;
        var found = events.Where(selecting.Selector.Matches).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var steps = found.Select(recorded => recorded.Header.Step).OfType<StepId>().ToHashSet();
        var chosen = found.Concat(events.Where(recorded => recorded.Header.Step is { } step && steps.Contains(step))).Select(recorded => recorded.Offset).ToHashSet();
        var whole = events.Where(recorded => chosen.Contains(recorded.Offset)).Select(recorded => recorded.Event).ToList();
        return edit switch
        {
            Edit.Scale when whole.All(fact => Scaled(fact, 2) == fact) => null,
            Edit.Shift when whole.All(fact => fact is DealAnnounced or DealContracted) => null,
            Edit.Drop => [.. events.Where(recorded => !chosen.Contains(recorded.Offset))],
            Edit.Scale scale => [.. events.Select(recorded => chosen.Contains(recorded.Offset) ? EventChange.With(recorded, Scaled(recorded.Event, scale.Factor)) : recorded)],
            Edit.Shift shift => [.. events.Select(recorded => chosen.Contains(recorded.Offset) ? EventChange.Shift(recorded, at => EventChange.Moved(at, shift.Months, shift.Days)) : recorded)],
            _ => throw new ArgumentOutOfRangeException(nameof(edit), edit, "not done the plain way"),
        };
    }

    /// <summary>Shares have no decimals in these books, and what is issued for money is issued at a stated price.</summary>
    private static CompanyEvent Scaled(CompanyEvent fact, decimal factor)
    {
        var scaled = EventChange.Resized(
            fact,
            money => Money.Of(decimal.Round(money.Amount * factor, Money.Decimals, MidpointRounding.ToEven), money.Currency),
            measure => Quantity.Of(decimal.Round(measure.Value * factor, Money.Decimals, MidpointRounding.ToEven)),
            shares => ShareQuantity.Of(decimal.Round(shares.Value * factor, MidpointRounding.ToEven)));
        return scaled is SharesIssued { Amount: { } amount, PricePerShare: { } price } issued
            ? issued with { Quantity = ShareQuantity.Of(decimal.Round(amount.Amount / price.Amount, MidpointRounding.ToEven)) }
            : scaled ?? fact;
    }
}
