using System.Globalization;

namespace ActorFinance.Client;

/// <summary>An exact amount in an ISO 4217 currency.</summary>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>Plain decimal notation, as the service takes it: <c>12.50 USD</c>.</summary>
    public override string ToString() => $"{Amount.ToString(CultureInfo.InvariantCulture)} {Currency}";
}
