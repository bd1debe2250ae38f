using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Tests.Contracts;
using ActorFinance.Model;

namespace ActorFinance.Journal.Tests.Upcasting;

public sealed class CompanyRegisteredTests
{
    [Fact]
    public void A_company_of_version_1_allows_a_shortfall()
    {
        var (payload, _) = GoldenFile.Read("company-registered:1", () => throw new InvalidOperationException("write the golden file first"));

        EventCodec.Decode("company-registered:1", payload).Event.ShouldBe(
            new CompanyRegistered("OpenAI OpCo, LLC", Value.Parse<Currency>("USD"), CompanyKind.Group, CashPolicy.AllowShortfall));
    }

    [Fact]
    public void What_was_read_as_version_1_is_written_as_version_2()
    {
        var (payload, _) = GoldenFile.Read("company-registered:1", () => throw new InvalidOperationException("write the golden file first"));
        var read = EventCodec.Decode("company-registered:1", payload);

        var written = EventCodec.Encode(read);

        written.Manifest.ShouldBe("company-registered:2");
        EventCodec.Decode(written.Manifest, written.Payload).ShouldBe(read);
    }
}
