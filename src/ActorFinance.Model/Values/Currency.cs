using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace ActorFinance.Model;

/// <summary>An ISO 4217 currency code.</summary>
[JsonConverter(typeof(ValueJsonConverter<Currency>))]
public readonly record struct Currency : IValue<Currency>, IComparable<Currency>
{
    private static readonly FrozenSet<string> Codes = """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
        CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
        GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
        KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
        NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
        SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF
        XCD XCG XOF XPF YER ZAR ZMW ZWG XAU XAG XDR XXX XTS
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private Currency(string code) => Code = code;

    public static string Rule => "an ISO 4217 currency code in capitals, such as USD";

    public string Code { get; }

    public static bool TryParse(string? text, out Currency value)
    {
        // The set's own string is kept, so that equal codes are mostly the same object.
        var valid = Codes.TryGetValue(text ?? "", out var code);
        value = valid ? new(code!) : default;
        return valid;
    }

    public int CompareTo(Currency other) => string.CompareOrdinal(Code, other.Code);

    public override string ToString() => Code;
}
