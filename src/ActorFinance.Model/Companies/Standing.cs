using System.Collections.Immutable;

namespace ActorFinance.Model;

/// <summary>A class of shares at one moment. Outstanding = the sum of holdings + what is in transit under a pending transfer.</summary>
public sealed record ClassStanding(
    int Decimals,
    ShareQuantity? Authorised,
    bool Notional,
    ExactRatio ConversionRatio,
    decimal AuthorisedNow,
    decimal Outstanding,
    decimal PendingIssue,
    decimal InTransit,
    ImmutableDictionary<HolderId, decimal> Holdings)
{
    /// <summary>How many pending facts <see cref="PendingIssue"/> and <see cref="InTransit"/> come from: each may round another way in a split, once it has ended.</summary>
    public int PendingParts { get; init; }

    public decimal HeldBy(HolderId holder) => Holdings.GetValueOrDefault(holder);
}

public sealed record WarrantStanding(
    HolderId Holder,
    ShareClassId Class,
    Currency Currency,
    ExactRatio Strike,
    Instant? Expiry,
    ImmutableDictionary<string, decimal> Unvested,
    decimal Vested,
    decimal Exercised,
    Instant? EndedAt);

public sealed record ConvertibleStanding(HolderId Holder, Money Principal, ShareClassId? Class, ExactRatio? Price, bool IsPaid, bool IsConverted);

public sealed record CommitmentStanding(DealId? Deal, Money Committed, Money Outstanding);

public sealed record GuaranteeStanding(CompanyId? Beneficiary, Money Ceiling, Money Called);

public enum DealState
{
    Announced,
    Contracted,
    Superseded,
    Cancelled,
    Completed,
}

/// <summary>The price that a valuation fixes: of a share of the class, else of a common one. Null for a post-money one, and for a pre-money one when nothing was outstanding.</summary>
public sealed record ValuationStanding(Currency Currency, ShareClassId? Class, ExactRatio? Price)
{
    public bool IsPostMoney { get; init; }
}

/// <summary>
/// What a company's checked facts add up to at one moment: all that its decisions look at, and nothing more.
/// Cash is kept only under <see cref="CashPolicy.RejectShortfall"/>; elsewhere no decision asks for it.
/// </summary>
public sealed record Standing(
    CompanyId Company,
    bool KeepsCash,
    ImmutableDictionary<Currency, decimal> Cash,
    ImmutableDictionary<ShareClassId, ClassStanding> Classes,
    ImmutableDictionary<WarrantId, WarrantStanding> Warrants,
    ImmutableDictionary<ConvertibleId, ConvertibleStanding> Convertibles,
    ImmutableDictionary<ValuationId, ValuationStanding> Valuations,
    ImmutableDictionary<CommitmentId, CommitmentStanding> Commitments,
    ImmutableDictionary<GuaranteeId, GuaranteeStanding> Guarantees,
    ImmutableDictionary<DealId, DealState> Deals)
{
    public static Standing Empty(CompanyId company, bool keepsCash) => new(
        company,
        keepsCash,
        ImmutableDictionary<Currency, decimal>.Empty,
        ImmutableDictionary<ShareClassId, ClassStanding>.Empty,
        ImmutableDictionary<WarrantId, WarrantStanding>.Empty,
        ImmutableDictionary<ConvertibleId, ConvertibleStanding>.Empty,
        ImmutableDictionary<ValuationId, ValuationStanding>.Empty,
        ImmutableDictionary<CommitmentId, CommitmentStanding>.Empty,
        ImmutableDictionary<GuaranteeId, GuaranteeStanding>.Empty,
        ImmutableDictionary<DealId, DealState>.Empty);

    /// <summary>Shares outstanding of all classes, as converted to common.</summary>
    public ExactRatio OutstandingAsConverted()
    {
        // Sums stay exact by adding over a common denominator of 1e20: ratios and quantities have at most 10 decimals each.
        var total = System.Numerics.BigInteger.Zero;
        foreach (var standing in Classes.Values)
        {
            var converted = ExactRatio.Of(standing.Outstanding) * standing.ConversionRatio;
            total += converted.Numerator * System.Numerics.BigInteger.Pow(10, 20) / converted.Denominator;
        }

        return ExactRatio.OfScaled(total, 20);
    }
}

/// <summary>The standing after a fact, or the rule that the fact breaks there.</summary>
public readonly record struct Applied(Standing? Standing, Refusal? Refusal)
{
    public static implicit operator Applied(Standing standing) => new(standing, null);

    public static implicit operator Applied(Refusal refusal) => new(null, refusal);
}
