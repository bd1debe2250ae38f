using ActorFinance.Model;

namespace ActorFinance.Journal.Upcasting;

/// <summary><c>company-registered:1</c>, from before companies had a cash policy: all of them allowed a shortfall.</summary>
internal sealed record CompanyRegisteredV1(string Name, Currency Currency, CompanyKind Kind)
{
    public static CompanyRegistered Upcast(CompanyRegisteredV1 old) => new(old.Name, old.Currency, old.Kind, CashPolicy.AllowShortfall);
}
