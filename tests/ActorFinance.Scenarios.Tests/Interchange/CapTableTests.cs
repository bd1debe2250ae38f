using ActorFinance.Scenarios.Files;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Interchange;

public sealed class CapTableTests
{
    private const string Header = "effective,issuer,holder,class,quantity,kind,from,price,currency\n";
    private static readonly ShareClassId Common = Id<ShareClassId>("common");

    [Fact]
    public void Issuers_are_companies_and_other_holders_are_not()
    {
        var book = Accepted("pair.csv", "effective,issuer,holder,class,quantity\n2025-01-01,a,b,common,500\n2025-01-01,a,people-a,common,500\n2025-01-01,b,a,common,500\n2025-01-01,b,people-b,common,500\n");
        book.Form.ShouldBe(FileForm.CapTable);
        book.Registered.Select(company => company.Value).ShouldBe(["a", "b"]);
        book.Commands.Select(sourced => sourced.Envelope.Command.GetType().Name).ShouldBe(
            ["RegisterCompany", "RegisterCompany", "CreateShareClass", "CreateShareClass", "IssueShares", "IssueShares", "IssueShares", "IssueShares"]);
        book.Commands.Count(sourced => sourced.OnlyIfUnknown).ShouldBe(4);
    }

    [Fact]
    public void Each_kind_of_row_becomes_its_command()
    {
        var book = Accepted(
            "cap.csv",
            Header
            + "2025-01-01,a,x,common,100,,,2.50,USD\n"
            + "2025-01-02,a,y,common,10,transfer,x,3,USD\n"
            + "2025-01-03,a,y,common,4,transfer,x,,\n"
            + "2025-01-04,a,x,common,6,repurchase,,5,EUR\n"
            + "2025-01-05,a,,common,10:1,split,,,\n");
        book.Commands.Where(sourced => !sourced.OnlyIfUnknown).Select(sourced => sourced.Envelope.Command).ShouldBe(
        [
            new IssueShares(Id<HolderId>("x"), Common, ShareQuantity.Of(100), PricePerShare: Usd("2.5")),
            new TransferShares(Id<HolderId>("x"), Id<HolderId>("y"), Common, ShareQuantity.Of(10), Usd("3")),
            new TransferShares(Id<HolderId>("x"), Id<HolderId>("y"), Common, ShareQuantity.Of(4)),
            new RepurchaseShares(Id<HolderId>("x"), Common, ShareQuantity.Of(6), Value.Parse<Money>("5 EUR")),
            new SplitShares(Common, 10, 1),
        ]);
        book.Commands.Where(sourced => !sourced.OnlyIfUnknown).Select(sourced => sourced.Envelope.Rank).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Theory]
    [InlineData("100", "200", 0)]
    [InlineData("100.5", "200", 1)]
    [InlineData("100.5", "0.0625", 4)]
    public void A_class_has_the_decimals_that_its_rows_need(string first, string second, int decimals)
    {
        var book = Accepted("cap.csv", $"effective,issuer,holder,class,quantity\n2025-01-01,a,x,common,{first}\n2025-01-02,a,y,common,{second}\n2025-01-02,a,y,preferred,7\n");
        var classes = book.Commands.Select(sourced => sourced.Envelope.Command).OfType<CreateShareClass>().ToList();
        classes.ShouldBe([new(Common, Quantity.Of(1), Decimals: decimals), new(Id<ShareClassId>("preferred"), Quantity.Of(1))]);
    }

    [Fact]
    public void A_class_exists_from_the_earliest_row_that_names_it_wherever_that_stands()
    {
        var book = Accepted("cap.csv", "effective,issuer,holder,class,quantity,known\n2025-06-01,a,x,common,1,2025-06-02\n2025-01-01,a,y,common,1,2025-01-03\n");
        var create = book.Commands.Single(sourced => sourced.Envelope.Command is CreateShareClass).Envelope;
        create.EffectiveAt.ShouldBe(Instant.Of(2025, 1, 1));
        create.KnownAt.ShouldBe(Instant.Of(2025, 1, 3));
        create.Rank.ShouldBe(2);
    }

    [Fact]
    public void A_grown_file_keeps_the_ids_and_contents_of_the_rows_it_had()
    {
        var file = "effective,issuer,holder,class,quantity\n2025-01-01,a,x,common,500\n2025-01-01,a,y,common,500\n";
        var before = Accepted("cap.csv", file).Commands;
        var after = Accepted("cap.csv", file + "2025-02-01,a,y,common,500\n2025-02-01,b,y,common,1\n").Commands;
        foreach (var sourced in before)
        {
            after.ShouldContain(sourced);
        }

        after.Count.ShouldBe(before.Count + 4);
    }
}
