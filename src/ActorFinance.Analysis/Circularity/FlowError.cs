using ActorFinance.Model;

namespace ActorFinance.Analysis.Circularity;

/// <summary>Why the flows of a window have no answer, and what to do about it.</summary>
public abstract record FlowError
{
    private FlowError()
    {
    }

    public abstract string Message { get; }

    public sealed record MissingRate(Currency From, Currency To, Instant At) : FlowError
    {
        public override string Message =>
            $"no rate between {From} and {To} is recorded at or before {At}: record one, or report in another currency";
    }

    public sealed record SeveralCurrencies(ValueList<Currency> Currencies) : FlowError
    {
        public override string Message =>
            $"the flows of the window are in {string.Join(", ", Currencies)}: name a reporting currency, since amounts in several are never added";
    }

    public sealed record TotalTooLarge(CompanyId Company) : FlowError
    {
        public override string Message => $"the flows of {Company} in the window come to 1e18 or more, which is not kept exactly: narrow the window";
    }
}

/// <summary>A value, or why there is none: exactly one of the two is there.</summary>
public sealed record FlowOutcome<T>
    where T : class
{
    private FlowOutcome(T? value, FlowError? error)
    {
        Value = value;
        Error = error;
    }

    public T? Value { get; }

    public FlowError? Error { get; }

    public static implicit operator FlowOutcome<T>(FlowError error) => new(null, error);

    internal static FlowOutcome<T> Of(T value) => new(value, null);
}
