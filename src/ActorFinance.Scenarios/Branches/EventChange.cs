using System.Globalization;

namespace ActorFinance.Scenarios.Branches;

/// <summary>What an edit does to one event. Ids, ranks and offsets stay, so that what names the event still finds it.</summary>
internal static class EventChange
{
    /// <summary>Amounts are rounded half-even to 10 decimals, shares half-even to whole shares or the decimals that their class states.</summary>
    public static CompanyEvent Scale(CompanyEvent fact, decimal factor, Func<ShareClassId, int> decimalsOf)
    {
        return fact switch
        {
            ExternalCashReceived e => e with { Amount = Times(e.Amount) },
            ExternalCashPaid e => e with { Amount = Times(e.Amount) },
            InvestmentMade e => e with { Amount = Times(e.Amount) },
            PurchasePaid e => e with { Amount = Times(e.Amount), Quantity = Measure(e.Quantity) },
            PurchaseRefunded e => e with { Amount = Times(e.Amount), Quantity = Measure(e.Quantity) },
            PurchaseDelivered e => e with { Quantity = Measure(e.Quantity)!.Value },
            TransferPaid e => e with { Amount = Times(e.Amount) },
            ReceiptAcknowledged e => e with { Amount = Times(e.Amount) },
            StepPaid e => e with { Amount = Times(e.Amount) },
            LoanDrawn e => e with { Amount = Times(e.Amount) },
            LoanRepaid e => e with { Amount = Times(e.Amount) },
            InterestPaid e => e with { Amount = Times(e.Amount) },
            GuaranteeGiven e => e with { Ceiling = Times(e.Ceiling) },
            GuaranteeCalled e => e with { Amount = Times(e.Amount) },
            InvestmentCommitted e => e with { Terms = Terms(e.Terms) },
            PurchaseCommitted e => e with { Terms = Terms(e.Terms) },
            LoanCommitted e => e with { Terms = Terms(e.Terms) },
            CommitmentReleased e => e with { Amount = Times(e.Amount) },
            DealAnnounced e => e with { Terms = Deal(e.Terms) },
            DealContracted e => e with { Terms = Deal(e.Terms) },
            SharesIssued e => e with { Quantity = e.Quantity is { } quantity ? Shares(quantity, e.Class) : null, Amount = e.Amount is { } amount ? Times(amount) : null },
            SharesTransferred e => e with { Quantity = Shares(e.Quantity, e.Class), Amount = e.Amount is { } amount ? Times(amount) : null },
            SharesRepurchased e => e with { Quantity = Shares(e.Quantity, e.Class), Amount = e.Amount is { } amount ? Times(amount) : null },
            PoolReserved e => e with { Quantity = Shares(e.Quantity, e.Class) },
            ConvertibleRegistered e => e with { Principal = Times(e.Principal) },
            DividendDeclared e => e with { Shares = [.. e.Shares.Select(share => share with { Amount = Times(share.Amount) })] },
            _ => fact,
        };

        Money Times(Money amount) => Money.Of(decimal.Round(amount.Amount * factor, Money.Decimals, MidpointRounding.ToEven), amount.Currency);

        Quantity? Measure(Quantity? quantity) => quantity is { } value ? Quantity.Of(decimal.Round(value.Value * factor, Money.Decimals, MidpointRounding.ToEven)) : null;

        ShareQuantity Shares(ShareQuantity shares, ShareClassId shareClass) =>
            ShareQuantity.Of(decimal.Round(shares.Value * factor, decimalsOf(shareClass), MidpointRounding.ToEven));

        CommitmentTerms Terms(CommitmentTerms terms)
        {
            var due = terms.Due.Select(part => part with { Amount = Times(part.Amount) }).ToList();
            var amount = Times(terms.Amount);
            return terms with { Amount = amount, Due = AddingUp(due, amount), Quantity = Measure(terms.Quantity) };
        }

        DealTerms Deal(DealTerms terms) => terms with
        {
            Headline = terms.Headline is { } headline ? Times(headline) : null,
            Maximum = terms.Maximum is { } maximum ? Times(maximum) : null,
        };
    }

    /// <summary>What one event moves or promises; null for one that is about no single amount.</summary>
    public static Money? AmountOf(CompanyEvent fact) => fact switch
    {
        ExternalCashReceived e => e.Amount,
        ExternalCashPaid e => e.Amount,
        InvestmentMade e => e.Amount,
        PurchasePaid e => e.Amount,
        PurchaseRefunded e => e.Amount,
        TransferPaid e => e.Amount,
        LoanDrawn e => e.Amount,
        LoanRepaid e => e.Amount,
        InterestPaid e => e.Amount,
        GuaranteeGiven e => e.Ceiling,
        GuaranteeCalled e => e.Amount,
        InvestmentCommitted e => e.Terms.Amount,
        PurchaseCommitted e => e.Terms.Amount,
        LoanCommitted e => e.Terms.Amount,
        CommitmentReleased e => e.Amount,
        DealAnnounced e => e.Terms.Headline,
        DealContracted e => e.Terms.Headline,
        _ => null,
    };

