namespace ActorFinance.Scenarios.Branches;

/// <summary>Recorded prices and rates as if others had been recorded.</summary>
internal static class PriceEdits
{
    public static string? SetPrice(BranchEvents events, Edit.SetPrice set, int place)
    {
        if (EditApplication.Unknown(events, set.Issuer) is { } rule)
        {
            return rule;
        }

        var classes = events.EmittedBy(set.Issuer).Select(recorded => recorded.Event).OfType<ShareClassCreated>().Select(created => created.Class.Value).ToList();
        if (!classes.Contains(set.Class.Value))
        {
            return $"matches nothing: '{set.Issuer}' has no shares of class '{set.Class}'; it has {(classes.Count == 0 ? "none at all" : string.Join(", ", classes))}{Files.Spelling.Hint(set.Class.Value, classes)}";
        }

        var path = set.Path.OrderBy(point => point.At).ToList();
        foreach (var recorded in events.EmittedBy(set.Issuer).Where(recorded => recorded.Header.EffectiveAt >= path[0].At))
        {
            if (recorded.Event is ValuationRecorded { PricePerShare: not null } valuation && (valuation.Class ?? set.Class) == set.Class)
            {
                var now = path.Last(point => point.At <= recorded.Header.EffectiveAt).Value;
                events.Change(EventChange.With(recorded, valuation with { PricePerShare = now }), place);
            }
        }

        foreach (var (point, number) in path.Select((point, i) => (point, i + 1)))
        {
            var id = Value.Parse<ValuationId>($"edit-{place + 1}-price-{number}");
            events.Append(set.Issuer, new ValuationRecorded(id, set.Class, point.Value, PreMoney: null, PostMoney: null), point.At, deal: null, place);
        }

        ConditionEdits.Follow(events, condition => condition.Kind == ConditionKind.Price && condition.Company == set.Issuer, place);
        return null;
    }

    /// <summary>A rate of the inverse pair is the same rate: it moves with it.</summary>
    public static string? SetRate(BranchEvents events, Edit.SetRate set, int place)
    {
        var first = set.Path.Count == 0 ? Instant.Minimum : set.Path.Min(point => point.At);
        var recorded = events.EmittedBy(CompanyId.Market)
            .Where(rate => rate.Event is FxRateRecorded fact && ((fact.Base, fact.Quote) == (set.Base, set.Quote) || (fact.Base, fact.Quote) == (set.Quote, set.Base)))
            .ToList();
        if (set.Path.Count == 0 && recorded.Count == 0)
        {
            var pairs = events.EmittedBy(CompanyId.Market).Select(rate => rate.Event).OfType<FxRateRecorded>().Select(rate => $"{rate.Base}/{rate.Quote}").Distinct().ToList();
            return $"the book has no rate of {set.Base}/{set.Quote} to multiply (it has {(pairs.Count == 0 ? "none at all" : string.Join(", ", pairs))}): say the rate and from when, such as path=2026-01-01=1300";
        }

        foreach (var rate in recorded.Where(rate => rate.Header.EffectiveAt >= first))
        {
            if (set.Factor is { } factor)
            {
                var fact = (FxRateRecorded)rate.Event;
                var (one, other) = (ExactRatio.Of(fact.Rate.Value), ExactRatio.Of(factor));
                if ((fact.Base == set.Base ? one * other : one / other).Round(Money.Decimals) is not ({ } times and > 0 and < ShareQuantity.Limit))
                {
                    return $"the rate of {fact.Base}/{fact.Quote} from {rate.Header.EffectiveAt}, {fact.Rate}, times {EventChange.Text(factor)} is no rate: it is above 0, {Quantity.Rule}";
                }

                events.Change(EventChange.With(rate, fact with { Rate = Quantity.Of(times) }), place);
            }
            else
            {
                events.Drop(rate, place);
            }
        }

        foreach (var point in set.Path)
        {
            events.Append(CompanyId.Market, new FxRateRecorded(set.Base, set.Quote, point.Value), point.At, deal: null, place);
        }

        return null;
    }
}
