using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>What a balance was right after one event.</summary>
public sealed record CashPoint(decimal Amount, Instant At, EventId EventId);

/// <summary>
/// A company's cash in one currency. <paramref name="Lowest"/> is the lowest balance after any event, the first of equals, and
/// <paramref name="FirstShortfall"/> the first one below zero; the zero before the first event does not count. Both null where there was none.
/// <paramref name="HasOpening"/>: opening cash was recorded; if not, the amount is a change since the start rather than a balance.
/// </summary>
public sealed record CashBalance(CompanyId Company, Currency Currency, decimal Amount, CashPoint? Lowest, CashPoint? FirstShortfall, bool HasOpening);

/// <summary>
/// Balances by company, then currency. A registered company that no cash event touches stands there once, with 0 in its own currency.
/// </summary>
public sealed record CashAnswer(ResolvedCut Cut, ValueList<CashBalance> Balances);

/// <summary>What one event does to one account: a company's cash in one currency. What it moves in kind is not in it.</summary>
public readonly record struct CashChange(CompanyId Company, Currency Currency, decimal Received, decimal Paid, bool IsOpening)
{
    public decimal Net => Received - Paid;

    /// <summary>One change an account, however many movements the event makes on it, so that a balance is only taken after the whole event.</summary>
    public static IReadOnlyList<CashChange> Of(EventEnvelope envelope, Func<HolderId, bool> isCompany) =>
        Of(envelope.Header.Emitter, envelope.Event, isCompany);

    /// <inheritdoc cref="Of(EventEnvelope, Func{HolderId, bool})"/>
    public static IReadOnlyList<CashChange> Of(CompanyId self, CompanyEvent fact, Func<HolderId, bool> isCompany)
    {
        var changes = new List<CashChange>(2);
        foreach (var movement in Movements.Of(self, fact, isCompany))
        {
            if (movement.InKind)
            {
                continue;
            }

            var isOpening = movement.Category == ExternalCategory.Opening;
            if (movement.From is { } payer)
            {
                Add(changes, new(payer, movement.Amount.Currency, 0, movement.Amount.Amount, isOpening));
            }

            if (movement.To is { } payee)
            {
                Add(changes, new(payee, movement.Amount.Currency, movement.Amount.Amount, 0, isOpening));
            }
        }

        return changes;
    }

    private static void Add(List<CashChange> changes, CashChange change)
    {
        var same = changes.FindIndex(c => c.Company == change.Company && c.Currency == change.Currency);
        if (same < 0)
        {
            changes.Add(change);
            return;
        }

        changes[same] = change with
        {
            Received = changes[same].Received + change.Received,
            Paid = changes[same].Paid + change.Paid,
            IsOpening = changes[same].IsOpening || change.IsOpening,
        };
    }
}

/// <summary>Folds the changes of one account, in fold order, into its balance.</summary>
internal struct AccountFold(CompanyId company, Currency currency)
{
    private decimal _amount;
    private CashPoint? _lowest;
    private CashPoint? _firstShortfall;
    private bool _hasOpening;

    public bool IsTouched { get; private set; }

    public readonly decimal Amount => _amount;

    /// <exception cref="OverflowException">The balance reached 1e18.</exception>
    public void Apply(RecordedEvent recorded, decimal net, bool isOpening)
    {
        IsTouched = true;
        _hasOpening |= isOpening;
        _amount += net;
        if (Math.Abs(_amount) >= Money.TotalLimit)
        {
            throw TooLarge(company, currency, _amount, recorded.Header.Id);
        }

        if (_lowest is null || _amount < _lowest.Amount)
        {
            _lowest = new(_amount, recorded.Header.EffectiveAt, recorded.Header.Id);
        }

        if (_amount < 0)
        {
            _firstShortfall ??= new(_amount, recorded.Header.EffectiveAt, recorded.Header.Id);
        }
    }

    public static OverflowException TooLarge(CompanyId company, Currency currency, decimal amount, EventId with) =>
        new($"the cash of {company} comes to {Numbers.Text(amount)} {currency} with event {with}: a total of 1e18 or more is not kept exactly");

    public readonly CashBalance ToBalance() =>
        new(
            company,
            currency,
            Numbers.Normalise(_amount),
            Normal(_lowest),
            Normal(_firstShortfall),
            _hasOpening);

    private static CashPoint? Normal(CashPoint? point) => point is null ? null : point with { Amount = Numbers.Normalise(point.Amount) };
}
