namespace ActorFinance.Model;

public sealed record CommandIdReused(CommandId Id) : Refusal("command-id-reused")
{
    public override string Message => $"command id '{Id}' was taken with a different content; a new order needs a new id";
}

public sealed record KnownAfterRecorded(Instant KnownAt, Instant RecordedAt) : Refusal("known-after-recorded")
{
    public override string Message => $"known time {KnownAt} is after the recorded time {RecordedAt}; a fact is known at the latest when it is recorded";
}

public sealed record UnknownCompany(CompanyId Company) : Refusal("unknown-company")
{
    public override string Message => $"company '{Company}' is not registered";
}

public sealed record CompanyAlreadyRegistered(CompanyId Company) : Refusal("company-already-registered")
{
    public override string Message => $"company '{Company}' is registered already";
}

public sealed record NotForMarket(string Command) : Refusal("not-for-market")
{
    public override string Message => $"'$market' only records exchange rates, and only it does; it was asked to {Command}";
}

public sealed record PaymentToItself(CompanyId Company) : Refusal("payment-to-itself")
{
    public override string Message => $"company '{Company}' cannot deal with itself";
}

public sealed record AmountNotPositive(string Field, string Amount) : Refusal("amount-not-positive")
{
    public override string Message => $"{Field} is {Amount}; it must be above 0";
}

public sealed record InvalidField(string Field, string Given, string Rule) : Refusal("invalid-field")
{
    public override string Message => $"{Field} '{Given}' must be {Rule}";
}

public sealed record CurrenciesDiffer(string What, Currency Expected, Currency Given) : Refusal("currencies-differ")
{
    public override string Message => $"{What} is in {Expected}, the amount in {Given}; nothing is converted on writing";
}

/// <summary>The fact would hold at its own time, but one that is recorded for later would not.</summary>
public sealed record LaterStateInvalid(Instant At, EventId Later, Refusal Rule) : Refusal("later-state-invalid")
{
    public override string Message => $"the event {Later}, effective {At}, would no longer hold: {Rule.Message}";
}

public sealed record UnknownEvent(EventId Event) : Refusal("unknown-event")
{
    public override string Message => $"this company emitted no event {Event}";
}

public sealed record AlreadyVoided(EventId Event) : Refusal("already-voided")
{
    public override string Message => $"event {Event} is voided already";
}

public sealed record NotVoidable(EventId Event, string Why) : Refusal("not-voidable")
{
    public override string Message => $"event {Event} cannot be voided: {Why}";
}

public sealed record PayerRefused(CompanyId Payer, string PayerCode, string PayerMessage) : Refusal("payer-refused")
{
    public override string Message => $"'{Payer}' refused its side: {PayerCode}: {PayerMessage}";
}

public sealed record CounterpartUnreachable(CompanyId Company) : Refusal("counterpart-unreachable")
{
    public override string Message => $"'{Company}' did not answer; nothing was written, the order can be sent again";
}

public sealed record VoidInProgress(EventId Event) : Refusal("void-in-progress")
{
    public override string Message => $"event {Event} is being voided together with another company; send the order again when that has ended";
}
