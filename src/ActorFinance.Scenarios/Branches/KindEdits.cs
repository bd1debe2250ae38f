namespace ActorFinance.Scenarios.Branches;

/// <summary>Cash into payments in kind and back, and payments for one thing into payments for another.</summary>
internal static class KindEdits
{
    /// <summary>Of each investment and purchase in cash.</summary>
    public static string? Split(BranchEvents events, IReadOnlyList<RecordedEvent> whole, decimal share, int place)
    {
        var payments = whole.Where(recorded => recorded.Event is InvestmentMade { InKind: false } or PurchasePaid { InKind: false }).ToList();
        payments.ForEach(recorded => Split(events, recorded, share, place));
        return payments.Count > 0 ? null : NearestMatch.None("investment or purchase in cash", whole);
    }

    /// <summary>Of each payment in kind.</summary>
    public static string? Merge(BranchEvents events, IReadOnlyList<RecordedEvent> whole, int place)
    {
        var payments = whole.Where(recorded => Cash(recorded.Event) is not null).ToList();
        payments.ForEach(recorded => Merge(events, recorded, place));
        return payments.Count > 0 ? null : NearestMatch.None("payment in kind", whole);
    }

    /// <summary>The cash part keeps the event's id; the part in kind is a fact of its own beside it.</summary>
    private static void Split(BranchEvents events, RecordedEvent recorded, decimal share, int place)
    {
        CompanyEvent? WithAmount(Money amount, bool inKind) => recorded.Event switch
        {
            InvestmentMade { InKind: false } made when inKind && amount != made.Amount =>
                made with { Amount = amount, Instrument = Instrument.NotStated, Class = null, PricePerShare = null, Valuation = null, Convertible = null, InKind = true },
            InvestmentMade { InKind: false } made => made with { Amount = amount, InKind = inKind },
            PurchasePaid { InKind: false } paid when inKind && amount != paid.Amount => paid with { Amount = amount, InKind = true, Quantity = null, Unit = null },
            PurchasePaid { InKind: false } paid => paid with { Amount = amount, InKind = inKind },
            _ => null,
        };

        if (EventChange.AmountOf(recorded.Event) is not { } whole || WithAmount(whole, inKind: false) is null)
        {
            return;
        }

        var kind = Money.Of(decimal.Round(whole.Amount * share, Money.Decimals, MidpointRounding.ToEven), whole.Currency);
        var cash = Money.Of(whole.Amount - kind.Amount, whole.Currency);
        if (!cash.IsPositive)
        {
            events.Change(EventChange.With(recorded, WithAmount(whole, inKind: true)!), place);
        }
        else if (kind.IsPositive)
        {
            events.Change(EventChange.With(recorded, WithAmount(cash, inKind: false)!), place);
            events.AppendBeside(recorded, WithAmount(kind, inKind: true)!, place);
        }
    }

    /// <summary>Into the first payment in cash beside it, else into cash where it stands.</summary>
    private static void Merge(BranchEvents events, RecordedEvent recorded, int place)
    {
        // It may have been merged with another one that was selected.
        if (events.Find(recorded.Offset) is not { } now || Cash(now.Event) is not { } inCash)
        {
            return;
        }

        var parties = EventParties.Of(now);
        var beside = events.OfParty(now.Header.Emitter).FirstOrDefault(other => other.Offset != now.Offset
            && other.Header.EffectiveAt == now.Header.EffectiveAt
            && other.Header.Deal == now.Header.Deal
            && other.Event.GetType() == now.Event.GetType()
            && Cash(other.Event) is null
            && EventParties.Of(other) == parties
            && EventChange.AmountOf(other.Event)!.Value.Currency == EventChange.AmountOf(now.Event)!.Value.Currency);
        if (beside is null)
        {
            events.Change(EventChange.With(now, inCash), place);
            return;
        }

        var sum = EventChange.AmountOf(beside.Event)!.Value + EventChange.AmountOf(now.Event)!.Value;
        events.Change(EventChange.With(beside, EventChange.WithAmount(beside.Event, sum)), place);
        events.Drop(now, place);
    }

    public static string? Substitute(BranchEvents events, IReadOnlyList<RecordedEvent> whole, Substitute with, int place)
    {
        var any = false;
        foreach (var recorded in whole)
        {
            if (Substituted(recorded.Event, with) is { } fact)
            {
                any = true;
                events.Change(EventChange.With(recorded, fact), place);
            }
        }

        return any ? null : "what it selects are no payments that can be turned into another kind: investments, purchases and transfers can";
    }

    /// <summary>Null for an event that is no payment in kind.</summary>
    private static CompanyEvent? Cash(CompanyEvent fact) => fact switch
    {
        InvestmentMade { InKind: true } made => made with { InKind = false },
        PurchasePaid { InKind: true } paid => paid with { InKind = false },
        _ => null,
    };

    private static CompanyEvent? Substituted(CompanyEvent fact, Substitute with) => (fact, with) switch
    {
        (InvestmentMade made, Branches.Substitute.Cash or Branches.Substitute.InKind) => made with { InKind = with == Branches.Substitute.InKind },
        (PurchasePaid paid, Branches.Substitute.Cash or Branches.Substitute.InKind) => paid with { InKind = with == Branches.Substitute.InKind },
        (PurchasePaid, Branches.Substitute.Purchase) or (InvestmentMade, Branches.Substitute.Investment) or (TransferPaid, Branches.Substitute.Fee) => fact,
        (PurchasePaid paid, Branches.Substitute.Investment) => Investment(paid.Seller, paid.Amount, paid.Draws, paid.InKind),
        (PurchasePaid { InKind: false } paid, Branches.Substitute.Fee) => new TransferPaid(paid.Seller, paid.Amount, TransferPurpose.Fee),
        (InvestmentMade made, Branches.Substitute.Purchase) => new PurchasePaid(made.Investee, made.Amount, made.Draws, Item: null, Quantity: null, Unit: null, made.InKind),
        (InvestmentMade { InKind: false } made, Branches.Substitute.Fee) => new TransferPaid(made.Investee, made.Amount, TransferPurpose.Fee),
        (TransferPaid paid, Branches.Substitute.Purchase) => new PurchasePaid(paid.Payee, paid.Amount, Draws: null, Item: null, Quantity: null, Unit: null, InKind: false),
        (TransferPaid paid, Branches.Substitute.Investment) => Investment(paid.Payee, paid.Amount, draws: null, inKind: false),
        _ => null,
    };

    private static InvestmentMade Investment(CompanyId investee, Money amount, CommitmentId? draws, bool inKind) =>
        new(investee, amount, Instrument.NotStated, Class: null, PricePerShare: null, Valuation: null, Convertible: null, draws, inKind);
}
