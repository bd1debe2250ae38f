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
        var accounts = new SortedDictionary<(CompanyId, Currency), (Instant First, BurnSums Sums, decimal Cash, bool HasOpening, List<EventReference> Events)>();
        var moves = new List<(RecordedEvent Recorded, Moved Moved)>();
        foreach (var recorded in counted.Events)
        {
            moves.AddRange(MovesOf(recorded, counted.IsCompany).Select(moved => (recorded, moved)));
        }

        if (moves.Count == 0)
        {
            return [];
        }

        var window = span.EndingAt(counted.Resolved.AsOf == Instant.Maximum ? moves[^1].Recorded.Header.EffectiveAt.EndOfDay() : counted.Resolved.AsOf);
        foreach (var (recorded, moved) in moves)
        {
            if (moved.From is { } payer)
            {
                Take(payer, -moved.Amount.Amount);
            }

            if (moved.To is { } payee)
            {
                Take(payee, moved.Amount.Amount);
            }

            void Take(CompanyId company, decimal change)
            {
                var (key, at) = ((company, moved.Amount.Currency), recorded.Header.EffectiveAt);
                var account = accounts.TryGetValue(key, out var known) ? known : (at, default, 0, false, []);
                if (window.Contains(at))
                {
                    account.Sums.Add(moved, change, 1);
                    if (BurnSums.IsBusiness(moved))
                    {
                        account.Events.Add(EventReference.Of(recorded));
                    }
                }

                accounts[key] = account with { Cash = account.Cash + change, HasOpening = account.HasOpening || moved.Category == ExternalCategory.Opening };
            }
        }

        return
        [
            .. accounts.Select(account => account.Value.Sums.ToBurn(
                account.Key.Item1, account.Key.Item2, account.Value.First, window, span.Months, account.Value.Cash, account.Value.HasOpening, new(() => account.Value.Events))),
        ];
    }

    /// <summary>Whether an event moves cash, and so can be the last that does.</summary>
    public static bool IsMoved(RecordedEvent recorded, Func<HolderId, bool> isCompany) => MovesOf(recorded, isCompany).Any();

    internal static IEnumerable<Moved> MovesOf(RecordedEvent recorded, Func<HolderId, bool> isCompany)
    {
        var all = recorded.Event is DividendDeclared dividend
            ? Movements.Shares(recorded.Header.Emitter, dividend, isCompany)
            : Movements.Single(recorded.Header.Emitter, recorded.Event, isCompany) is { } single ? (Moved[])[single] : [];
        return all.Where(moved => !moved.InKind && moved.From != moved.To);
    }
}

/// <summary>What moved one account within a window: see <see cref="Burn"/>. Sums, from which what was added can be taken again.</summary>
internal record struct BurnSums(decimal Earned, decimal Spent, decimal Financed)
{
    public static bool IsBusiness(in Moved moved) => moved switch
    {
        { Kind: FlowKind.External, Category: ExternalCategory.Opening or ExternalCategory.Financing } => false,
        { Kind: FlowKind.External or FlowKind.Purchase or FlowKind.Refund or FlowKind.Transfer or FlowKind.Interest } => true,
        _ => false,
    };

    public void Add(in Moved moved, decimal change, int sign)
    {
        if (!IsBusiness(moved))
        {
            Financed += sign * change;
            return;
        }

        Earned += sign * Math.Max(0, change);
        Spent += sign * Math.Max(0, -change);
    }

    public readonly Burn ToBurn(CompanyId company, Currency currency, Instant first, FlowWindow window, decimal months, decimal cash, bool hasOpening, EventsBehind events)
    {
        // An account that opens on the window's first day has a whole window.
        var isYoung = first.UtcTicks > window.From.UtcTicks + TimeSpan.TicksPerDay;
        decimal? perMonth = isYoung ? null : Numbers.Normalise(decimal.Round((Spent - Earned) / months, Money.Decimals, MidpointRounding.ToEven));
        return new(
            company,
            currency,
            window.From,
            window.To,
            months,
            Total(Earned, currency),
            Total(Spent, currency),
            Total(Financed, currency),
            perMonth,
            Total(cash, currency),
            hasOpening,
            perMonth > 0 && hasOpening ? (double)(Math.Max(0, cash) / perMonth.Value) : null,
            events);
    }

    private static decimal Total(decimal sum, Currency currency) => Money.Total(sum, currency).Amount;
}
