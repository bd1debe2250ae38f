using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Streaming;

public sealed class DurableSubscriptionTests
{
    [Fact]
    public async Task What_was_acknowledged_does_not_come_again_and_what_was_not_comes_again_in_order_also_after_a_restart()
    {
        await using var service = await BookAsync(10);
        await Consumer.MakeAsync(service.Client, "alerts");
        await using (var first = await Consumer.ConnectAsync(service.Client, "alerts", "a"))
        {
            (await first.TakeAsync(10)).ShouldBe(Upwards(1, 10));
            (await AcknowledgedAsync(await first.AcknowledgeAsync(4))).ShouldBe(4);
        }

        await using (var second = await Consumer.ConnectAsync(service.Client, "alerts", "a"))
        {
            (await second.TakeAsync(6)).ShouldBe(Upwards(5, 10));
            (await AcknowledgedAsync(await second.AcknowledgeAsync(7))).ShouldBe(7);
        }

        await service.RestartAsync();
        await using var third = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        third.Epoch.ShouldBe(3);
        (await third.TakeAsync(3)).ShouldBe(Upwards(8, 10));
        ((long)(await service.GetAsync("/v1/subscriptions/alerts"))["acknowledged"]!).ShouldBe(7);
    }

    [Fact]
    public async Task Nothing_that_was_not_delivered_can_be_acknowledged()
    {
        await using var service = await BookAsync(3);
        await Consumer.MakeAsync(service.Client, "alerts");
        await using var consumer = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        await consumer.TakeAsync(3);
        await ProblemAsync(await consumer.AcknowledgeAsync(4), 409, "not-delivered");
        await ProblemAsync(await consumer.ParkAsync(9, "never seen"), 409, "not-delivered");
        (await AcknowledgedAsync(await consumer.AcknowledgeAsync(3))).ShouldBe(3);
        (await AcknowledgedAsync(await consumer.AcknowledgeAsync(1))).ShouldBe(3, "an acknowledgement that comes late takes nothing back");
        await ProblemAsync(await consumer.ParkAsync(2, "too late"), 409, "not-delivered");
    }

    [Fact]
    public async Task Another_consumer_waits_or_takes_over_and_the_old_ones_word_no_longer_counts()
    {
        await using var service = await BookAsync(3);
        await Consumer.MakeAsync(service.Client, "alerts");
        await using var old = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        await old.TakeAsync(3);
        (await old.AcknowledgeAsync(1)).Dispose();
        await service.ProblemAsync(HttpMethod.Get, "/v1/subscriptions/alerts/stream?consumer=b", 409);

        await using var next = await Consumer.ConnectAsync(service.Client, "alerts", "b", takeOver: true);
        (await old.NextAsync()).ShouldSatisfyAllConditions(told => told.Type.ShouldBe("problem"), told => ((string?)told.Data["code"]).ShouldBe("taken-over"));
        await ProblemAsync(await old.AcknowledgeAsync(3), 409, "taken-over");
        await ProblemAsync(await old.ParkAsync(2, "no"), 409, "taken-over");
        (await next.TakeAsync(2)).ShouldBe(Upwards(2, 3));
        (await AcknowledgedAsync(await next.AcknowledgeAsync(3))).ShouldBe(3);
        next.Epoch.ShouldBeGreaterThan(old.Epoch);
    }

