using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>
/// An exact amount in one currency. Adding two currencies is a bug, not a conversion.
/// Limits: at most 10 decimals and below 1e16; a total below 1e18, because past that <c>decimal</c> rounds silently.
/// </summary>
[JsonConverter(typeof(ValueJsonConverter<Money>))]
public readonly record struct Money : IValue<Money>
{
    public const int Decimals = 10;
    public const decimal Limit = 1e16m;
    public const decimal TotalLimit = 1e18m;

    private Money(decimal amount, Currency currency)
    {
        Amount = amount;
        Currency = currency;
    }

    public static string Rule => $"an amount of at most {Decimals} decimals below 1e16 and an ISO 4217 currency, such as '10bn USD'";

    public decimal Amount { get; }

    public Currency Currency { get; }

    public bool IsPositive => Amount > 0;

    /// <summary>An amount that is known to be within the limits; anything else is a bug.</summary>
    public static Money Of(decimal amount, Currency currency) =>
        TryOf(amount, currency, out var money)
            ? money
            : throw new ArgumentOutOfRangeException(nameof(amount), amount, $"Money must be {Rule}");

    /// <summary>A sum of amounts: any sign, below 1e18.</summary>
    /// <exception cref="OverflowException">The total reached 1e18.</exception>
    public static Money Total(decimal amount, Currency currency) =>
        Math.Abs(amount) < TotalLimit
            ? new(Numbers.Normalise(amount), currency)
            : throw new OverflowException($"a total of {Numbers.Text(amount)} {currency} is 1e18 or more");

    public static bool TryOf(decimal amount, Currency currency, out Money money)
    {
        var normal = Numbers.Normalise(amount);
        var valid = normal.Scale <= Decimals && Math.Abs(normal) < Limit;
        money = valid ? new(normal, currency) : default;
        return valid;
    }

    public static bool TryParse(string? text, out Money value)
    {
        value = default;
        var space = text?.LastIndexOf(' ') ?? -1;
        return space > 0
            && Numbers.TryParse(text![..space], out var amount)
            && Currency.TryParse(text[(space + 1)..], out var currency)
            && TryOf(amount, currency, out value);
    }

    public static Money operator +(Money left, Money right) => Total(left.Amount + right.Required(left.Currency), left.Currency);

    public static Money operator -(Money left, Money right) => Total(left.Amount - right.Required(left.Currency), left.Currency);

    public override string ToString() => $"{Numbers.Text(Amount)} {Currency}";

    private decimal Required(Currency currency) =>
        Currency == currency ? Amount : throw new InvalidOperationException($"{this} cannot be added to an amount in {currency}");
}
