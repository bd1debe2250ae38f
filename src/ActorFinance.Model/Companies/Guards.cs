namespace ActorFinance.Model;

/// <summary>The checks that many commands share: each gives the refusal, or null.</summary>
internal static class Guards
{
    public const int TextLimit = 2_000;

    public static Refusal? Addressee(Order order, CompanyCommand command)
    {
        if (command is not VoidEvent && order.Company.IsMarket != command is RecordFxRate)
        {
            return new NotForMarket(command.GetType().Name);
        }

        if (command is not RegisterCompany && !order.State.IsRegistered)
        {
            return new UnknownCompany(order.Company);
        }

        var particulars = order.Particulars;
        return Text("leg", particulars.Leg, 64)
            ?? Text("tranche", particulars.Tranche, 64)
            ?? Text("source", particulars.Source, TextLimit)
            ?? Text("issuedBy", particulars.IssuedBy, 200);
    }

    public static Refusal? Positive(string field, Money amount) =>
        amount.IsPositive ? null : new AmountNotPositive(field, amount.ToString());

    public static Refusal? Positive(string field, decimal quantity) =>
        quantity > 0 ? null : new AmountNotPositive(field, Numbers.Text(quantity));

    public static Refusal? Other(Order order, CompanyId other)
    {
        if (other == order.Company)
        {
            return new PaymentToItself(other);
        }

        return order.Others(other) is null ? new UnknownCompany(other) : null;
    }

    public static Refusal? Deal(Order order, string command) =>
        order.Particulars.Deal is null ? new DealRequired(command) : null;

    public static Refusal? Text(string field, string? text, int limit) =>
        text is null || (text.Length > 0 && text.Length <= limit && !text.Any(char.IsControl) && IsUnicode(text))
            ? null
            : new InvalidField(field, Shown(text), $"1 to {limit} characters of Unicode without control characters");

    public static Refusal? Defined<T>(string field, T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? null : new InvalidField(field, value.ToString(), "one of the names listed for it");

    /// <summary>Half of a surrogate pair has no UTF-8: such a text could be decided on and then not be stored.</summary>
    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The beginning of a text, fit to be written out.</summary>
    private static string Shown(string text)
    {
        var shown = string.Concat(text.Take(40).Select(c => char.IsSurrogate(c) || char.IsControl(c) ? '?' : c));
        return text.Length > 40 ? shown + "..." : shown;
    }
}
