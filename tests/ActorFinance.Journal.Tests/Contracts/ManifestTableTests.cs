using System.Text.RegularExpressions;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using ActorFinance.Testing.Generators;

namespace ActorFinance.Journal.Tests.Contracts;

public sealed class ManifestTableTests
{
    private static readonly Type[] EventTypes =
        [.. typeof(CompanyEvent).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(CompanyEvent)))];

    [Fact]
    public void Every_event_type_has_exactly_one_current_manifest() =>
        ManifestTable.Current.Select(m => ManifestTable.EventTypeOf(m)!.Name).Order()
            .ShouldBe(EventTypes.Select(t => t.Name).Order());

    [Fact]
    public void A_manifest_is_the_event_in_kebab_case_and_a_version()
    {
        foreach (var manifest in ManifestTable.All)
        {
            var type = ManifestTable.EventTypeOf(manifest)!;
            Regex.Replace(manifest, ":[1-9][0-9]*$", "", RegexOptions.None, TimeSpan.FromSeconds(10)).ShouldBe(KebabCase(type.Name));
        }
    }

    [Fact]
    public void The_current_version_is_the_highest_and_none_below_it_is_missing()
    {
        foreach (var versions in ManifestTable.All.GroupBy(m => m.Split(':')[0], m => int.Parse(m.Split(':')[1])))
        {
            versions.Order().ShouldBe(Enumerable.Range(1, versions.Count()));
            ManifestTable.Current.ShouldContain($"{versions.Key}:{versions.Max()}");
        }
    }

    [Fact]
    public void Every_event_type_has_a_generator() =>
        EventGen.ByType.Keys.Select(t => t.Name).Order().ShouldBe(EventTypes.Select(t => t.Name).Order());

    [Fact]
    public void A_manifest_of_a_later_version_is_not_known()
    {
        ManifestTable.IsKnown("company-registered:2").ShouldBeTrue();
        ManifestTable.IsKnown("company-registered:3").ShouldBeFalse();
        ManifestTable.EventTypeOf("company-registered:3").ShouldBeNull();
        ManifestTable.CurrentManifestOf(typeof(CompanyRegistered)).ShouldBe("company-registered:2");
    }

    [Theory]
    [InlineData(typeof(ExternalCategory), "Opening=1 Revenue=2 Opex=3 Capex=4 Tax=5 Financing=6 Other=7")]
    [InlineData(typeof(TransferPurpose), "RevenueShare=1 Royalty=2 Fee=3 Other=4")]
    [InlineData(typeof(Instrument), "NotStated=1 Equity=2 Convertible=3")]
    [InlineData(typeof(ConditionKind), "Milestone=1 Date=2 Price=3")]
    [InlineData(typeof(CompanyKind), "Company=1 Group=2")]
    [InlineData(typeof(CashPolicy), "AllowShortfall=1 RejectShortfall=2")]
    [InlineData(typeof(DealKind), "Investment=1 Purchase=2 Loan=3 Transfer=4 Shares=5 Warrant=6 Guarantee=7 Other=8")]
    [InlineData(typeof(StepRole), "None=0 Pending=1 Posting=2 Refusing=3 Closing=4")]
    [InlineData(typeof(Confidence), "High=1 Medium=2 Low=3")]
    [InlineData(typeof(DayCount), "Actual360=1 Actual365=2 Thirty360=3 ActualActual=4")]
    [InlineData(typeof(Consideration), "None=1 Cash=2 InKind=3 Contract=4 Conversion=5")]
    public void The_number_of_an_enumeration_is_stored_and_never_changes(Type type, string numbers) =>
        string.Join(' ', Enum.GetValues(type).Cast<object>().Select(v => $"{v}={(int)v}")).ShouldBe(numbers);

    private static string KebabCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) && i > 0 ? $"-{c}" : $"{c}")).ToLowerInvariant();
}
