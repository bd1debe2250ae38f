using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Scenarios.Agreements.Expressions;

/// <summary>What an expression may ask of the event that triggered its agreement.</summary>
internal static class EventFields
{
    private static readonly Dictionary<string, (ExpressionType Type, Func<EventEnvelope, ExpressionValue?> Of)> s_fields = new(StringComparer.Ordinal)
    {
        ["event.amount"] = (ExpressionType.Money(null), envelope => Movement(envelope) is { } moved ? ExpressionValue.Money(moved.Amount.Amount, moved.Amount.Currency) : null),
        ["event.quantity"] = (ExpressionType.Ratio, envelope => QuantityOf(envelope.Event) is { } quantity ? ExpressionValue.Ratio(quantity) : null),
        ["event.shares"] = (ExpressionType.Shares, envelope => SharesOf(envelope.Event) is { } shares ? ExpressionValue.Shares(shares) : null),
        ["event.date"] = (ExpressionType.Date, envelope => ExpressionValue.Date(envelope.Header.EffectiveAt)),
        ["event.company"] = (ExpressionType.Text, envelope => ExpressionValue.Text(envelope.Header.Emitter.Value)),
        ["event.payer"] = (ExpressionType.Text, envelope => Movement(envelope)?.From is { } from ? ExpressionValue.Text(from.Value) : null),
        ["event.payee"] = (ExpressionType.Text, envelope => Movement(envelope)?.To is { } to ? ExpressionValue.Text(to.Value) : null),
        ["event.deal"] = (ExpressionType.Text, envelope => envelope.Header.Deal is { } deal ? ExpressionValue.Text(deal.Value) : null),
        ["event.tranche"] = (ExpressionType.Text, envelope => envelope.Header.Tranche is { } tranche ? ExpressionValue.Text(tranche) : null),
        ["event.milestone"] = (ExpressionType.Text, envelope => envelope.Event is MilestoneReached reached ? ExpressionValue.Text(reached.Milestone) : null),
    };

    public static IEnumerable<string> Names => s_fields.Keys;

    public static (ExpressionType Type, Func<EventEnvelope, ExpressionValue?> Of)? Find(string name) =>
        s_fields.TryGetValue(name, out var field) ? field : null;

    // Whether a holder is a company matters for dividends only, which have no one payee.
    private static CashMovement? Movement(EventEnvelope envelope) => Movements.Of(envelope, _ => false) is [var movement, ..] ? movement : null;

    private static decimal? QuantityOf(CompanyEvent fact) => fact switch
    {
        PurchasePaid paid => paid.Quantity?.Value,
        PurchaseRefunded refunded => refunded.Quantity?.Value,
        PurchaseDelivered delivered => delivered.Quantity.Value,
        _ => null,
    };

    private static decimal? SharesOf(CompanyEvent fact) => fact switch
    {
        SharesIssued issued => issued.Quantity?.Value,
        SharesTransferred transferred => transferred.Quantity.Value,
        SharesRepurchased bought => bought.Quantity.Value,
        WarrantExercised exercised => exercised.Quantity.Value,
        _ => null,
    };
}