    [Fact]
    public async Task Who_says_nothing_for_the_lease_loses_its_place_and_the_same_consumer_comes_again_at_once()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var service = await BookAsync(3, clock);
        await Consumer.MakeAsync(service.Client, "alerts");
        await using var silent = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        await using var again = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        await service.ProblemAsync(HttpMethod.Get, "/v1/subscriptions/alerts/stream?consumer=b", 409);
        clock.Advance(TimeSpan.FromMinutes(2));
        await using var other = await Consumer.ConnectAsync(service.Client, "alerts", "b");
        (await other.TakeAsync(3)).ShouldBe(Upwards(1, 3));
    }

    [Fact]
    public async Task A_poison_event_is_parked_with_its_reason_listed_replayed_and_then_gone()
    {
        await using var service = await BookAsync(4);
        await Consumer.MakeAsync(service.Client, "alerts");
        await using (var consumer = await Consumer.ConnectAsync(service.Client, "alerts", "a"))
        {
            await consumer.TakeAsync(4);
            (await AcknowledgedAsync(await consumer.ParkAsync(3, "no such company here"))).ShouldBe(3);
            (await AcknowledgedAsync(await consumer.ParkAsync(3, "sent again"))).ShouldBe(3);
            (await AcknowledgedAsync(await consumer.AcknowledgeAsync(4))).ShouldBe(4);
        }

        await service.RestartAsync();
        var parked = (await service.GetAsync("/v1/subscriptions/alerts/parked"))["parked"]!.AsArray().Single()!;
        ((long)parked["offset"]!, (string?)parked["reason"], (int)parked["attempts"]!).ShouldBe((3, "no such company here", 1));

        await using var next = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        using var wanted = await service.Client.PostAsync("/v1/subscriptions/alerts/parked/3/replay", null);
        wanted.IsSuccessStatusCode.ShouldBeTrue(await wanted.Content.ReadAsStringAsync());
        (await next.NextAsync()).ShouldSatisfyAllConditions(sent => sent.Type.ShouldBe("replayed"), sent => sent.Id.ShouldBe(3));

        // Still poison: it is parked once more, and can be asked for again.
        (await AcknowledgedAsync(await next.ParkAsync(3, "still none"))).ShouldBe(4);
        ((int)(await service.GetAsync("/v1/subscriptions/alerts/parked"))["parked"]![0]!["attempts"]!).ShouldBe(2);
        (await service.Client.PostAsync("/v1/subscriptions/alerts/parked/3/replay", null)).Dispose();
        (await next.NextAsync()).Type.ShouldBe("replayed");
        (await AcknowledgedAsync(await next.AcknowledgeAsync(3))).ShouldBe(4);
        (await service.GetAsync("/v1/subscriptions/alerts/parked"))["parked"]!.AsArray().ShouldBeEmpty();
        await service.ProblemAsync(HttpMethod.Post, "/v1/subscriptions/alerts/parked/3/replay", 404);
    }

    [Fact]
    public async Task A_parked_event_that_was_asked_for_while_nobody_consumed_comes_to_the_next_consumer_and_can_be_given_up()
    {
        await using var service = await BookAsync(4);
        await Consumer.MakeAsync(service.Client, "alerts");
        await using (var consumer = await Consumer.ConnectAsync(service.Client, "alerts", "a"))
        {
            await consumer.TakeAsync(4);
            (await consumer.ParkAsync(1, "one")).Dispose();
            (await consumer.ParkAsync(2, "two")).Dispose();
        }

        (await service.Client.PostAsync("/v1/subscriptions/alerts/parked/1/replay", null)).Dispose();
        await service.RestartAsync();
        await using var next = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        (await next.NextAsync()).ShouldSatisfyAllConditions(sent => sent.Type.ShouldBe("replayed"), sent => sent.Id.ShouldBe(1));
        (await next.TakeAsync(2)).ShouldBe(Upwards(3, 4));
        (await service.Client.DeleteAsync("/v1/subscriptions/alerts/parked/2")).Dispose();
        (await service.GetAsync("/v1/subscriptions/alerts/parked"))["parked"]!.AsArray().Select(one => (long)one!["offset"]!).ShouldBe([1]);
    }

    [Fact]
    public async Task A_heartbeat_can_be_acknowledged_so_that_a_filtered_subscription_moves_on()
    {
        await using var service = await BookAsync(5);
        await Consumer.MakeAsync(service.Client, "dividends", new { type = "dividend-declared" });
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var epoch = 0L;
        await foreach (var sent in EventStream.ReadAsync(service.Client, "?consumer=a", cancellation: patience.Token, address: "/v1/subscriptions/dividends/stream"))
        {
            if (sent.Type == "epoch")
            {
                epoch = (long)sent.Data["epoch"]!;
            }
            else if (sent.Id == 5)
            {
                sent.Type.ShouldBe("heartbeat");
                break;
            }
        }

        (await AcknowledgedAsync(await service.Client.PostAsJsonAsync("/v1/subscriptions/dividends/acknowledge", new { epoch, offset = 5 }))).ShouldBe(5);
    }

    [Fact]
    public async Task Made_twice_it_is_the_same_one_with_another_filter_it_is_refused_and_deleted_it_is_gone()
    {
        await using var service = await BookAsync(3);
        var made = await Consumer.MakeAsync(service.Client, "alerts", new { party = "nvidia", from = "now" });
        ((long)made["acknowledged"]!).ShouldBe(3);
        JsonNode.DeepEquals(await Consumer.MakeAsync(service.Client, "alerts", new { party = "nvidia", from = "beginning" }), made).ShouldBeTrue();
        using var other = await service.Client.PutAsJsonAsync("/v1/subscriptions/alerts", new { party = "openai" });
        await RunningService.ProblemOf(other, 409);
        (await service.GetAsync("/v1/subscriptions"))["subscriptions"]!.AsArray().Select(one => (string?)one!["name"]).ShouldBe(["alerts"]);

        await using var consumer = await Consumer.ConnectAsync(service.Client, "alerts", "a");
        (await service.Client.DeleteAsync("/v1/subscriptions/alerts")).Dispose();
        (await consumer.NextAsync()).Type.ShouldBe("problem");
        await service.ProblemAsync(HttpMethod.Get, "/v1/subscriptions/alerts", 404);
        await service.RestartAsync();
        (await service.GetAsync("/v1/subscriptions"))["subscriptions"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Alerts", "{}", "subscription")]
    [InlineData("alerts", """{"company":"N"}""", "company")]
    [InlineData("alerts", """{"type":"no-such-event"}""", "type")]
    [InlineData("alerts", """{"from":"yesterday"}""", "from")]
    [InlineData("alerts", """{"form":"now"}""", "form")]
    [InlineData("alerts", """{"from":1}""", "from")]
    [InlineData("alerts", "[]", "body")]
    [InlineData("alerts", "", "body")]
    public async Task What_is_wrong_with_a_new_one_is_named(string name, string body, string field)
    {
        await using var service = await RunningService.StartAsync();
        var problem = await service.ProblemAsync(HttpMethod.Put, $"/v1/subscriptions/{name}", 400, RunningService.Json(body));
        ((string?)problem["errors"]![0]!["field"]).ShouldBe(field);
    }

    private static async Task<RunningService> BookAsync(int events, TimeProvider? clock = null)
    {
        var service = await RunningService.StartAsync(options => options with { Heartbeat = TimeSpan.FromMilliseconds(50), Clock = clock ?? TimeProvider.System });
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai"), .. Enumerable.Range(0, events - 2).Select(i => Orders.Pay($"order-{i}", "openai", "nvidia", 1))]);
        return service;
    }

    private static IEnumerable<long> Upwards(long from, long to) => Enumerable.Range((int)from, (int)(to - from + 1)).Select(offset => (long)offset);

    private static async Task<long> AcknowledgedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            response.IsSuccessStatusCode.ShouldBeTrue(text);
            return (long)JsonNode.Parse(text)!["acknowledged"]!;
        }
    }

    private static async Task ProblemAsync(HttpResponseMessage response, int status, string code)
    {
        using (response)
        {
            ((string?)(await RunningService.ProblemOf(response, status))["code"]).ShouldBe(code);
        }
    }
}
