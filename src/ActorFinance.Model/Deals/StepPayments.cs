namespace ActorFinance.Model;

/// <summary>What posts a pending event: derived from the event alone, so that a restart can ask again.</summary>
public static class StepPayments
{
    /// <summary>The order to the other company, or null when the pending event was posted in its own journal.</summary>
    public static StepOrder? OrderFor(EventEnvelope pending)
    {
        var header = pending.Header;
        return header.Step is { } step && Of(header.Emitter, pending.Event) is var (poster, payment) && payment is not null && poster != header.Emitter
            ? new(step, header.Emitter, poster, payment, EventParticulars.Answering(header))
            : null;
    }

    /// <summary>Who posts the register's event, and with what.</summary>
    public static (CompanyId Poster, CompanyEvent Payment) Of(CompanyId register, CompanyEvent pending) => pending switch
    {
        SharesIssued { Payer: { } payer } issued => (payer, new InvestmentMade(
            register, issued.Amount!.Value, Instrument.Equity, issued.Class, issued.PricePerShare, issued.Valuation, Convertible: null, issued.Draws, InKind: false)),
        SharesIssued issued => (register, new ExternalCashReceived(issued.Amount!.Value, ExternalCategory.Financing)),
        ConvertibleRegistered { Payer: { } payer } registered => (payer, new InvestmentMade(
            register, registered.Principal, Instrument.Convertible, registered.Class, registered.ConversionPrice, Valuation: null, registered.Convertible, registered.Draws, InKind: false)),
        ConvertibleRegistered registered => (register, new ExternalCashReceived(registered.Principal, ExternalCategory.Financing)),
        WarrantExercised { Payer: { } payer } exercised => (payer, new StepPaid(register, register, exercised.Payment!.Value)),
        WarrantExercised exercised => (register, new ExternalCashReceived(exercised.Payment!.Value, ExternalCategory.Financing)),
        SharesTransferred { Amount: { } amount } transferred => OfTransfer(register, transferred, amount),
        EventVoided { Counterparty: { } counterparty, CounterpartEvent: { } counterpart } voided =>
            (counterparty, new EventVoided(counterpart, voided.Reason, Counterparty: null, CounterpartEvent: null)),
        _ => throw new CorruptJournalException($"{pending.GetType().Name} cannot be pending"),
    };

    /// <summary>The buyer pays; a buyer outside has no actor, so the seller takes the money from outside. Holders are companies here when the writer said so.</summary>
    private static (CompanyId Poster, CompanyEvent Payment) OfTransfer(CompanyId register, SharesTransferred transferred, Money amount) =>
        transferred.BuyerIsCompany
            ? (transferred.To.AsCompany()!.Value, new StepPaid(register, transferred.SellerIsCompany ? transferred.From.AsCompany() : null, amount))
            : (transferred.From.AsCompany()!.Value, new ExternalCashReceived(amount, ExternalCategory.Financing));
}
