using System.Text;
using System.Text.Json.Nodes;
using ActorFinance.Contract.V1;
using ActorFinance.Service.Security;
using Grpc.Core;
using Grpc.Net.Client;
using EventStream = ActorFinance.Service.Tests.Running.EventStream;
using StreamClient = ActorFinance.Contract.V1.EventStream.EventStreamClient;

namespace ActorFinance.Service.Tests.Grpc;

/// <summary>The stream over gRPC says what the stream over SSE says, and has the same rules.</summary>
public sealed class GrpcStreamTests
{
    [Fact]
    public async Task A_subscriber_gets_the_past_and_then_the_present_as_over_SSE()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai")]);
        var reading = TakeAsync(service, 302);
        for (var batch = 0; batch < 30; batch++)
        {
            await service.SendAsync(Enumerable.Range(batch * 10, 10).Select(i => Orders.Pay($"order-{i}", "openai", "nvidia", i + 1)));
        }

        var events = await reading;
        var sent = await EventStream.TakeAsync(service.Client, 302);
        events.Select(one => one.Offset).ShouldBe(Enumerable.Range(1, 302).Select(offset => (long)offset));
        foreach (var (one, other) in events.Zip(sent.Select(other => other.Data["data"]!)))
        {
            JsonNode.DeepEquals(ToJson(one), other).ShouldBeTrue($"{ToJson(one)}\n{other}");
        }

