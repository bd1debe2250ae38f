using System.Text.Json;

namespace ActorFinance.Client;

/// <summary>What every answer says of itself.</summary>
/// <param name="AsOf">The effective time that it counts up to.</param>
/// <param name="AsKnown">The offset that makes it repeatable, with its time.</param>
/// <param name="IncompleteKnowledge">Events that were known and lack their ground.</param>
public abstract record Answer(DateTimeOffset AsOf, KnownPoint AsKnown, IReadOnlyList<UngroundedEvent> IncompleteKnowledge);

/// <param name="Offset">Counted are the events up to it.</param>
/// <param name="Time">Null in an empty journal.</param>
public sealed record KnownPoint(long Offset, DateTimeOffset? Time);

/// <param name="Offset">The event's place.</param>
/// <param name="EventId">Its id.</param>
/// <param name="Lacks">What was not known yet.</param>
public sealed record UngroundedEvent(long Offset, string EventId, string Lacks);

/// <summary>Cash by company and currency.</summary>
public sealed record CashAnswer(DateTimeOffset AsOf, KnownPoint AsKnown, IReadOnlyList<UngroundedEvent> IncompleteKnowledge, IReadOnlyList<CashBalance> Balances, IReadOnlyList<OpenCommitment> Commitments)
    : Answer(AsOf, AsKnown, IncompleteKnowledge);

/// <param name="Company">Whose cash.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">Exact.</param>
/// <param name="Lowest">After any event; null where there is none.</param>
/// <param name="FirstShortfall">Null where cash never was below zero.</param>
/// <param name="HasOpening">Whether the book says what the company began with; else the amount is a change.</param>
public sealed record CashBalance(string Company, string Currency, decimal Amount, CashPoint? Lowest, CashPoint? FirstShortfall, bool HasOpening);

public sealed record CashPoint(decimal Amount, DateTimeOffset At, string EventId);

/// <param name="Commitment">Its id.</param>
/// <param name="Firmness"><c>contracted</c>.</param>
/// <param name="From">Who will pay; null: outside.</param>
/// <param name="To">Who will receive; null: outside.</param>
/// <param name="Deal">Under which it was promised.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Committed">In all.</param>
/// <param name="Drawn">Paid of it.</param>
/// <param name="Released">Given up of it.</param>
/// <param name="Open">What is left, by due date.</param>
public sealed record OpenCommitment(
    string Commitment, string Firmness, string? From, string? To, string? Deal, string Currency, decimal Committed, decimal Drawn, decimal Released, IReadOnlyList<OpenPart> Open);

public sealed record OpenPart(DateTimeOffset? Due, decimal Amount);

/// <summary>Holders of each issuer.</summary>
public sealed record OwnershipAnswer(
    DateTimeOffset AsOf, KnownPoint AsKnown, IReadOnlyList<UngroundedEvent> IncompleteKnowledge, string Basis, IReadOnlyList<Issuer> Issuers, IReadOnlyList<Control> Controls)
    : Answer(AsOf, AsKnown, IncompleteKnowledge);

/// <param name="Company">The issuer.</param>
/// <param name="Outstanding">On the basis that was asked for.</param>
/// <param name="Notional">It has no published count: 1,000,000 units stand for all of it.</param>
/// <param name="Holders">Their fractions sum to 1, with the outside.</param>
public sealed record Issuer([property: System.Text.Json.Serialization.JsonPropertyName("issuer")] string Company, decimal Outstanding, bool Notional, IReadOnlyList<Holding> Holders);

/// <param name="Holder">A company, a named holder, or <c>outside</c>.</param>
/// <param name="Shares">Exact.</param>
/// <param name="Direct">Fraction; null where it is undefined.</param>
/// <param name="LookThrough">With what is held through others.</param>
/// <param name="Ultimate">With whom the value ends.</param>
public sealed record Holding(string Holder, decimal Shares, double? Direct, double? LookThrough, double? Ultimate);

public sealed record Control(string Company, IReadOnlyList<string> Controlled);

/// <summary>How much of the money only goes round. A ratio is null where it is undefined.</summary>
public sealed record CircularAnswer(
    DateTimeOffset AsOf,
    KnownPoint AsKnown,
    IReadOnlyList<UngroundedEvent> IncompleteKnowledge,
    DateTimeOffset From,
    DateTimeOffset To,
    string? Currency,
    double? FinnCyclingIndex,
    IReadOnlyList<IReadOnlyList<string>> Closed,
    double? CirculationShare,
    double? NettingShare,
    int UnpricedDeals,
    decimal RefundsLeftOut,
    IReadOnlyList<CircularCompany> Companies,
    IReadOnlyList<Cycle> Cycles)
    : Answer(AsOf, AsKnown, IncompleteKnowledge);

public sealed record CircularCompany(
    string Company,
    decimal Invested,
    RoundTrip RoundTrip,
    TracedReturn Traced,
    SpentBack SpentBack,
    double? FinancedRevenueShare,
    double? FinancedRevenueShareProRata,
    decimal OutsideRevenue,
    decimal RevenueWithoutFinanced);

/// <param name="Direct">By purchases of those it invested in.</param>
/// <param name="WithinHops">By number of payments, where it was asked for.</param>
/// <param name="Any">By any chain of purchases.</param>
/// <param name="AnyViaAll">By any chain of payments that ends with a purchase.</param>
/// <param name="Pairs">With each company.</param>
public sealed record RoundTrip(double? Direct, IReadOnlyDictionary<string, double?>? WithinHops, double? Any, double? AnyViaAll, IReadOnlyList<RoundTripPair> Pairs);

public sealed record RoundTripPair(string Company, decimal Invested, decimal Purchased, double? Ratio);

/// <summary>Of what was invested, where each part of it is; the parts sum to it exactly.</summary>
public sealed record TracedReturn(string Method, decimal Invested, decimal Returned, decimal ReturnedOtherwise, decimal SpentOutside, decimal Absorbed, decimal Held, double? Ratio);

public sealed record SpentBack(decimal Received, double? Ratio);

/// <param name="Companies">In the order of the payments.</param>
/// <param name="Bottleneck">The smallest flow on it. Bottlenecks of different cycles overlap and do not add up.</param>
public sealed record Cycle(IReadOnlyList<string> Companies, decimal Bottleneck);

/// <summary>Deals by id.</summary>
public sealed record DealsAnswer(DateTimeOffset AsOf, KnownPoint AsKnown, IReadOnlyList<UngroundedEvent> IncompleteKnowledge, IReadOnlyList<DealRecord> Deals)
    : Answer(AsOf, AsKnown, IncompleteKnowledge);

/// <param name="Deal">Its id.</param>
/// <param name="Status">Such as <c>announced</c> or <c>contracted</c>.</param>
/// <param name="IsSummary">It sums other deals and is never counted.</param>
/// <param name="Terms">The latest, as the event states them.</param>
/// <param name="StatedBy">That event's id.</param>
/// <param name="Source">The document that it came from.</param>
/// <param name="Commitments">What was promised under it.</param>
public sealed record DealRecord(string Deal, string Status, bool IsSummary, JsonElement? Terms, string StatedBy, string? Source, IReadOnlyList<OpenCommitment> Commitments);
