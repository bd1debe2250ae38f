using System.Runtime.CompilerServices;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Tests.Ownership;

public sealed class ShareRegisterTests
{
    [Fact]
    public void Issues_transfers_and_repurchases_move_and_cancel_shares() =>
        new ShareBook().HasClass().Issue("a", 900).Issue("b", 100).Transfer("a", "c", 300)
            .Add(new SharesRepurchased(Value.Parse<HolderId>("a"), ShareBook.Class("common"), ShareQuantity.Of(100), null))
            .Shares().ShouldBe("a 500, c 300, b 100");

    [Fact]
    public void Units_of_a_notional_class_are_given_by_the_outside() =>
        new ShareBook().HasClass(notional: true).Hold("a", 0.27m).Hold("b", 0.123456789012m)
            .Shares().ShouldBe("outside 606543.210988, a 270000, b 123456.789012");

    [Fact]
    public void A_smaller_fraction_gives_units_back_to_the_outside() =>
        new ShareBook().HasClass(notional: true).Hold("a", 0.27m).Hold("a", 0.2m).Fractions().ShouldBe("outside 0.8, a 0.2");

    [Fact]
    public void A_split_rounds_each_holding_half_to_even_and_outstanding_is_their_sum()
    {
        var book = new ShareBook().HasClass(authorised: 11).Issue("a", 1).Issue("b", 3).Issue("c", 5).Reserve(7).Split(1, 2);

        book.Shares().ShouldBe("b 2, c 2"); // 0.5 -> 0, 1.5 -> 2, 2.5 -> 2
        var common = book.Register.Classes.Single();
        common.Outstanding.ShouldBe(4);
        common.Pool.ShouldBe(4);
        common.Authorised.ShouldBe(6);
    }

    [Fact]
    public void A_split_adjusts_warrants_strikes_convertibles_and_recorded_prices()
    {
        var register = new ShareBook().HasClass().Issue("a", 100).Grant("w", "b", 12m, 10, 5).Vest("w", "t1").Exercise("w", 4)
            .Lend("c", "d", 1000, 50m).Valued(price: 30m).Split(3, 1).Register;

        var warrant = register.Warrants.Single();
        (warrant.Strike, warrant.Granted, warrant.Vested, warrant.Exercised, warrant.Open).ShouldBe((4m, 45m, 30m, 12m, 33m));
        register.Convertibles.Single().ConversionPrice.ShouldBe(50m / 3);
        register.Classes.Single().LastPrice!.Amount.ShouldBe(10m);
        register.Classes.Single().HeldBy(Value.Parse<HolderId>("b")).ShouldBe(12);
    }

    [Fact]
    public void An_exercise_and_a_conversion_issue_shares_to_the_holder() =>
        new ShareBook().HasClass().Issue("a", 100).Grant("w", "b", 1m, 10).Vest("w", "t1").Exercise("w", 10).Lend("n", "c", 1000, 50m)
            .Add(new ConvertibleConverted(Value.Parse<ConvertibleId>("n"), ShareBook.Class("common"), ShareQuantity.Of(20)))
            .Shares(OwnershipBasis.FullyDiluted).ShouldBe("a 100, c 20, b 10");

    [Fact]
    public void A_transfer_of_more_than_is_known_takes_what_is_there_and_is_named()
    {
        var register = new ShareBook().HasClass().Issue("a", 60).Transfer("a", "b", 100).Register;

        register.Classes.Single().HeldBy(Value.Parse<HolderId>("b")).ShouldBe(60);
        register.Ungrounded.Single().Lacks.ShouldBe("a has 60 common of ai, needs 100");
    }

    [Fact]
    public void What_names_an_unknown_class_or_warrant_does_nothing_and_is_named()
    {
        var register = new ShareBook().Issue("a", 60).Vest("w", "t1").Register;

        register.Classes.ShouldBeEmpty();
        register.Ungrounded.Select(u => u.Lacks).ShouldBe(["ai has no class common", "ai has granted no warrant w"]);
    }

    [Fact]
    public void Every_event_type_is_used_or_ignored_by_name()
    {
        foreach (var type in typeof(CompanyEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CompanyEvent)) && !t.IsAbstract))
        {
            Should.NotThrow(() => ShareEvents.Concern((CompanyEvent)RuntimeHelpers.GetUninitializedObject(type)));
        }
    }
}
