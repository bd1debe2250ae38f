using System.Globalization;
using System.Text.Json.Nodes;

namespace ActorFinance.Client;

/// <summary>
/// What a company is to do: a type and its fields, as docs/openapi.json and the command files name them. Those of plain fields have a method; any other (terms of deals, promises, warrants) is
/// <see cref="Of"/> with its fields. Amounts, prices and quantities are written as text in plain decimal notation, so that no digit is lost.
/// </summary>
public sealed partial class Order
{
    private readonly JsonObject _fields;

    private Order(string type) => _fields = new() { ["type"] = type };

    private Order(JsonObject fields) => _fields = fields;

    /// <summary>Such as <c>pay-purchase</c>.</summary>
    public string Type => (string)_fields["type"]!;

    public static Order Of(string type) => new(type);

    /// <param name="name">What people call it.</param>
    /// <param name="currency">ISO 4217.</param>
    public static Order RegisterCompany(string name, string currency) => Of("register-company").With("name", name).With("currency", currency);

    /// <summary>Cash into another company; in <paramref name="draws"/>, a commitment that it draws on.</summary>
    public static Order Invest(string investee, Money amount, string? draws = null) => Of("invest").With("investee", investee).With("amount", amount).With("draws", draws);

    /// <inheritdoc cref="Invest" />
    public static Order PayPurchase(string seller, Money amount, string? draws = null) => Of("pay-purchase").With("seller", seller).With("amount", amount).With("draws", draws);

    public static Order RefundPurchase(string buyer, Money amount) => Of("refund-purchase").With("buyer", buyer).With("amount", amount);

    /// <param name="amount">From outside the book.</param>
    /// <param name="category"><c>opening</c>, <c>revenue</c>, <c>financing</c> or <c>other</c>.</param>
    public static Order ReceiveExternalCash(Money amount, string category) => Of("receive-external-cash").With("amount", amount).With("category", category);

    /// <param name="amount">To outside the book.</param>
    /// <param name="category"><c>opex</c>, <c>capex</c>, <c>tax</c>, <c>financing</c> or <c>other</c>.</param>
    public static Order PayExternalCash(Money amount, string category) => Of("pay-external-cash").With("amount", amount).With("category", category);

    /// <summary>The same with one more field; a null is left out.</summary>
    public Order With(string field, string? value) => With(field, value is null ? null : JsonValue.Create(value));

    /// <inheritdoc cref="With(string, string)" />
    public Order With(string field, Money? value) => With(field, value?.ToString());

    /// <inheritdoc cref="With(string, string)" />
    public Order With(string field, decimal? value) => With(field, value?.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="With(string, string)" />
    public Order With(string field, bool value) => With(field, JsonValue.Create(value));

    /// <inheritdoc cref="With(string, string)" />
    public Order With(string field, JsonNode? value)
    {
        if (value is null)
        {
            return this;
        }

        var fields = ToJson();
        fields[field] = value;
        return new(fields);
    }

    internal JsonObject ToJson() => (JsonObject)_fields.DeepClone();
}
