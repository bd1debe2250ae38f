using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Model;
using ActorFinance.Testing.Builders;
using ActorFinance.Testing.Generators;
using CsCheck;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Analysis.Tests.Checks;

public sealed class InvariantsTests
{
    private static readonly ShareClassId Common = Value.Parse<ShareClassId>("common");

    [Fact]
    public void Cash_is_conserved_and_the_matrix_closes_at_every_cut_of_any_journal() =>
        Gen.Select(BookGen.Events, BookGen.Cuts)
            .Sample(
                (events, cut) =>
                {
                    var counted = new Book(events).At(cut);
                    Invariants.Cash(counted).ShouldBeEmpty();
                    StockFlowMatrix.Of(counted).SelectMany(m => m.Check()).ShouldBeEmpty();
                },
                iter: Effort.Samples(1_000));

    [Fact]
    public void The_matrix_shows_who_received_what_by_which_kind_of_flow()
    {
        var matrix = StockFlowMatrix.Of(CountedOf(
            new BookBuilder()
                .Add("nvidia", "2026-01-01", new ExternalCashReceived(Money("10 USD"), ExternalCategory.Opening))
                .Add("nvidia", "2026-01-02", new InvestmentMade(Company("openai"), Money("6 USD"), Instrument.NotStated, null, null, null, null, null, false))
                .Add("openai", "2026-01-03", new PurchasePaid(Company("nvidia"), Money("5 USD"), null, null, null, null, false)))).Single();

        matrix.Companies.ShouldBe([Company("nvidia"), Company("openai")]);
        matrix.Rows.ShouldBe(
        [
            new("investment", [-6, 6, 0]),
            new("purchase", [5, -5, 0]),
            new("external opening", [10, 0, -10]),
            new("change in cash", [-9, -1, 10]),
        ]);
        matrix.Check().ShouldBeEmpty();
    }

    [Fact]
    public void A_row_that_leaks_is_named()
    {
        var matrix = new StockFlowMatrix(
            Value.Parse<Currency>("USD"),
            [Company("nvidia")],
            [new("purchase", [5, -4]), new(StockFlowMatrix.ChangeInCash, [-5, 4])]);

        matrix.Check().Select(f => f.Message).ShouldBe(
        [
            "row 'purchase' of the USD matrix sums to 1, not 0",
            "row 'change in cash' of the USD matrix sums to -1, not 0",
        ]);
    }

    [Fact]
    public void A_balance_that_disagrees_with_the_flows_is_named_by_company()
    {
        var matrix = new StockFlowMatrix(
            Value.Parse<Currency>("USD"),
            [Company("nvidia")],
            [new("purchase", [5, -5]), new(StockFlowMatrix.ChangeInCash, [-4, 4])]);

        matrix.Check().Select(f => f.Message).ShouldBe(
        [
            "row 'change in cash' of the USD matrix is 1 off for nvidia",
            "row 'change in cash' of the USD matrix is -1 off for outside",
        ]);
    }

    [Fact]
    public void A_transfer_of_shares_that_are_not_there_is_found_with_its_figures()
    {
        var book = Created()
            .Add("openai", "2026-01-02", Issued("nvidia", 100))
            .Add("openai", "2026-01-03", new SharesTransferred(Holder("nvidia"), Holder("fund"), Common, ShareQuantity.Of(120), null, null, SellerIsCompany: false, BuyerIsCompany: false));

        Invariants.Shares(CountedOf(book)).ShouldBe(
            [new("holding-negative", $"event {Id(3)} needs 120 common of openai held by nvidia, who has 100", Id(3))]);
    }

    [Fact]
    public void Issues_transfers_repurchases_splits_exercises_and_conversions_keep_outstanding_equal_to_holdings()
    {
        var warrant = Value.Parse<WarrantId>("w1");
        var convertible = Value.Parse<ConvertibleId>("n1");
        var book = Created()
            .Add("openai", "2026-01-02", Issued("nvidia", 101))
            .Add("openai", "2026-01-03", new SharesTransferred(Holder("nvidia"), Holder("fund"), Common, ShareQuantity.Of(50), null, null, SellerIsCompany: false, BuyerIsCompany: false))
            .Add("openai", "2026-01-04", new SharesSplit(Common, 1, 2))
            .Add("openai", "2026-01-05", new SharesRepurchased(Holder("fund"), Common, ShareQuantity.Of(5), null))
            .Add("openai", "2026-01-06", new WarrantGranted(warrant, Holder("amd"), Common, Money("1 USD"), null, []))
            .Add("openai", "2026-01-07", new WarrantExercised(warrant, ShareQuantity.Of(7), null, null))
            .Add("openai", "2026-01-08", new ConvertibleRegistered(convertible, Holder("amd"), null, Money("5 USD"), Common, null, null))
            .Add("openai", "2026-01-09", new ConvertibleConverted(convertible, Common, ShareQuantity.Of(3)));

        Invariants.Of(CountedOf(book)).ShouldBeEmpty();
    }

