using System.Text;
using ActorFinance.Model;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Actors.Tests.Importing;

/// <summary>A file of commands most of which two companies must both write: share sales, priced transfers, and payments that a careful receiver acknowledges.</summary>
internal static class ManySteps
{
    private const int Investors = 10;
    private const int Issuers = 20;
    private const int CommandIdLength = 120;

    /// <summary>
    /// Long enough that few acknowledgements fit into the pipe between an import and the test: an import that runs on while the test looks away
    /// soon waits for it, however fast the machine, and there is work left for the last of the kills.
    /// </summary>
    public static string CommandOf(int ordinal) => $"c-{ordinal}-".PadRight(CommandIdLength, '0');

    public static string Lines(int commands, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        var written = 0;
        void Add(string company, CompanyCommand command) => text.AppendLine(Encoding.UTF8.GetString(CommandJson.Serialize(
            new(Value.Parse<CommandId>(CommandOf(++written)), Company(company), At("2026-01-01"), command) { Rank = written })));

        var dollar = Value.Parse<Currency>("USD");
        for (var i = 0; i < Investors; i++)
        {
            Add($"investor-{i}", new RegisterCompany($"Investor {i}", dollar, CashPolicy: i % 2 == 0 ? CashPolicy.RejectShortfall : CashPolicy.AllowShortfall));
        }

        for (var i = 0; i < Issuers; i++)
        {
            Add($"issuer-{i}", new RegisterCompany($"Issuer {i}", dollar, CashPolicy: i % 2 == 0 ? CashPolicy.RejectShortfall : CashPolicy.AllowShortfall));
        }

        var common = Value.Parse<ShareClassId>("common");
        for (var i = 0; i < Investors; i++)
        {
            Add($"investor-{i}", new ReceiveExternalCash(Money("10m USD"), ExternalCategory.Opening));
        }

        for (var i = 0; i < Issuers; i++)
        {
            Add($"issuer-{i}", new CreateShareClass(common, Value.Parse<Quantity>("1")));
            Add($"issuer-{i}", new IssueShares(Holder("founders"), common, Value.Parse<ShareQuantity>("1000000")));
            Add($"issuer-{i}", new SellShares(Holder($"investor-{i % Investors}"), common, Money("1000 USD"), Money("1 USD")));
        }

        while (written < commands)
        {
            var issuer = random.Next(Issuers);
            var investor = random.Next(Investors);
            switch (random.Next(10))
            {
                case < 7:
                    Add($"issuer-{issuer}", new SellShares(Holder($"investor-{investor}"), common, Money($"{random.Next(10, 100)} USD"), Money("2 USD")));
                    break;
                case 7:
                    // Spends only what came in: the first sale above gave every issuer 1000.
                    Add($"issuer-{issuer}", new PayPurchase(Company($"investor-{investor}"), Money("1 USD")));
                    break;
                case 8 when issuer % Investors != investor:
                    Add($"issuer-{issuer}", new TransferShares(
                        Holder($"investor-{issuer % Investors}"), Holder($"investor-{investor}"), common, Value.Parse<ShareQuantity>("1"), Money("3 USD")));
                    break;
                default:
                    Add($"investor-{investor}", new PayExternalCash(Money("1 USD"), ExternalCategory.Opex));
                    break;
            }
        }

        return text.ToString();
    }
}