        Convert.ToHexStringLower(events[^1].PreviousHash.Span).ShouldBe((string?)sent[^1].Data["previoushash"]);
    }

    [Fact]
    public async Task A_subscriber_that_comes_again_goes_on_behind_the_last_it_saw_also_after_a_restart()
    {
        await using var service = await RunningService.StartAsync();
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai"), Orders.Pay("order-1", "openai", "nvidia", 1)]);
        var seen = (await TakeAsync(service, 2))[^1].Offset;
        await service.RestartAsync();
        (await service.SendAsync(Orders.Pay("order-2", "openai", "nvidia", 2))).Dispose();
        (await TakeAsync(service, 2, new() { From = $"{seen}" })).Select(one => one.CommandId).ShouldBe(["order-1", "order-2"]);
    }

    [Theory]
    [InlineData("", "nvidia", "", "", "register-nvidia,back-1,last")]
    [InlineData("", "", "purchase-paid", "", "order-1,back-1,last")]
    [InlineData("", "", "", "other", "register-other,last")]
    [InlineData("3", "", "", "", "order-1,register-other,back-1,last")]
    [InlineData("2000-01-01", "", "company-registered", "", "register-nvidia,register-openai,register-other")]
    public async Task Filters_and_starts_pick_what_they_say(string from, string company, string type, string party, string expected)
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
        var events = await TakeAsync(service, commands.Length, new() { From = from, Filter = new() { Company = company, Type = type, Party = party } });
        events.Select(one => one.CommandId).ShouldBe(commands);
    }

    [Fact]
    public async Task A_heartbeat_moves_a_filtered_stream_on()
    {
        await using var service = await RunningService.StartAsync(options => options with { Heartbeat = TimeSpan.FromMilliseconds(50) });
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai"), Orders.Pay("order-1", "openai", "nvidia", 1)]);
        using var channel = GrpcChannel.ForAddress(service.GrpcUrl);
        using var call = new StreamClient(channel).Read(new() { Filter = new() { Type = "dividend-declared" } }, deadline: DateTime.UtcNow.AddMinutes(1));
        do
        {
            (await call.ResponseStream.MoveNext()).ShouldBeTrue();
            call.ResponseStream.Current.Events.ShouldBeEmpty();
        }
        while (call.ResponseStream.Current.Offset < 3);
    }

    [Theory]
    [InlineData("17", "", StatusCode.OutOfRange, "too-late")]
    [InlineData("yesterday", "", StatusCode.InvalidArgument, "invalid-request")]
    [InlineData("", "no-such-event", StatusCode.InvalidArgument, "invalid-request")]
    public async Task What_is_wrong_is_the_same_problem_as_over_HTTP(string from, string type, StatusCode status, string code)
    {
        await using var service = await RunningService.StartAsync();
        var refused = await Should.ThrowAsync<RpcException>(() => TakeAsync(service, 1, new() { From = from, Filter = new() { Type = type } }));
        refused.StatusCode.ShouldBe(status);
        ProblemOf(refused).ShouldContain($"\"code\":\"{code}\"");
    }

    [Fact]
    public async Task Who_has_no_key_gets_no_stream_and_who_may_read_does()
    {
        using var folder = new TempFolder();
        var (key, entry) = ApiKeys.Create("follower", Role.Read);
        folder.Write("keys.json", $"[{entry}]");
        await using var service = await RunningService.StartAsync(options => options with { Keys = folder["keys.json"], Heartbeat = TimeSpan.FromMilliseconds(50) });
        foreach (var headers in (Metadata[])[[], new() { { "authorization", "Bearer afk_wrong" } }])
        {
            var refused = await Should.ThrowAsync<RpcException>(() => TakeAsync(service, 1, headers: headers));
            refused.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        }

        using var channel = GrpcChannel.ForAddress(service.GrpcUrl);
        using var call = new StreamClient(channel).Read(new(), new Metadata { { "authorization", $"Bearer {key}" } }, DateTime.UtcNow.AddMinutes(1));
        (await call.ResponseStream.MoveNext()).ShouldBeTrue();
    }

    /// <summary>Every method of the contract, without a key and with one that may read; a durable subscription of somebody else's is nobody's business.</summary>
    [Fact]
    public async Task Each_call_needs_a_key_that_may_read_and_a_durable_subscription_of_ones_own()
    {
        using var folder = new TempFolder();
        var (key, entry) = ApiKeys.Create("follower", Role.Read);
        var (other, second) = ApiKeys.Create("other", Role.Write);
        folder.Write("keys.json", $"[{entry},{second}]");
        await using var service = await RunningService.StartAsync(options => options with { Keys = folder["keys.json"], Heartbeat = TimeSpan.FromMilliseconds(50) });
        service.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await Consumer.MakeAsync(service.Client, "alerts");
        using var channel = GrpcChannel.ForAddress(service.GrpcUrl);
        var subscriptions = new Subscriptions.SubscriptionsClient(channel);
        Dictionary<string, Func<Metadata, Task>> calls = new(StringComparer.Ordinal)
        {
            ["actorfinance.v1.EventStream.Read"] = async headers =>
            {
                using var call = new StreamClient(channel).Read(new(), headers);
                await call.ResponseStream.MoveNext();
            },
            ["actorfinance.v1.Subscriptions.Consume"] = async headers =>
            {
                using var call = subscriptions.Consume(new() { Subscription = "alerts", Consumer = "a" }, headers);
                await call.ResponseStream.MoveNext();
            },
            ["actorfinance.v1.Subscriptions.Acknowledge"] = async headers => await subscriptions.AcknowledgeAsync(new() { Subscription = "alerts", Epoch = 1 }, headers),
            ["actorfinance.v1.Subscriptions.Park"] = async headers => await subscriptions.ParkAsync(new() { Subscription = "alerts", Epoch = 1, Reason = "none" }, headers),
        };
        calls.Keys.ShouldBe(ActorfinanceReflection.Descriptor.Services.SelectMany(one => one.Methods).Select(method => method.FullName), ignoreOrder: true);
        foreach (var (name, call) in calls)
        {
            (await StatusOfAsync(call, [])).ShouldBe(StatusCode.Unauthenticated, name);
            (await StatusOfAsync(call, Bearer("afk_wrong"))).ShouldBe(StatusCode.Unauthenticated, name);
            (await StatusOfAsync(call, Bearer(key))).ShouldNotBeOneOf([StatusCode.Unauthenticated, StatusCode.PermissionDenied, StatusCode.Internal]);
            (await StatusOfAsync(call, Bearer(other))).ShouldBe(name.Contains("EventStream", StringComparison.Ordinal) ? StatusCode.OK : StatusCode.PermissionDenied, name);
        }
    }

    [Fact]
    public async Task Streams_of_both_kinds_are_counted_together()
    {
        await using var service = await RunningService.StartAsync(options => options with { StreamsMax = 1 });
        await service.SendAsync([Orders.Register("nvidia")]);
        await using var open = EventStream.ReadAsync(service.Client).GetAsyncEnumerator();
        (await open.MoveNextAsync()).ShouldBeTrue();
        var refused = await Should.ThrowAsync<RpcException>(() => TakeAsync(service, 1));
        refused.StatusCode.ShouldBe(StatusCode.Unavailable);
        ProblemOf(refused).ShouldContain("\"code\":\"busy\"");
    }

    /// <summary>More is written than all buffers between here and there hold, while one subscriber takes nothing.</summary>
    [Fact]
    public async Task Who_takes_nothing_for_too_long_is_told_where_to_go_on_and_misses_nothing_and_nobody_waits_for_it()
    {
        const int Batches = 10;
        const int InBatch = 1_000;
        await using var service = await RunningService.StartAsync(options => options with { StalledAfter = TimeSpan.FromMilliseconds(300) });
        await service.SendAsync([Orders.Register("nvidia"), Orders.Register("openai")]);
        using var channel = GrpcChannel.ForAddress(service.GrpcUrl);
        var client = new StreamClient(channel);
        using var slow = client.Read(new(), deadline: DateTime.UtcNow.AddMinutes(2));
        (await slow.ResponseStream.MoveNext()).ShouldBeTrue();
        var seen = slow.ResponseStream.Current.Events.Select(one => one.Offset).ToList();
        var fast = TakeAsync(service, 2 + (Batches * InBatch));
        for (var batch = 0; batch < Batches; batch++)
        {
            await service.SendAsync(Enumerable.Range(batch * InBatch, InBatch).Select(i => Orders.Pay($"order-{i}", "openai", "nvidia", 1)));
        }

        (await fast).Count.ShouldBe(2 + (Batches * InBatch));
        while ((int)(await service.GetAsync("/v1/status"))["streams"]! > 0)
        {
            await Task.Yield();
        }

        var ended = await Should.ThrowAsync<RpcException>(async () =>
        {
            while (await slow.ResponseStream.MoveNext())
            {
                seen.AddRange(slow.ResponseStream.Current.Events.Select(one => one.Offset));
            }
        });
        ended.StatusCode.ShouldBe(StatusCode.Aborted, ended.ToString());
        ended.Status.Detail.ShouldBe($"too slow, resume at {seen[^1]}");
        seen.Count.ShouldBeLessThan(2 + (Batches * InBatch));
        var rest = await TakeAsync(service, 2 + (Batches * InBatch) - seen.Count, new() { From = $"{seen[^1]}" });
        seen.Concat(rest.Select(one => one.Offset)).ShouldBe(Enumerable.Range(1, 2 + (Batches * InBatch)).Select(offset => (long)offset));
    }

    private static Metadata Bearer(string key) => new() { { "authorization", $"Bearer {key}" } };

    private static async Task<StatusCode> StatusOfAsync(Func<Metadata, Task> call, Metadata headers)
    {
        try
        {
            await call(headers);
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    private static string ProblemOf(RpcException refused) => Encoding.UTF8.GetString(refused.Trailers.GetValueBytes("problem-bin")!);

    private static async Task<IReadOnlyList<Event>> TakeAsync(RunningService service, int count, ReadRequest? request = null, Metadata? headers = null)
    {
        using var channel = GrpcChannel.ForAddress(service.GrpcUrl);
        using var call = new StreamClient(channel).Read(request ?? new(), headers, DateTime.UtcNow.AddMinutes(1));
        var events = new List<Event>();
        while (events.Count < count && await call.ResponseStream.MoveNext())
        {
            events.AddRange(call.ResponseStream.Current.Events);
        }

        return [.. events.Take(count)];
    }

    private static JsonObject ToJson(Event one) => new()
    {
        ["offset"] = one.Offset,
        ["eventId"] = one.EventId,
        ["type"] = one.Type,
        ["company"] = one.Company,
        ["sequenceNumber"] = one.SequenceNumber,
        ["effective"] = Instant.Of(one.Effective.ToDateTimeOffset()).ToString(),
        ["rank"] = one.Rank,
        ["recorded"] = Instant.Of(one.Recorded.ToDateTimeOffset()).ToString(),
        ["known"] = Instant.Of(one.Known.ToDateTimeOffset()).ToString(),
        ["deal"] = Stated(one.Deal),
        ["leg"] = Stated(one.Leg),
        ["tranche"] = Stated(one.Tranche),
        ["step"] = Stated(one.Step),
        ["stepRole"] = Stated(one.StepRole),
        ["commandId"] = one.CommandId,
        ["causationId"] = Stated(one.CausationId),
        ["source"] = Stated(one.Source),
        ["confidence"] = Stated(one.Confidence),
        ["issuedBy"] = Stated(one.IssuedBy),
        ["fields"] = JsonNode.Parse(one.Fields.Span),
    };

    private static JsonNode? Stated(string text) => text.Length == 0 ? null : JsonValue.Create(text);
}
