using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Service.Tests.Running;

/// <summary>The few commands that tests send.</summary>
internal static class Orders
{
    public static CommandEnvelope Of(string id, string company, CompanyCommand command, string effective = "2026-01-01") =>
        new(Value.Parse<CommandId>(id), Company(company), At(effective), command);

    public static CommandEnvelope Register(string company, CashPolicy policy = CashPolicy.AllowShortfall) =>
        Of($"register-{company}", company, new RegisterCompany(company, Value.Parse<Currency>("USD"), CompanyKind.Company, policy));

    public static CommandEnvelope Pay(string id, string buyer, string seller, int amount, string effective = "2026-01-02") =>
        Of(id, buyer, new PayPurchase(Company(seller), Usd(amount)), effective);

    private static Money Usd(int amount) => Value.Parse<Money>($"{amount} USD");
}
