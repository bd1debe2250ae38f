using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Tests.Truth;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>Terms, valuations and conditions edited on the letter of intent as if signed, with figures worked out by hand.</summary>
public sealed class SeedEditTests(ImportedSeed imported) : IClassFixture<ImportedSeed>
{
    private static readonly EventSelector s_letter = new() { Deals = [Id<DealId>("NVDA-OAI-LOI")] };

    /// <summary>10 bn at 500 USD a share buy 20,000,000; at a price of r times the one before, the k-th buys 20,000,000 / r^(k-1).</summary>
    [Theory]
    [InlineData("0", 1.0)]
    [InlineData("10%", 1.1)]
    [InlineData("-10%", 0.9)]
    [InlineData("-30%", 0.7)]
    public void A_path_of_prices_prices_the_shares_of_each_tranche(string growth, double ratio)
    {
        var branch = Applied(Edit("set-valuation", ("deal", "NVDA-OAI-LOI"), ("tranche", "1.."), ("growth", growth)));
        branch.Misfits.ShouldBeEmpty();
        var price = 500m;
        foreach (var issued in Issued(branch.Book))
        {
            issued.ShouldBe(decimal.Round(10_000_000_000m / price, MidpointRounding.ToEven));
            price *= (decimal)ratio;
        }

        // The base's own path: its valuations were rounded, its shares are the same.
        branch.Changes.Any(change => change.After!.Event is SharesIssued).ShouldBe(ratio != 1.1);
    }

    [Fact]
    public void The_same_money_before_each_round_prices_later_ones_lower_as_shares_go_out()
    {
        var branch = Applied(Edit("set-valuation", ("deal", "NVDA-OAI-LOI"), ("pre-money", "500bn USD")));
        var outstanding = 1_000_000_000m;
        foreach (var issued in Issued(branch.Book))
        {
            issued.ShouldBe(decimal.Round(outstanding * 10 / 500, MidpointRounding.ToEven));
            outstanding += issued;
        }
    }

    [Fact]
    public void One_tranche_can_be_a_down_round_and_those_after_it_keep_their_money()
    {
        var branch = Applied(Edit("set-valuation", ("deal", "NVDA-OAI-LOI"), ("tranche", "5"), ("by", "0.5")));
        var (before, after) = (Issued(imported.Book), Issued(branch.Book));
        after.Take(4).ShouldBe(before.Take(4));
        // Rounded once each, so within a share of twice as many.
        Math.Abs(after[4] - (2 * before[4])).ShouldBeLessThanOrEqualTo(1);
        after.Skip(5).ShouldAllBe(shares => shares > before[5] / 2);
        after[5].ShouldBeGreaterThan(before[5]);
    }

    [Fact]
    public void Ten_tranches_become_one_payment_by_one_edit()
    {
        var with = CommandsOf(
            """
              - {company: openai, effective: 2026-12-31, record-valuation: {valuation: round-2026, preMoney: 730bn USD}}
              - {company: openai, effective: 2026-12-31, sell-shares: {investor: nvidia, class: common, amount: 30bn USD, valuation: round-2026}}
            """);
        var branch = Applied(new Edit.Replace(s_letter, null, null, with));
        branch.Misfits.ShouldBeEmpty();
        Issued(branch.Book).ShouldBe([decimal.Round(30m * 1_000_000_000 / 730, MidpointRounding.ToEven)]);
        CashOf(branch.Book, "openai").ShouldBe(-30_000_000_000m);
    }

    [Fact]
    public void Terms_replace_the_amount_or_the_day_and_nothing_else()
    {
        var branch = Applied(Edit("replace", ("deal", "NVDA-OAI-SUPPLY"), ("type", "purchase-paid"), ("tranche", "1"), ("amount", "4bn USD"), ("at", "2027-02-28")));
        branch.Changes.ShouldHaveSingleItem().After!.ShouldSatisfyAllConditions(
            paid => ((PurchasePaid)paid.Event).Amount.ShouldBe(Usd("4bn")),
            paid => ((PurchasePaid)paid.Event).Draws.ShouldBe(Id<CommitmentId>("NVDA-OAI-SUPPLY/1")),
            paid => paid.Header.EffectiveAt.ShouldBe(Id<Instant>("2027-02-28")));
        CashOf(branch.Book, "openai").ShouldBe(46_000_000_000m);
    }

    [Fact]
    public void A_milestone_delayed_moves_its_tranche_and_no_other()
    {
        var branch = Applied(Edit("delay", ("company", "openai"), ("milestone", "4 GW deployed"), ("by", "12M")));
        branch.Misfits.ShouldBeEmpty();
        branch.Changes.Select(change => change.Before!.Header.Tranche).Distinct().ShouldBe(["4"]);
        branch.Changes.Where(change => change.Before!.Event is InvestmentMade or PurchasePaid or SharesIssued or MilestoneReached)
            .Select(change => (change.Before!.Header.EffectiveAt.ToDateText(), change.After!.Header.EffectiveAt.ToDateText())).Distinct().ShouldBe([("2028-06-30", "2029-06-30")]);
    }