    [Fact]
    public void Fractions_of_a_notional_class_are_given_by_the_outside_and_never_beyond_it()
    {
        var book = new BookBuilder()
            .Add("openai", "2026-01-01", new ShareClassCreated(Common, Quantity.Of(1), null, 0, Quantity.Of(1), Notional: true))
            .Add("openai", "2026-01-02", Fractioned("microsoft", 0.7m))
            .Add("openai", "2026-01-03", Fractioned("softbank", 0.4m));

        Invariants.Shares(CountedOf(book)).Single().Message.ShouldBe($"event {Id(3)} needs 400000 common of openai held by outside, who has 300000");
    }

    [Fact]
    public void An_offset_cut_of_a_sound_book_is_complete_and_a_known_time_cut_names_what_lacks_its_ground()
    {
        var events = new BookBuilder()
            .Add("openai", "2025-01-01", new ShareClassCreated(Common, Quantity.Of(1), null, 0, Quantity.Of(1), Notional: false), known: "2025-01-01")
            .Add("openai", "2025-01-02", Issued("nvidia", 100), known: "2025-09-01")
            .Add("openai", "2025-01-03", new SharesTransferred(Holder("nvidia"), Holder("fund"), Common, ShareQuantity.Of(100), null, null, SellerIsCompany: false, BuyerIsCompany: false), known: "2025-02-01")
            .Events;
        var book = new Book(events);
        var byTime = book.At(new(Instant.Maximum, new AsKnown.AtTime(At("2025-03-01"))));

        Invariants.Of(book.At(Cut.Everything)).ShouldBeEmpty();
        Invariants.Of(byTime).ShouldNotBeEmpty();
        byTime.IncompleteKnowledge.ShouldBe([new(new(3), Id(3), "100 common of openai held by nvidia, who has 0")]);
    }

    [Fact]
    public void Cash_that_many_pay_to_one_until_it_is_not_kept_exactly_is_found_at_the_event_that_does_it()
    {
        var builder = new BookBuilder();
        for (var i = 0; i < 101; i++)
        {
            builder.Add($"payer-{i % 2}", "2026-01-01", new TransferPaid(Company("nvidia"), Money("9999999999999999 USD"), TransferPurpose.Fee));
        }

        var finding = Invariants.Of(CountedOf(builder)).ShouldHaveSingleItem();
        (finding.Code, finding.Event).ShouldBe(("cash-too-large", Id(101)));
        finding.Message.ShouldBe($"the cash of nvidia comes to 1009999999999999899 USD with event {Id(101)}: a total of 1e18 or more is not kept exactly");
    }

    [Fact]
    public void A_commitment_drawn_below_zero_is_found_with_its_figures()
    {
        var c1 = Value.Parse<CommitmentId>("c1");
        var book = new BookBuilder()
            .Add("nvidia", "2026-01-01", new PurchaseCommitted(new(c1, Company("nvidia"), Company("openai"), Money("10 USD"), [], null, null, null, null)))
            .Add("nvidia", "2026-01-02", new PurchasePaid(Company("openai"), Money("8 USD"), c1, null, null, null, false))
            .Add("nvidia", "2026-01-03", new PurchasePaid(Company("openai"), Money("5 USD"), c1, null, null, null, false));

        Invariants.Of(CountedOf(book)).ShouldBe(
            [new("commitment-below-zero", $"event {Id(3)} takes 5 USD of commitment c1 of nvidia, of which 2 USD is open", Id(3))]);
    }

    private static BookBuilder Created() =>
        new BookBuilder().Add("openai", "2026-01-01", new ShareClassCreated(Common, Quantity.Of(1), null, 0, Quantity.Of(1), Notional: false));

    private static SharesIssued Issued(string holder, decimal quantity) =>
        new(Holder(holder), Common, ShareQuantity.Of(quantity), null, Consideration.None, null, null, null, null, null);

    private static SharesIssued Fractioned(string holder, decimal fraction) =>
        new(Holder(holder), Common, null, Fraction.Of(fraction), Consideration.None, null, null, null, null, null);

    private static Counted CountedOf(BookBuilder book) => new Book(book.Events).At(Cut.Everything);
}
