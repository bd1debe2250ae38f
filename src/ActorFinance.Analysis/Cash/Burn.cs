using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cash;

/// <summary>What a company's business uses up, and how long its cash lasts at that pace, in one currency.</summary>
/// <param name="Company">Any with cash events at the cut.</param>
/// <param name="Currency">Of the account.</param>
/// <param name="From">Start of the trailing window, not in it.</param>
/// <param name="To">Its end, in it.</param>
/// <param name="Months">Its length; a day is 12/365.25 of a month.</param>
/// <param name="Earned">Received for business: sales, refunds, interest, fees, revenue and the like from outside.</param>
/// <param name="Spent">Paid for business: purchases, refunds, interest, fees, opex, capex, tax and the like to outside.</param>
/// <param name="Financed">Everything else, net: money raised, placed, lent, returned. Spent and earned apart, it is the rest of the balance's change.</param>
/// <param name="PerMonth">Burn: (spent - earned) / months, rounded half-even to 10 decimals; below 0 where the business brings cash in. Null where the account is younger than the window.</param>
/// <param name="Cash">The balance at the end.</param>
/// <param name="HasOpening">Opening cash was recorded; if not, the cash is a change since the start rather than a balance.</param>
/// <param name="RunwayMonths">Cash / burn; 0 without cash. Null where there is no burn, or no opening cash was recorded, so that the balance is not known.</param>
/// <param name="Events">Those that earned or spent are made of.</param>
public sealed record Burn(
    CompanyId Company,
    Currency Currency,
    Instant From,
    Instant To,
    decimal Months,
    decimal Earned,
    decimal Spent,
    decimal Financed,
    decimal? PerMonth,
    decimal Cash,
    bool HasOpening,
    double? RunwayMonths,
    EventsBehind Events)
{
    /// <summary>
    /// Over the window of that length that ends at the cut; where that is all times, with the day of the last cash event.
    /// <example>A company opens with 100, in a quarter raises 30, sells for 10 and pays 40: burn (40 - 10) / 3 = 10 a month, cash 100, runway 10 months.</example>
    /// </summary>
    /// <param name="counted">The events that count at the cut.</param>
    /// <param name="span">The window's length.</param>
    /// <returns>By company, then currency.</returns>
    public static IReadOnlyList<Burn> Of(Counted counted, RollingSpan span)
    {
        var accounts = new SortedDictionary<(CompanyId, Currency), Account>();
        var moves = new List<(RecordedEvent Recorded, CashMovement Movement)>();
        foreach (var recorded in counted.Events)
        {
            moves.AddRange(Movements.Of(recorded.Envelope, counted.IsCompany).Where(m => !m.InKind && m.From != m.To).Select(m => (recorded, m)));
        }

        if (moves.Count == 0)
        {
            return [];
        }

        var window = span.EndingAt(counted.Resolved.AsOf == Instant.Maximum ? moves[^1].Recorded.Header.EffectiveAt.EndOfDay() : counted.Resolved.AsOf);
        foreach (var (recorded, movement) in moves)
        {
            if (movement.From is { } payer)
            {
                AccountOf(payer).Take(recorded, movement, -movement.Amount.Amount, window);
            }

            if (movement.To is { } payee)
            {
                AccountOf(payee).Take(recorded, movement, movement.Amount.Amount, window);
            }

            Account AccountOf(CompanyId company)
            {
                var key = (company, movement.Amount.Currency);
                if (!accounts.TryGetValue(key, out var account))
                {
                    accounts.Add(key, account = new(recorded.Header.EffectiveAt));
                }

                return account;
            }
        }

        return [.. accounts.Select(account => account.Value.ToBurn(account.Key.Item1, account.Key.Item2, window, span.Months))];
    }

    private static bool IsBusiness(CashMovement movement) => movement switch
    {
        { Kind: FlowKind.External, Category: ExternalCategory.Opening or ExternalCategory.Financing } => false,
        { Kind: FlowKind.External or FlowKind.Purchase or FlowKind.Refund or FlowKind.Transfer or FlowKind.Interest } => true,
        _ => false,
    };

    private sealed class Account(Instant first)
    {
        private readonly List<EventReference> _events = [];
        private decimal _cash;
        private decimal _earned;
        private decimal _spent;
        private decimal _financed;
        private bool _hasOpening;

        public void Take(RecordedEvent recorded, CashMovement movement, decimal change, FlowWindow window)
        {
            _cash += change;
            _hasOpening |= movement.Category == ExternalCategory.Opening;
            if (!window.Contains(recorded.Header.EffectiveAt))
            {
                return;
            }

            if (!IsBusiness(movement))
            {
                _financed += change;
                return;
            }

            _earned += Math.Max(0, change);
            _spent += Math.Max(0, -change);
            _events.Add(EventReference.Of(recorded));
        }

        public Burn ToBurn(CompanyId company, Currency currency, FlowWindow window, decimal months)
        {
            // An account that opens on the window's first day has a whole window.
            var isYoung = first.UtcTicks > window.From.UtcTicks + TimeSpan.TicksPerDay;
            decimal? perMonth = isYoung ? null : Numbers.Normalise(decimal.Round((_spent - _earned) / months, Money.Decimals, MidpointRounding.ToEven));
            return new(
                company,
                currency,
                window.From,
                window.To,
                months,
                Total(_earned, currency),
                Total(_spent, currency),
                Total(_financed, currency),
                perMonth,
                Total(_cash, currency),
                _hasOpening,
                perMonth > 0 && _hasOpening ? (double)(Math.Max(0, _cash) / perMonth.Value) : null,
                new(() => _events));
        }

        private static decimal Total(decimal sum, Currency currency) => Money.Total(sum, currency).Amount;
    }
}