    /// <summary>The same with another amount, in the same currency; what a promise is due in parts keeps its proportions.</summary>
    public static CompanyEvent WithAmount(CompanyEvent fact, Money amount)
    {
        return fact switch
        {
            ExternalCashReceived e => e with { Amount = amount },
            ExternalCashPaid e => e with { Amount = amount },
            InvestmentMade e => e with { Amount = amount },
            PurchasePaid e => e with { Amount = amount },
            PurchaseRefunded e => e with { Amount = amount },
            TransferPaid e => e with { Amount = amount },
            LoanDrawn e => e with { Amount = amount },
            LoanRepaid e => e with { Amount = amount },
            InterestPaid e => e with { Amount = amount },
            GuaranteeGiven e => e with { Ceiling = amount },
            GuaranteeCalled e => e with { Amount = amount },
            InvestmentCommitted e => e with { Terms = Terms(e.Terms) },
            PurchaseCommitted e => e with { Terms = Terms(e.Terms) },
            LoanCommitted e => e with { Terms = Terms(e.Terms) },
            CommitmentReleased e => e with { Amount = amount },
            DealAnnounced e => e with { Terms = e.Terms with { Headline = amount } },
            DealContracted e => e with { Terms = e.Terms with { Headline = amount } },
            _ => throw new InvalidOperationException($"{fact.GetType().Name} is about no single amount"),
        };

        CommitmentTerms Terms(CommitmentTerms terms)
        {
            var due = terms.Due
                .Select(part => part with { Amount = Money.Of(ExactRatio.Scaled(part.Amount.Amount, amount.Amount, terms.Amount.Amount, Money.Decimals), amount.Currency) })
                .ToList();
            return terms with { Amount = amount, Due = AddingUp(due, amount) };
        }
    }

    /// <summary>Promises and announcements keep the day on which they were made; what they say will happen moves.</summary>
    /// <param name="recorded">Is moved.</param>
    /// <param name="moved">Where to.</param>
    /// <param name="keepsDeadlines">Whether what lapses after a day still does.</param>
    public static RecordedEvent Shift(RecordedEvent recorded, Func<Instant, Instant> moved, bool keepsDeadlines = false)
    {
        CommitmentTerms Later(CommitmentTerms terms) => terms with
        {
            Due = [.. terms.Due.Select(part => part with { At = moved(part.At) })],
            Conditions = terms.Conditions is { } set
                ? set with
                {
                    Deadline = set.Deadline is { } deadline && !keepsDeadlines ? moved(deadline) : set.Deadline,
                    Conditions = [.. set.Conditions.Select(condition => condition.Date is { } date ? condition with { Date = moved(date) } : condition)],
                }
                : null,
        };

        return recorded.Event switch
        {
            InvestmentCommitted e => With(recorded, e with { Terms = Later(e.Terms) }),
            PurchaseCommitted e => With(recorded, e with { Terms = Later(e.Terms) }),
            LoanCommitted e => With(recorded, e with { Terms = Later(e.Terms) }),
            DealAnnounced or DealContracted => recorded,
            _ => At(recorded, moved(recorded.Header.EffectiveAt)),
        };
    }

    /// <summary>The same day some months on, or the last of a shorter month; the time of day stays. The last day of a month stays a last day.</summary>
    public static Instant Moved(Instant time, int months, int days)
    {
        var from = new DateTime(time.UtcTicks, DateTimeKind.Utc);
        var to = from.AddMonths(months);
        if (months != 0 && from.Day == DateTime.DaysInMonth(from.Year, from.Month))
        {
            to = to.AddDays(DateTime.DaysInMonth(to.Year, to.Month) - to.Day);
        }

        return new(to.AddDays(days).Ticks);
    }

    public static RecordedEvent With(RecordedEvent recorded, CompanyEvent fact) => recorded with { Envelope = recorded.Envelope with { Event = fact } };

    public static RecordedEvent At(RecordedEvent recorded, Instant effective) =>
        recorded with { Envelope = recorded.Envelope with { Header = recorded.Header with { EffectiveAt = effective } } };

    /// <summary>The parts add up to the whole, also after rounding.</summary>
    private static ValueList<DueAmount> AddingUp(List<DueAmount> due, Money amount)
    {
        if (due.Count > 0)
        {
            var rest = amount.Amount - due.Take(due.Count - 1).Sum(part => part.Amount.Amount);
            due[^1] = due[^1] with { Amount = Money.Of(rest, amount.Currency) };
        }

        return [.. due];
    }

    public static string Text(decimal factor) => factor.ToString(CultureInfo.InvariantCulture);
}
