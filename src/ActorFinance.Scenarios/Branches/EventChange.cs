using System.Globalization;

namespace ActorFinance.Scenarios.Branches;

/// <summary>What an edit does to one event. Ids, ranks and offsets stay, so that what names the event still finds it.</summary>
internal static class EventChange
{
    /// <summary>The event with other amounts, measures and shares; null for one that has none of them. Prices stay.</summary>
    /// <param name="fact">Is not changed.</param>
    /// <param name="times">Of an amount.</param>
    /// <param name="measured">Of a quantity of goods.</param>
    /// <param name="counted">Of shares of a class.</param>
    public static CompanyEvent? Resized(CompanyEvent fact, Func<Money, Money> times, Func<Quantity, Quantity> measured, Func<ShareQuantity, ShareQuantity> counted)
    {
        return fact switch
        {
            ExternalCashReceived e => e with { Amount = times(e.Amount) },
            ExternalCashPaid e => e with { Amount = times(e.Amount) },
            InvestmentMade e => e with { Amount = times(e.Amount) },
            PurchasePaid e => e with { Amount = times(e.Amount), Quantity = Measured(e.Quantity) },
            PurchaseRefunded e => e with { Amount = times(e.Amount), Quantity = Measured(e.Quantity) },
            PurchaseDelivered e => e with { Quantity = measured(e.Quantity) },
            TransferPaid e => e with { Amount = times(e.Amount) },
            ReceiptAcknowledged e => e with { Amount = times(e.Amount) },
            StepPaid e => e with { Amount = times(e.Amount) },
            LoanDrawn e => e with { Amount = times(e.Amount) },
            LoanRepaid e => e with { Amount = times(e.Amount) },
            InterestPaid e => e with { Amount = times(e.Amount) },
            GuaranteeGiven e => e with { Ceiling = times(e.Ceiling) },
            GuaranteeCalled e => e with { Amount = times(e.Amount) },
            InvestmentCommitted e => e with { Terms = Terms(e.Terms) },
            PurchaseCommitted e => e with { Terms = Terms(e.Terms) },
            LoanCommitted e => e with { Terms = Terms(e.Terms) },
            CommitmentReleased e => e with { Amount = times(e.Amount) },
            DealAnnounced { Terms: { Headline: null, Maximum: null } } or DealContracted { Terms: { Headline: null, Maximum: null } } => null,
            DealAnnounced e => e with { Terms = Deal(e.Terms) },
            DealContracted e => e with { Terms = Deal(e.Terms) },
            SharesIssued { Quantity: { } quantity } e => e with { Quantity = counted(quantity), Amount = Times(e.Amount) },
            SharesTransferred e => e with { Quantity = counted(e.Quantity), Amount = Times(e.Amount) },
            SharesRepurchased e => e with { Quantity = counted(e.Quantity), Amount = Times(e.Amount) },
            PoolReserved e => e with { Quantity = counted(e.Quantity) },
            WarrantGranted e => e with { Tranches = [.. e.Tranches.Select(tranche => tranche with { Quantity = counted(tranche.Quantity) })] },
            WarrantExercised e => e with { Quantity = counted(e.Quantity), Payment = Times(e.Payment) },
            ConvertibleRegistered e => e with { Principal = times(e.Principal) },
            ConvertibleConverted e => e with { Quantity = counted(e.Quantity) },
            DividendDeclared e => e with { Shares = [.. e.Shares.Select(share => share with { Amount = times(share.Amount) })] },
            _ => null,
        };

        Money? Times(Money? amount) => amount is { } stated ? times(stated) : null;

        Quantity? Measured(Quantity? quantity) => quantity is { } stated ? measured(stated) : null;

        CommitmentTerms Terms(CommitmentTerms terms)
        {
            var due = terms.Due.Select(part => part with { Amount = times(part.Amount) }).ToList();
            var amount = times(terms.Amount);
            return terms with { Amount = amount, Due = AddingUp(due, amount), Quantity = Measured(terms.Quantity) };
        }

        DealTerms Deal(DealTerms terms) => terms with { Headline = Times(terms.Headline), Maximum = Times(terms.Maximum) };
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
        StepPaid e => e.Amount,
        SharesIssued e => e.Amount,
        SharesTransferred e => e.Amount,
        SharesRepurchased e => e.Amount,
        ConvertibleRegistered e => e.Principal,
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
            StepPaid e => e with { Amount = amount },
            SharesIssued e => e with { Amount = amount },
            SharesTransferred e => e with { Amount = amount, PricePerShare = null },
            SharesRepurchased e => e with { Amount = amount },
            ConvertibleRegistered e => e with { Principal = amount },
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
    /// <exception cref="ArgumentOutOfRangeException">It lies outside the years 1 to 9999.</exception>
    public static Instant Moved(Instant time, int months, int days) =>
        TryMove(time, months, days, out var moved) ? moved : throw new ArgumentOutOfRangeException(nameof(months), months, $"moves {time} outside the years 1 to 9999");

    /// <summary>The same; false where it lies outside the years 1 to 9999.</summary>
    public static bool TryMove(Instant time, int months, int days, out Instant moved)
    {
        moved = time;
        var from = new DateTime(time.UtcTicks, DateTimeKind.Utc);
        var place = (12L * from.Year) + from.Month - 1 + months;
        if (place is < 12 or >= 120_000)
        {
            return false;
        }

        var to = from.AddMonths(months);
        if (months != 0 && from.Day == DateTime.DaysInMonth(from.Year, from.Month))
        {
            to = to.AddDays(DateTime.DaysInMonth(to.Year, to.Month) - to.Day);
        }

        var ticks = to.Ticks + (days * TimeSpan.TicksPerDay);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        moved = new(ticks);
        return true;
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
