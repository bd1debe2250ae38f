using Microsoft.Extensions.DependencyInjection;
using ActorFinance.Client.Tests.Faults;
using Xunit.Abstractions;

namespace ActorFinance.Client.Tests.Commands;

public sealed class CommandTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Day = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_command_is_accepted_once_and_its_answer_can_be_read_back_exactly()
    {
        await using var service = await RunningService.StartAsync();
        using var client = new ActorFinanceClient(new() { Url = service.Client.BaseAddress! });
        await Book.OpenAsync(client);
        const decimal Exact = 999_999_999_999_999.0123456789m;
        var command = new Command("openai", Day, Order.PayPurchase("nvidia", new(Exact, "USD")).With("item", "GPU").With("quantity", 12.5m).With("unit", "GW")) { Source = "https://example.com/10-k", Confidence = "high" };
        var first = (await client.Commands.SendAsync(command)).ShouldBeOfType<CommandOutcome.Accepted>();
        first.IsRepeated.ShouldBeFalse();
        var again = (await client.Commands.SendAsync(command)).ShouldBeOfType<CommandOutcome.Accepted>();
        (again.IsRepeated, again.FirstSequenceNumber, again.LastSequenceNumber).ShouldBe((true, first.FirstSequenceNumber, first.LastSequenceNumber));

        var cash = await client.Questions.CashAsync(new() { AtLeast = first.AtLeast });
        cash.Balances.Select(balance => (balance.Company, balance.Amount)).ShouldBe([("nvidia", Exact), ("openai", -Exact)]);
        var paid = (await client.Questions.EventsAsync(new() { Type = "purchase-paid" }).TakenAsync()).Single();
        (paid.CommandId, paid.Source, paid.Confidence, paid.IssuedBy, paid.Counts).ShouldBe((command.Id, "https://example.com/10-k", "high", "local", true));
        paid.Effective.ShouldBe(Day);
    }

    [Fact]
    public async Task A_refusal_is_a_value_with_rule_and_figures_and_bad_input_is_an_error_that_names_the_field()
    {
        await using var service = await RunningService.StartAsync();
        using var client = new ActorFinanceClient(new() { Url = service.Client.BaseAddress! });
        var unknown = (await client.Commands.SendAsync(new Command("nobody", Day, Order.PayPurchase("nvidia", new(1, "USD"))))).ShouldBeOfType<CommandOutcome.Refused>();
        unknown.Code.ShouldBe("unknown-company");
        unknown.Figures.ShouldNotBeNull();

        var invalid = await Should.ThrowAsync<InvalidRequestException>(() => client.Commands.SendAsync(new Command("N", Day, Order.Of("steal"))));
        invalid.Problem!.Errors.ShouldNotBeEmpty();
        (await Should.ThrowAsync<NotFoundException>(() => client.Questions.CashAsync(new() { Company = "nobody" }))).Problem!.Code.ShouldBe("not-found");
        await Should.ThrowAsync<TooLateException>(() => client.Questions.CashAsync(new() { AsKnownOffset = 17 }));
    }

    [Fact]
    public async Task A_batch_is_answered_command_by_command()
    {
        await using var service = await RunningService.StartAsync();
        using var client = new ActorFinanceClient(new() { Url = service.Client.BaseAddress! });
        var outcomes = await client.Commands.SendAsync([Book.Register("openai"), Book.Register("nvidia"), Book.Pay("one", 0), new Command("nobody", Day, Order.PayPurchase("nvidia", new(1, "USD")))]);
        outcomes.Take(3).ShouldAllBe(outcome => outcome is CommandOutcome.Accepted);
        outcomes[3].ShouldBeOfType<CommandOutcome.Refused>().Company.ShouldBe("nobody");
    }

    /// <summary>Whatever breaks between here and there, what was accepted is in the journal once.</summary>
    [Fact]
    public async Task Commands_that_are_sent_again_over_broken_connections_take_effect_once()
    {
        await using var service = await RunningService.StartAsync();
        var seed = Environment.TickCount;
        await using var proxy = new FaultyProxy(service.Client.BaseAddress!, seed, bytesMost: 3_000);
        using var client = new ActorFinanceClient(Book.Impatient(proxy.Url));
        await Book.OpenAsync(client);
        var singles = Enumerable.Range(0, (int)Effort.Samples(200)).Select(i => Book.Pay($"single-{i}", i)).ToList();
        var batches = Enumerable.Range(0, (int)Effort.Samples(40)).Select(batch => Enumerable.Range(batch * 5, 5).Select(i => Book.Pay($"batch-{i}", i)).ToList()).ToList();
        await Parallel.ForEachAsync(singles, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (command, stopped) =>
            (await client.Commands.SendAsync(command, stopped)).ShouldBeOfType<CommandOutcome.Accepted>());
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (batch, stopped) =>
            (await client.Commands.SendAsync(batch, stopped)).ShouldAllBe(outcome => outcome is CommandOutcome.Accepted));
        output.WriteLine($"seed {seed}, {proxy.Cuts} cuts");
        proxy.Cuts.ShouldBeGreaterThan(20);

        using var direct = new ActorFinanceClient(new() { Url = service.Client.BaseAddress! });
        var end = (long)(await service.GetAsync("/v1/status"))["journal"]!["offset"]!;
        var written = await direct.Questions.EventsAsync(new() { AtLeast = new AtLeast(end), PageSize = 1_000 }).TakenAsync();
        written.Select(one => one.CommandId).Order().ShouldBe(singles.Concat(batches.SelectMany(batch => batch)).Select(command => command.Id).Concat(["register-nvidia", "register-openai"]).Order());
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_said_after_the_patience_that_was_asked_for()
    {
        using var client = new ActorFinanceClient(new() { Url = new("http://127.0.0.1:1"), RetryFor = TimeSpan.FromMilliseconds(20), PauseLeast = TimeSpan.FromMilliseconds(1) });
        (await Should.ThrowAsync<ServiceUnavailableException>(() => client.Questions.CashAsync())).Message.ShouldContain("127.0.0.1:1");
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Should.ThrowAsync<OperationCanceledException>(() => client.Subscriptions.SubscribeAsync(cancellation: cancelled.Token).TakenAsync(1, cancelled.Token));
    }

    [Fact]
    public async Task It_is_registered_with_its_options_and_told_who_may_not()
    {
        using var folder = new TempFolder();
        var (key, entry) = Service.Security.ApiKeys.Create("reader", Service.Security.Role.Read);
        folder.Write("keys.json", $"[{entry}]");
        await using var service = await RunningService.StartAsync(options => options with { Keys = folder["keys.json"] });
        await using var services = new ServiceCollection()
            .AddActorFinanceClient(options => (options.Url, options.Key) = (service.Client.BaseAddress!, key))
            .BuildServiceProvider();
        var client = services.GetRequiredService<ActorFinanceClient>();
        client.ShouldBeSameAs(services.GetRequiredService<ActorFinanceClient>());
        (await client.Questions.CashAsync()).Balances.ShouldBeEmpty();
        var denied = await Should.ThrowAsync<AccessDeniedException>(() => client.Commands.SendAsync(Book.Register("acme")));
        denied.Problem!.Code.ShouldBe("forbidden");
    }
}
