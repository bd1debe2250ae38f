using ActorFinance.Actors.Companies;
using ActorFinance.Model;
using static ActorFinance.Actors.Tests.OpenBook;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Actors.Tests.Deals;

/// <summary>Steps between two companies' actors on a journal on disk, and what they leave there.</summary>
public sealed class StepTests
{
    private static readonly SellShares Hundred = new(Holder("nvidia"), Common, Money("100 USD"), Money("2 USD"));

    [Fact]
    public async Task A_share_sale_is_issued_pending_posted_by_the_payment_and_closed()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        await book.RegisterAsync("nvidia");
        var before = await book.CountAsync();
        var reply = await book.AcceptedAsync("openai", Hundred);
        (await book.StoryAsync(before)).ShouldBe(["openai SharesIssued pending", "nvidia InvestmentMade posting", "openai StepPosted closing"]);
        reply.Events.Select(written => written.Event.GetType()).ShouldBe([typeof(SharesIssued), typeof(InvestmentMade)]);
        var events = (await book.EventsAsync())[before..];
        events.Select(recorded => (recorded.Header.EffectiveAt, recorded.Header.Rank, recorded.Header.KnownAt)).Distinct().ShouldHaveSingleItem();
        events.Select(recorded => recorded.Header.Step).Distinct().ShouldHaveSingleItem();
        await book.Journal.AssertChainsAsync();
    }

    [Fact]
    public async Task A_payer_without_the_cash_refuses_and_nothing_is_written()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        await book.RegisterCarefulAsync("nvidia", "99 USD");
        var before = await book.CountAsync();
        var order = Order("sale", "openai", Hundred);
        var refused = (await book.SendAsync(order)).ShouldBeOfType<CommandReply.Refused>().Refusal.ShouldBeOfType<PayerRefused>();
        refused.PayerCode.ShouldBe("shortfall");
        (await book.CountAsync()).ShouldBe(before);

        // Its id is free again.
        await book.AcceptedAsync("nvidia", new ReceiveExternalCash(Money("1 USD"), ExternalCategory.Revenue));
        (await book.SendAsync(order)).ShouldBeOfType<CommandReply.Accepted>().Repeated.ShouldBeFalse();
    }

    [Fact]
    public async Task A_draw_above_the_commitment_is_refused_by_the_payer()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        await book.RegisterAsync("nvidia");
        var letter = Value.Parse<CommitmentId>("letter");
        var terms = new CommitmentTerms(letter, Company("nvidia"), Company("openai"), Money("150 USD"), [], Conditions: null, Item: null, Quantity: null, Unit: null);
        var commit = Order("commit", "nvidia", new CommitInvestment(terms)) with { Deal = Value.Parse<DealId>("letter-of-intent") };
        (await book.SendAsync(commit)).ShouldBeOfType<CommandReply.Accepted>();
        await book.AcceptedAsync("openai", Hundred with { Draws = letter });
        var before = await book.CountAsync();
        var refused = await book.RefusedAsync<PayerRefused>("openai", Hundred with { Draws = letter });
        refused.PayerCode.ShouldBe("draw-above-commitment");
        (await book.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_payer_that_turns_unwilling_between_the_dry_run_and_the_payment_refuses_for_good_and_the_pending_event_is_voided()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        await book.RegisterCarefulAsync("nvidia", "100 USD");
        var order = Order("sale", "openai", Hundred);
        await book.SendAsync(order);

        // As if the crash had come between the two companies' writes, and nvidia's cash had never come in.
        await book.Session.DisposeAsync();
        book.Journal.Execute("DELETE FROM journal WHERE persistence_id = 'company-openai' AND sequence_number = 5").ShouldBe(1);
        book.Journal.Execute("DELETE FROM journal WHERE persistence_id = 'company-nvidia' AND sequence_number > 1").ShouldBe(2);
        await book.OpenAgainAsync();
        (await book.StoryAsync(after: 4)).ShouldBe(["openai SharesIssued pending", "nvidia StepRefused refusing", "openai EventVoided closing"]);

        // The next try is a step of its own, and finds the same in its dry run.
        (await book.SendAsync(order)).ShouldBeOfType<CommandReply.Refused>().Refusal.ShouldBeOfType<PayerRefused>().PayerCode.ShouldBe("shortfall");
        await book.AcceptedAsync("nvidia", new ReceiveExternalCash(Money("100 USD"), ExternalCategory.Revenue));
        (await book.SendAsync(order)).ShouldBeOfType<CommandReply.Accepted>().Repeated.ShouldBeFalse();
        await book.Journal.AssertChainsAsync();
    }

    [Fact]
    public async Task Of_many_sales_at_once_to_a_payer_with_cash_for_one_exactly_one_is_posted()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterCarefulAsync("nvidia", "100 USD");
        var issuers = Enumerable.Range(1, 8).Select(i => $"issuer-{i}").ToList();
        foreach (var issuer in issuers)
        {
            await book.RegisterIssuerAsync(issuer);
        }

        // All at once: each is rehearsed on cash that is there for one of them only.
        var before = await book.CountAsync();
        var replies = await Task.WhenAll(issuers.Select(issuer => book.SendAsync(Order($"sale-{issuer}", issuer, Hundred))));
        replies.OfType<CommandReply.Accepted>().ShouldHaveSingleItem();
        replies.OfType<CommandReply.Refused>().Select(refused => refused.Refusal.ShouldBeOfType<PayerRefused>().PayerCode).ShouldAllBe(code => code == "shortfall");
        var story = (await book.StoryAsync(before)).ToList();
        story.Count(line => line.EndsWith("EventVoided closing", StringComparison.Ordinal)).ShouldBe(story.Count(line => line == "nvidia StepRefused refusing"));

        // A voided try does not use the command's id up.
        await book.AcceptedAsync("nvidia", new ReceiveExternalCash(Money("700 USD"), ExternalCategory.Revenue));
        var again = await Task.WhenAll(issuers.Select(issuer => book.SendAsync(Order($"sale-{issuer}", issuer, Hundred))));
        again.OfType<CommandReply.Accepted>().Count(accepted => !accepted.Repeated).ShouldBe(7);
        again.OfType<CommandReply.Accepted>().Count(accepted => accepted.Repeated).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_order_twice_at_the_same_time_and_after_a_restart_has_one_effect_and_one_answer()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        await book.RegisterAsync("nvidia");
        var before = await book.CountAsync();
        var order = Order("sale", "openai", Hundred);
        var replies = (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => book.SendAsync(order)))).ToList();
        replies.Add(await book.SendAsync(order));
        await book.RestartAsync();
        replies.Add(await book.SendAsync(order));
        var accepted = replies.Select(reply => reply.ShouldBeOfType<CommandReply.Accepted>()).ToList();
        accepted.Count(reply => !reply.Repeated).ShouldBe(1);
        accepted.Select(reply => (reply.Company, reply.FirstSequenceNumber, reply.LastSequenceNumber)).Distinct().ShouldHaveSingleItem();
        (await book.CountAsync()).ShouldBe(before + 3);
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_refused()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        await book.RegisterAsync("nvidia");
        await book.SendAsync(Order("sale", "openai", Hundred));
        (await book.SendAsync(Order("sale", "openai", Hundred with { Amount = Money("102 USD") }))).ShouldBeOfType<CommandReply.Refused>().Refusal.ShouldBeOfType<CommandIdReused>();
    }

    [Fact]
    public async Task Two_companies_that_sell_shares_to_each_other_at_the_same_time_do_not_wait_for_each_other()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("a");
        await book.RegisterIssuerAsync("b");
        var orders = Enumerable.Range(0, 50).SelectMany(i => new[]
        {
            Order($"a-{i}", "a", new SellShares(Holder("b"), Common, Money("2 USD"), Money("2 USD"))),
            Order($"b-{i}", "b", new SellShares(Holder("a"), Common, Money("2 USD"), Money("2 USD"))),
        });
        (await Task.WhenAll(orders.Select(book.SendAsync))).ShouldAllBe(reply => reply is CommandReply.Accepted);
        await book.Journal.AssertChainsAsync();
    }

    [Fact]
    public async Task A_posted_step_is_voided_as_a_step_whoever_is_asked()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        await book.RegisterAsync("nvidia");
        foreach (var asked in new[] { "openai", "nvidia" })
        {
            var sale = await book.AcceptedAsync("openai", Hundred);
            var before = await book.CountAsync();
            var order = Order($"void-at-{asked}", asked, new VoidEvent(sale.Events.Single(written => written.Header.Emitter.Value == asked).Header.Id, "a mistake"));
            var voided = (await book.SendAsync(order)).ShouldBeOfType<CommandReply.Accepted>();
            (await book.StoryAsync(before)).ShouldBe(["openai EventVoided pending", "nvidia EventVoided posting", "openai StepPosted closing"]);
            var again = (await book.SendAsync(order)).ShouldBeOfType<CommandReply.Accepted>();
            again.Repeated.ShouldBeTrue();
            (again.Company, again.FirstSequenceNumber).ShouldBe((voided.Company, voided.FirstSequenceNumber));
            (await book.CountAsync()).ShouldBe(before + 3);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_to_a_company_that_counts_its_receipts_is_voided_by_both(bool acknowledged)
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterCarefulAsync("nvidia");
        await book.RegisterAsync("openai");
        var payment = (await book.AcceptedAsync("openai", new PayPurchase(Company("nvidia"), Money("5 USD")))).Events.Single();
        if (acknowledged)
        {
            await book.Session.CountReceiptAsync(Company("nvidia"), payment);
        }

        // Without waiting, the void and the acknowledgement race: either order must end voided.
        (await book.SendAsync("openai", new VoidEvent(payment.Header.Id, "a mistake"))).ShouldBeOfType<CommandReply.Accepted>();
        await book.Session.SettleAsync();
        (await book.RefusedAsync<AlreadyVoided>("openai", new VoidEvent(payment.Header.Id, "again"))).Event.ShouldBe(payment.Header.Id);
        (await book.RefusedAsync<Shortfall>("nvidia", new PayExternalCash(Money("1 USD"), ExternalCategory.Opex))).ShouldNotBeNull();
        await book.RestartAsync();
        (await book.RefusedAsync<Shortfall>("nvidia", new PayExternalCash(Money("1 USD"), ExternalCategory.Opex))).ShouldNotBeNull();
    }

    [Fact]
    public async Task Two_companies_that_void_against_each_other_at_the_same_time_both_get_an_answer()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterCarefulAsync("a", "1000 USD");
        await book.RegisterCarefulAsync("b", "1000 USD");
        for (var i = 0; i < 10; i++)
        {
            var toB = (await book.AcceptedAsync("a", new PayPurchase(Company("b"), Money("1 USD")))).Events.Single();
            var toA = (await book.AcceptedAsync("b", new PayPurchase(Company("a"), Money("1 USD")))).Events.Single();
            var replies = await Task.WhenAll(
                book.SendAsync(Order($"void-a-{i}", "a", new VoidEvent(toB.Header.Id, "a mistake"))),
                book.SendAsync(Order($"void-b-{i}", "b", new VoidEvent(toA.Header.Id, "a mistake"))));
            foreach (var refused in replies.OfType<CommandReply.Refused>())
            {
                (refused.Refusal is VoidInProgress or PayerRefused { PayerCode: "void-in-progress" }).ShouldBeTrue(refused.Refusal.ToString());
            }

            // One after the other it works.
            (await book.SendAsync(Order($"void-a-{i}", "a", new VoidEvent(toB.Header.Id, "a mistake")))).ShouldBeOfType<CommandReply.Accepted>();
            (await book.SendAsync(Order($"void-b-{i}", "b", new VoidEvent(toA.Header.Id, "a mistake")))).ShouldBeOfType<CommandReply.Accepted>();
        }

        await book.Session.SettleAsync();
    }

    [Theory]
    [InlineData("nvidia", "amd", "nvidia StepPaid")]
    [InlineData("nvidia", "someone", "nvidia StepPaid")]
    [InlineData("someone", "amd", "amd ExternalCashReceived")]
    public async Task A_priced_transfer_is_paid_by_the_buyer_or_taken_in_by_the_seller(string buyer, string seller, string posting)
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai", holder: seller);
        await book.RegisterAsync("nvidia");
        await book.RegisterAsync("amd");
        var before = await book.CountAsync();
        await book.AcceptedAsync("openai", new TransferShares(Holder(seller), Holder(buyer), Common, Shares("10"), Money("3 USD")));
        (await book.StoryAsync(before)).ShouldBe(["openai SharesTransferred pending", $"{posting} posting", "openai StepPosted closing"]);
    }

    [Fact]
    public async Task A_priced_transfer_between_holders_outside_moves_no_cash_of_the_book()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai", holder: "someone");
        var before = await book.CountAsync();
        await book.AcceptedAsync("openai", new TransferShares(Holder("someone"), Holder("another"), Common, Shares("10"), Money("3 USD")));
        (await book.StoryAsync(before)).ShouldBe(["openai SharesTransferred"]);
    }

    [Fact]
    public async Task The_reply_to_a_priced_transfer_holds_the_payment_so_that_a_careful_seller_can_count_it_before_it_spends_it()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai", holder: "amd");
        await book.RegisterAsync("nvidia");
        await book.RegisterCarefulAsync("amd");
        var transfer = await book.AcceptedAsync("openai", new TransferShares(Holder("amd"), Holder("nvidia"), Common, Shares("10"), Money("3 USD")));
        await book.Session.CountReceiptAsync(Company("amd"), transfer.Events.Single(written => written.Event is StepPaid));
        await book.AcceptedAsync("amd", new PayExternalCash(Money("30 USD"), ExternalCategory.Opex));
    }

    [Fact]
    public async Task A_sale_to_an_investor_outside_posts_itself()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        var before = await book.CountAsync();
        await book.AcceptedAsync("openai", Hundred with { Investor = Holder("someone") });
        (await book.StoryAsync(before)).ShouldBe(["openai SharesIssued pending", "openai ExternalCashReceived posting"]);
        await book.RestartAsync();
        (await book.CountAsync()).ShouldBe(before + 2);
    }

    [Fact]
    public async Task A_convertible_is_registered_paid_and_converted()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        await book.RegisterAsync("nvidia");
        var before = await book.CountAsync();
        var note = Value.Parse<ConvertibleId>("note");
        await book.AcceptedAsync("openai", new SellConvertible(note, Holder("nvidia"), Money("100 USD"), Common, Money("4 USD")));
        await book.AcceptedAsync("openai", new ConvertConvertible(note, Common));
        (await book.StoryAsync(before)).ShouldBe(
            ["openai ConvertibleRegistered pending", "nvidia InvestmentMade posting", "openai StepPosted closing", "openai ConvertibleConverted"]);
    }

    [Fact]
    public async Task A_warrant_is_exercised_against_the_holders_cash()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("amd");
        await book.RegisterCarefulAsync("openai", "10 USD");
        var warrant = Value.Parse<WarrantId>("w");
        await book.AcceptedAsync("amd", new GrantWarrant(warrant, Holder("openai"), Common, Money("1 USD"), [new("first", Shares("20"), null)]));
        await book.AcceptedAsync("amd", new VestWarrant(warrant, "first"));
        (await book.RefusedAsync<PayerRefused>("amd", new ExerciseWarrant(warrant, Shares("11")))).PayerCode.ShouldBe("shortfall");
        var before = await book.CountAsync();
        await book.AcceptedAsync("amd", new ExerciseWarrant(warrant, Shares("10")));
        (await book.StoryAsync(before)).ShouldBe(["amd WarrantExercised pending", "openai StepPaid posting", "amd StepPosted closing"]);
    }

    [Fact]
    public async Task Thousands_of_orders_that_write_nothing_behind_a_step_are_all_answered()
    {
        await using var book = await OpenBook.OpenAsync();
        await book.RegisterIssuerAsync("openai");
        await book.RegisterAsync("nvidia");
        var sale = Order("sale", "openai", Hundred);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8_000).Select(i => book.SendAsync(
            i % 2 == 0 ? sale : Order($"refused-{i}", "openai", new VestWarrant(Value.Parse<WarrantId>("none"), "first")))));
        replies.OfType<CommandReply.Accepted>().Count().ShouldBe(4_000);
    }
}
