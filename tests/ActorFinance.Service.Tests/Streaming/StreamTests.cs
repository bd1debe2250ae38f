using CloudNative.CloudEvents.SystemTextJson;

namespace ActorFinance.Service.Tests.Streaming;

public sealed class StreamTests
{
    [Fact]
    public async Task A_subscriber_gets_the_past_and_then_the_present_each_event_once_in_order()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai")]);
        var reading = EventStream.TakeAsync(service.Client, 52);
        for (var i = 0; i < 50; i++)
        {
            (await service.SendAsync(Orders.Pay($"order-{i}", "openai", "nvidia", i + 1))).Dispose();
        }

        var events = await reading;
        events.Select(sent => sent.Id).ShouldBe(Enumerable.Range(1, 52).Select(offset => (long)offset));
        events.Select(sent => (string?)sent.Data["data"]!["commandId"]).Skip(2).ShouldBe(Enumerable.Range(0, 50).Select(i => $"order-{i}"));
    }

    [Fact]
    public async Task What_is_sent_is_a_CloudEvent()
    {
        await using var service = await RunningService.StartAsync();
        (await service.SendAsync(Orders.Register("nvidia"))).Dispose();
        var sent = (await EventStream.TakeAsync(service.Client, 1)).Single();
        var cloud = new JsonEventFormatter().DecodeStructuredModeMessage(System.Text.Encoding.UTF8.GetBytes(sent.Data.ToJsonString()), contentType: null, extensionAttributes: null);
        cloud.IsValid.ShouldBeTrue();
        cloud.Type.ShouldBe("actorfinance.company-registered");
        cloud.Source!.ToString().ShouldBe("/v1/companies/nvidia");
        cloud["offset"].ShouldBe("1");
        cloud.Time.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_subscriber_that_comes_again_goes_on_behind_the_last_it_saw_also_after_a_restart()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai"), Orders.Pay("order-1", "openai", "nvidia", 1)]);
        var seen = (await EventStream.TakeAsync(service.Client, 2))[^1].Id;
        await service.RestartAsync();
        (await service.SendAsync(Orders.Pay("order-2", "openai", "nvidia", 2))).Dispose();
        (await EventStream.TakeAsync(service.Client, 2, lastEventId: seen)).Select(sent => (string?)sent.Data["data"]!["commandId"]).ShouldBe(["order-1", "order-2"]);
    }

    [Theory]
    [InlineData("?company=nvidia", "register-nvidia,back-1,last")]
    [InlineData("?type=purchase-paid", "order-1,back-1,last")]
    [InlineData("?party=other", "register-other,last")]
    [InlineData("?from=3", "order-1,register-other,back-1,last")]
    [InlineData("?from=beginning&company=openai&type=purchase-paid", "order-1")]
    [InlineData("?from=2000-01-01&type=company-registered", "register-nvidia,register-openai,register-other")]
    public async Task Filters_and_starts_pick_what_they_say(string query, string expected)
    {
        await using var service = await RunningService.StartAsync();
        (await service.SendAsync(Orders.Register("nvidia"))).Dispose();
        (await service.SendAsync(Orders.Register("openai"))).Dispose();
        (await service.SendAsync(Orders.Of("milestone", "openai", new ReachMilestone("first")))).Dispose();
        (await service.SendAsync(Orders.Pay("order-1", "openai", "nvidia", 1))).Dispose();
        (await service.SendAsync(Orders.Register("other"))).Dispose();
        (await service.SendAsync(Orders.Pay("back-1", "nvidia", "openai", 1))).Dispose();
        (await service.SendAsync(Orders.Pay("last", "nvidia", "other", 1))).Dispose();
        var commands = expected.Split(',');
        var events = await EventStream.TakeAsync(service.Client, commands.Length, query);
        events.Select(sent => (string?)sent.Data["data"]!["commandId"]).ShouldBe(commands);
    }

    [Fact]
    public async Task From_now_on_is_only_what_comes()
    {
        await using var service = await RunningService.StartAsync(options => options with { Heartbeat = TimeSpan.FromMilliseconds(50) });
        (await service.SendAsync(Orders.Register("nvidia"))).Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var stream = EventStream.ReadAsync(service.Client, "?from=now", cancellation: patience.Token).GetAsyncEnumerator();
        (await stream.MoveNextAsync()).ShouldBeTrue();
        stream.Current.ShouldBe(new("heartbeat", 1, stream.Current.Data));
        (await service.SendAsync(Orders.Register("openai"))).Dispose();
        while (stream.Current.Type == "heartbeat" && await stream.MoveNextAsync())
        {
        }

        stream.Current.Id.ShouldBe(2);
    }

    /// <summary>Nothing that it wants comes, and yet it need not read everything again when it comes back.</summary>
    [Fact]
    public async Task A_heartbeat_moves_a_filtered_stream_on()
    {
        await using var service = await RunningService.StartAsync(options => options with { Heartbeat = TimeSpan.FromMilliseconds(50) });
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai"), Orders.Pay("order-1", "openai", "nvidia", 1)]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var sent in EventStream.ReadAsync(service.Client, "?type=dividend-declared", cancellation: patience.Token))
        {
            sent.Type.ShouldBe("heartbeat");
            if (sent.Id == 3)
            {
                ((long)sent.Data["offset"]!).ShouldBe(3);
                return;
            }
        }

        Assert.Fail("the stream ended");
    }

    [Fact]
    public async Task Who_has_seen_more_than_the_journal_has_is_told_so()
    {
        await using var service = await RunningService.StartAsync();
        var problem = await service.ProblemAsync(HttpMethod.Get, "/v1/stream?from=17", 410);
        ((string?)problem["detail"])!.ShouldContain("offset 17");
    }

    /// <summary>More is written than the tail and all buffers between here and there hold, while one subscriber does not read.</summary>
    [Fact]
    public async Task A_subscriber_that_does_not_read_holds_up_nobody_and_misses_nothing()
    {
        const int Batches = 12;
        const int InBatch = 1_000;
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai")]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var slow = EventStream.ReadAsync(service.Client, cancellation: patience.Token).GetAsyncEnumerator();
        (await slow.MoveNextAsync()).ShouldBeTrue();
        var fast = EventStream.TakeAsync(service.Client, 2 + (Batches * InBatch));
        for (var batch = 0; batch < Batches; batch++)
        {
            await service.SendAsync(Enumerable.Range(batch * InBatch, InBatch).Select(i => Orders.Pay($"order-{i}", i % 2 == 0 ? "openai" : "nvidia", i % 2 == 0 ? "nvidia" : "openai", 1)));
        }

        (await fast).Select(sent => sent.Id).ShouldBe(Enumerable.Range(1, 2 + (Batches * InBatch)).Select(offset => (long)offset));
        for (var offset = 1; offset < 2 + (Batches * InBatch); offset++)
        {
            slow.Current.Id.ShouldBe(offset);
            (await slow.MoveNextAsync()).ShouldBeTrue();
        }
    }
}
