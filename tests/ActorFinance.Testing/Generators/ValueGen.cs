using ActorFinance.Model;
using CsCheck;

namespace ActorFinance.Testing.Generators;

/// <summary>Random values, each within its own rule and often at its edge.</summary>
public static class ValueGen
{
    private const string SlugCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string KeyCharacters = "ABCXYZabcxyz019._:/+-";

    /// <summary>Up to 10 decimals, below 1e16, without a sign.</summary>
    public static readonly Gen<decimal> Number = Gen.OneOf<decimal>(
        Gen.OneOf(0m, 1m, 0.0000000001m, 9_999_999_999_999_999.9999999999m, 0.1m, 1e15m),
        Gen.Int[0, 1_000_000].Select(n => (decimal)n),
        Gen.Select(Gen.Long[0, 999_999_999_999_999], Gen.Int[0, ShareQuantity.MaximumDecimals], (digits, scale) => new decimal(unchecked((int)digits), (int)(digits >> 32), 0, false, (byte)scale)));

    public static readonly Gen<Currency> Currencies = Gen.OneOf("USD", "EUR", "JPY", "KWD", "CLF", "XAU").Select(Value.Parse<Currency>);

    public static readonly Gen<Money> Amounts = Gen.Select(Number, Gen.Bool, Currencies, (n, negative, c) => Money.Of(negative ? -n : n, c));

    public static readonly Gen<ShareQuantity> Shares = Number.Select(ShareQuantity.Of);

    public static readonly Gen<Quantity> Quantities = Number.Select(Quantity.Of);

    public static readonly Gen<Fraction> Fractions = Gen.OneOf<decimal>(
        Gen.OneOf(0m, 1m, 0.000000000001m, 0.5m),
        Gen.Long[0, 999_999_999_999].Select(n => n / 1_000_000_000_000m)).Select(Fraction.Of);

    public static readonly Gen<Instant> Instants = Gen.OneOf<Instant>(
        Gen.OneOf(Instant.Minimum, Instant.Maximum),
        Gen.Int[0, 9000].Select(day => new Instant(Instant.Of(2020, 1, 1).UtcTicks + (day * TimeSpan.TicksPerDay))),
        Gen.Long[0, Instant.Maximum.UtcTicks].Select(ticks => new Instant(ticks)));

    /// <summary>Any text in Unicode, of any length that a person might paste.</summary>
    public static readonly Gen<string> Texts = Gen.OneOf<string>(
        Gen.OneOf("", "GPU", "GW", "Compute Höheneinheit", "数据中心", "🚀", "a\0b", "https://example.com/a?b=c#d"),
        Gen.Char[' ', '~'].Array[0, 60].Select(c => new string(c)),
        Gen.Char['\u00a0', '\u2fff'].Array[0, 400].Select(c => new string(c)));

    public static readonly Gen<CompanyId> Companies = Gen.OneOf<CompanyId>(
        Gen.OneOf("nvidia", "openai", "microsoft", "core-weave").Select(Value.Parse<CompanyId>),
        Slug().Where(slug => slug != "outside").Select(Value.Parse<CompanyId>));

    public static readonly Gen<HolderId> Holders = Gen.OneOf<HolderId>(Gen.Const(HolderId.Outside), Companies.Select(HolderId.Of));

    public static readonly Gen<ShareClassId> Classes = Gen.OneOf<string>(Gen.OneOf("common", "preferred-a"), Slug()).Select(Value.Parse<ShareClassId>);

    public static readonly Gen<EventId> EventIds = Gen.Guid.Select(g => new EventId(g));

    public static readonly Gen<StepId> StepIds = Gen.Guid.Select(g => new StepId(g));

    public static readonly Gen<CommandId> Commands = Gen.OneOf<string>(
        Gen.Char['!', '~'].Array[1, 200].Select(c => new string(c)),
        Gen.Char['\u00a1', '\u00ff'].Array[1, 200].Select(c => new string(c))).Select(Value.Parse<CommandId>);

    public static readonly Gen<Digest> Digests = Gen.Byte.Array[Digest.Length].Select(bytes => new Digest(bytes));

    /// <summary>An id of one of the shapes that name terms: deals, commitments, loans and the like.</summary>
    public static Gen<T> Key<T>()
        where T : struct, IValue<T> =>
        Gen.Select(
            Gen.Char["ABCXYZabcxyz019"],
            Gen.Char[KeyCharacters].Array[0, 127],
            (first, rest) => Value.Parse<T>(first + new string(rest)));

    public static Gen<T> Enumeration<T>()
        where T : struct, Enum => Gen.OneOf(Enum.GetValues<T>());

    /// <summary>A third of them null.</summary>
    public static Gen<T?> Maybe<T>(this Gen<T> gen)
        where T : struct => Gen.Select(Gen.Int[0, 2], gen, (n, value) => n == 0 ? (T?)null : value);

    /// <summary>A third of them null.</summary>
    public static Gen<T?> MaybeNone<T>(this Gen<T> gen)
        where T : class => Gen.Select(Gen.Int[0, 2], gen, (n, value) => n == 0 ? null : value);

    public static Gen<ValueList<T>> List<T>(this Gen<T> gen, int countMaximum = 4) => gen.Array[0, countMaximum].Select(items => items.ToValueList());

    private static Gen<string> Slug() =>
        Gen.Char[SlugCharacters].Array[1, 20].Array[1, 3].Select(words => string.Join('-', words.Select(w => new string(w))));
}
