using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFinance.Answers;

/// <summary>Events for people and programs: a type name as in the manifest, fields as JSON, and a sentence of the figures.</summary>
public static class EventText
{
    private static readonly JsonSerializerOptions Fields = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    public static IReadOnlySet<string> Types { get; } = typeof(CompanyEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(CompanyEvent)) && !type.IsAbstract)
        .Select(TypeNames.Of)
        .ToHashSet(StringComparer.Ordinal);

    public static string TypeOf(CompanyEvent fact) => TypeNames.Of(fact.GetType());

    public static JsonNode FieldsOf(CompanyEvent fact) => JsonSerializer.SerializeToNode(fact, fact.GetType(), Fields)!;

    public static void WriteFields(Utf8JsonWriter writer, CompanyEvent fact) => JsonSerializer.Serialize(writer, fact, Fields.GetTypeInfo(fact.GetType()));

    public static string Summary(RecordedEvent recorded)
    {
        var emitter = recorded.Header.Emitter;
        return recorded.Event switch
        {
            CompanyRegistered e => $"{e.Name}, {e.Currency}{(e.Kind == CompanyKind.Group ? ", group" : "")}{(e.CashPolicy == CashPolicy.RejectShortfall ? ", rejects shortfall" : "")}",
            CompanyRenamed e => e.Name,
            MilestoneReached e => e.Milestone,
            FxRateRecorded e => $"1 {e.Base} = {e.Rate} {e.Quote}",
            EventVoided e => $"{e.Voided}: {e.Reason}",
            ExternalCashReceived e => $"outside -> {emitter} {Money(e.Amount)} ({EnumWords.Of(e.Category)})",
            ExternalCashPaid e => $"{emitter} -> outside {Money(e.Amount)} ({EnumWords.Of(e.Category)})",
            InvestmentMade e => $"{emitter} -> {e.Investee} {Money(e.Amount)}{InKind(e.InKind)}",
            PurchasePaid e => $"{emitter} -> {e.Seller} {Money(e.Amount)}{InKind(e.InKind)}{(e.Item is { } item ? $" for {item}" : "")}",
            PurchaseRefunded e => $"{emitter} -> {e.Buyer} {Money(e.Amount)}{InKind(e.InKind)}",
            TransferPaid e => $"{emitter} -> {e.Payee} {Money(e.Amount)} ({EnumWords.Of(e.Purpose)})",
            PurchaseDelivered e => $"{emitter} -> {e.Buyer} {Figures.Exact(e.Quantity.Value)} {e.Unit} {e.Item}".TrimEnd(),
            ReceiptAcknowledged e => $"{e.Payer} -> {emitter} {Money(e.Amount)}",
            DealAnnounced e => Terms(e.Terms),
            DealContracted e => Terms(e.Terms),
            DealSuperseded e => $"by {e.By}",
            DealCancelled e => e.Reason,
            InvestmentCommitted e => Terms(e.Terms),
            PurchaseCommitted e => Terms(e.Terms),
            LoanCommitted e => Terms(e.Terms),
            CommitmentReleased e => $"{e.Commitment} {Money(e.Amount)}",
            ShareClassCreated e => $"{e.Class}, {e.VotesPerShare} votes a share{(e.Notional ? ", notional" : "")}",
            SharesIssued e => $"{e.Holder} {(e.Quantity is { } quantity ? Figures.Exact(quantity.Value) : $"holds {Figures.Percent(e.FractionHeld!.Value.Value)} of")} {e.Class}{(e.Amount is { } amount ? $" for {Money(amount)}" : "")}",
            PoolReserved e => $"{Figures.Exact(e.Quantity.Value)} {e.Class}",
            SharesTransferred e => $"{e.From} -> {e.To} {Figures.Exact(e.Quantity.Value)} {e.Class}{(e.Amount is { } amount ? $" for {Money(amount)}" : "")}",
            SharesRepurchased e => $"{e.Holder} {Figures.Exact(e.Quantity.Value)} {e.Class}{(e.Amount is { } amount ? $" for {Money(amount)}" : "")}",
            SharesSplit e => $"{e.Class} {e.Numerator}:{e.Denominator}",
            ValuationRecorded e => $"{e.Valuation} {(e.PreMoney is { } pre ? $"pre-money {Money(pre)}" : e.PostMoney is { } post ? $"post-money {Money(post)}" : $"{Money(e.PricePerShare!.Value)} a share")}",
            DividendDeclared e => $"{e.Shares.Count} holders, {string.Join(" + ", e.Shares.GroupBy(share => share.Amount.Currency).Select(group => Figures.Exact(group.Sum(share => share.Amount.Amount), group.Key)))}",
            WarrantGranted e => $"{e.Warrant}: {e.Holder} {Figures.Exact(e.Tranches.Sum(tranche => tranche.Quantity.Value))} {e.Class} at {Money(e.Strike)}",
            WarrantVested e => $"{e.Warrant} {e.TrancheName}",
            WarrantExercised e => $"{e.Warrant} {Figures.Exact(e.Quantity.Value)}",
            WarrantLapsed e => e.Warrant.Value,
            ConvertibleRegistered e => $"{e.Convertible}: {e.Holder} {Money(e.Principal)}",
            ConvertibleConverted e => $"{e.Convertible} into {Figures.Exact(e.Quantity.Value)} {e.Class}",
            LoanDrawn e => $"{emitter} -> {e.Borrower} {Money(e.Amount)}{(e.Rate is { } rate ? $" at {Figures.Percent(rate.Value)}" : "")}",
            LoanRepaid e => $"{emitter} -> {e.Lender} {Money(e.Amount)}",
            InterestPaid e => $"{emitter} -> {e.Lender} {Money(e.Amount)}",
            GuaranteeGiven e => $"{e.Guarantee}: up to {Money(e.Ceiling)} for {e.Obligor?.Value ?? "outside"}",
            GuaranteeCalled e => $"{emitter} -> {e.Beneficiary?.Value ?? "outside"} {Money(e.Amount)}",
            StepPaid e => $"{emitter} -> {e.Payee?.Value ?? "outside"} {Money(e.Amount)} for shares of {e.Register}",
            StepRefused e => e.Message,
            StepPosted e => e.PostingEvent.ToString(),
            _ => "",
        };
    }

    private static string Money(Money money) => Figures.Exact(money.Amount, money.Currency);

    private static string InKind(bool inKind) => inKind ? " in kind" : "";

    private static string Terms(DealTerms terms)
    {
        var amount = terms switch
        {
            { Headline: { } headline, Maximum: { } maximum } => $"{Money(headline)}, up to {Money(maximum)}",
            { Headline: { } headline } => Money(headline),
            { Maximum: { } maximum } => $"up to {Money(maximum)}",
            _ => "without a price",
        };
        var summary = terms.Sums.Count > 0 ? $", sums {string.Join(", ", terms.Sums)}" : "";
        return $"{terms.From?.Value ?? "outside"} -> {terms.To?.Value ?? "outside"} {EnumWords.Of(terms.Kind)} {amount}{summary}";
    }

    private static string Terms(CommitmentTerms terms) => $"{terms.From?.Value ?? "outside"} -> {terms.To?.Value ?? "outside"} {Money(terms.Amount)} ({terms.Commitment})";
}