    [Fact]
    public void A_milestone_that_is_never_reached_leaves_its_tranche_undone_and_releases_what_was_promised()
    {
        var branch = Applied(Edit("set-condition", ("company", "openai"), ("milestone", "4 GW deployed"), ("never", "yes")));
        branch.Misfits.ShouldBeEmpty();
        Issued(branch.Book).Count.ShouldBe(9);
        CashOf(branch.Book, "nvidia").ShouldBe(60_000_000_000m);
        var counted = branch.Book.At(Cut.Everything);
        Analysis.Commitments.CommitmentFold.Of(counted).All.Where(commitment => commitment.Outstanding != 0).ShouldBeEmpty();
        counted.Events.Select(recorded => recorded.Event).OfType<CommitmentReleased>().Select(released => released.Commitment.Value).ShouldBe(["NVDA-OAI-LOI/4", "NVDA-OAI-SUPPLY/4"], ignoreOrder: true);
    }

    [Fact]
    public void Not_before_a_day_moves_what_would_have_been_earlier_and_nothing_else()
    {
        Applied(Edit("set-condition", ("company", "openai"), ("milestone", "4 GW deployed"), ("not-before", "2028-01-01"))).Changes.ShouldBeEmpty();
        var later = Applied(Edit("set-condition", ("company", "openai"), ("milestone", "4 GW deployed"), ("not-before", "2029-06-30")));
        later.Changes.Where(change => change.Before!.Event is MilestoneReached).ShouldHaveSingleItem().After!.Header.EffectiveAt.ShouldBe(Id<Instant>("2029-06-30"));
    }

    [Fact]
    public void A_split_merged_again_is_nothing()
    {
        Edit[] both = [Edit("split", ("deal", "NVDA-OAI-SUPPLY"), ("in-kind", "40%")), Edit("merge", ("deal", "NVDA-OAI-SUPPLY"))];
        CashOf(Applied(both[0]).Book, "nvidia").ShouldBe(20_000_000_000m);
        Applied(both).Changes.ShouldBeEmpty();
    }

    /// <summary>4 bn of each 10 bn in kind, and three of ten gigawatts: the part in kind is of the same tranche, so it goes with it, is moved with it and found again.</summary>
    [Fact]
    public void What_a_split_parts_stays_in_its_tranche()
    {
        Edit split = Edit("split", ("deal", "NVDA-OAI-SUPPLY"), ("in-kind", "40%")), drop = Edit("drop", ("deal", "NVDA-OAI-LOI"), ("tranche", "4.."));
        foreach (var branch in new[] { Applied(split, drop), Applied(drop, split) })
        {
            var paid = branch.Book.At(Cut.Everything).Events.Select(recorded => recorded.Event).OfType<PurchasePaid>().ToList();
            (paid.Count(one => one.InKind), paid.Where(one => one.InKind).Sum(one => one.Amount.Amount)).ShouldBe((3, 12_000_000_000m));
            CashOf(branch.Book, "nvidia").ShouldBe(48_000_000_000m);
        }

        Applied(split, Edit("merge", ("deal", "NVDA-OAI-SUPPLY"), ("tranche", "2"))).Book.At(Cut.Everything).Events.Select(recorded => recorded.Event).OfType<PurchasePaid>().Count(one => one.InKind).ShouldBe(9);
        Applied(split, Edit("delay", ("company", "openai"), ("milestone", "1 GW deployed"), ("by", "3M"))).Book.At(Cut.Everything).Events
            .Where(recorded => recorded.Event is PurchasePaid { InKind: true } && recorded.Header.Tranche == "1").ShouldHaveSingleItem().Header.EffectiveAt.ToDateText().ShouldBe("2027-03-31");
    }

    [Fact]
    public void A_branch_of_a_branch_is_the_branch_of_both_edits()
    {
        Edit[] edits = [Edit("shift", ("deal", "NVDA-OAI-LOI"), ("tranche", "4.."), ("by", "12M")), Edit("scale", ("deal", "NVDA-OAI-SUPPLY"), ("by", "3.5"))];
        var first = Applied(edits[0]);
        var second = Branch.Apply(first.Book, AsKnown.All, [edits[1]]).ShouldBeOfType<BranchResult.Applied>();
        second.Book.Recorded.ShouldBe(Applied(edits).Book.Recorded);
    }

    private static Edit Edit(string operation, params (string Name, string Value)[] terms)
    {
        var faults = new List<EditFault>();
        var edit = EditTerms.Parse(operation, [.. terms.Select(term => new EditTerm(term.Name, term.Value))], faults);
        faults.ShouldBeEmpty();
        return edit!;
    }

    private static ValueList<CommandEnvelope> CommandsOf(string commands) =>
        WhatIfFile.Parse("f.yaml", System.Text.Encoding.UTF8.GetBytes($"what-if: test\nedits:\n- insert:\n{commands}")).ShouldBeOfType<WhatIfResult.Accepted>()
            .WhatIf.Edits.ShouldHaveSingleItem().ShouldBeOfType<Edit.Insert>().Commands;

    private BranchResult.Applied Applied(params Edit[] edits) => Branch.Apply(imported.Book, AsKnown.All, edits).ShouldBeOfType<BranchResult.Applied>();

    private static List<decimal> Issued(Book book) =>
        [.. book.At(Cut.Everything).Events.Select(recorded => recorded.Event).OfType<SharesIssued>().Where(issued => issued.Amount is not null).Select(issued => issued.Quantity!.Value.Value)];

    private static decimal CashOf(Book book, string company) => new CashIndex(book).At(Cut.Everything, Id<CompanyId>(company)).Balances.ShouldHaveSingleItem().Amount;
}
