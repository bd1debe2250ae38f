using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Service.Tests.Health;

/// <summary>A command's way from the request to the disk and back, as a collector of OTLP gets it from the program.</summary>
public sealed class TracingTests : IDisposable
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Caller = "b7ad6b7169203331";

    private static readonly ShareClassId Common = Value.Parse<ShareClassId>("common");

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_commands_way_is_one_trace_from_the_caller_to_the_disk_with_its_ids()
    {
        await using var collector = await Collector.StartAsync();
        var environment = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        };
        using (var service = await ServiceProcess.StartAtAsync(_folder.Path, "http://127.0.0.1:0", environment))
        {
            await SendAsync(service, Orders.Register("nvidia"));
            await SendAsync(service, Orders.Register("openai"));
            await SendAsync(service, Orders.Of("class-1", "openai", new CreateShareClass(Common, Value.Parse<Quantity>("1"))));
            (await service.Client.GetStringAsync("/health/ready")).ShouldContain("ready");
            var sale = Orders.Of("sale-7", "openai", new SellShares(HolderId.Of(Company("nvidia")), Common, Value.Parse<Money>("50 USD"), Value.Parse<Money>("5 USD"))) with { Deal = Value.Parse<DealId>("DEAL-7") };
            await SendAsync(service, sale, $"00-{Trace}-{Caller}-01");
            (await service.TerminateAsync()).ShouldBe(0);
        }

        var spans = collector.Spans.Where(span => span.Trace == Trace).ToList();
        var request = spans.Single(span => span.Parent == Caller);
        request.Name.ShouldBe("POST /v1/commands");
        request.Attributes["actorfinance.command.ids"].ShouldBe("sale-7");
        request.Attributes["actorfinance.deal.ids"].ShouldBe("DEAL-7");

        // What the issuer decided, its pending event, what the payer took, and all of it within the request.
        var under = spans.Where(span => span.Parent == request.Id).ToList();
        spans.Count.ShouldBe(under.Count + 1);
        under.Select(span => span.Name).Distinct(StringComparer.Ordinal).ShouldBe(["decide", "persist", "step"], ignoreOrder: true);
        foreach (var span in under)
        {
            span.Attributes["actorfinance.company"].ShouldBe("openai");
            span.Attributes["actorfinance.commands"].ShouldBe("1");
            span.Attributes["actorfinance.command.ids"].ShouldBe("sale-7");
            span.Attributes["actorfinance.deal.ids"].ShouldBe("DEAL-7");
            (span.Start >= request.Start && span.Start <= span.End && span.End <= request.End).ShouldBeTrue(span.ToString());
        }

        under.Single(span => span.Name == "step").Attributes["actorfinance.counterpart"].ShouldBe("nvidia");
        collector.Services.Distinct(StringComparer.Ordinal).ShouldBe(["actorfinance"]);
        collector.Spans.ShouldAllBe(span => span.Name.StartsWith("POST", StringComparison.Ordinal) || span.Attributes.ContainsKey("actorfinance.company"), "whoever watches is not traced");
        collector.Metrics.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT 'collector' must be the address of an OTLP collector")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "json", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL 'json' must be grpc or http/protobuf")]
    public async Task A_setting_that_the_library_would_pass_over_stops_the_start(string key, string value, string says)
    {
        var started = await CommandLine.RunAsync(_folder.Path, new Dictionary<string, string> { [key] = value }, "serve", "--journal", "book.db", "--url", "http://127.0.0.1:0");
        started.ExitCode.ShouldBe(1, started.ToString());
        started.Err.ShouldContain(says);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task SendAsync(ServiceProcess service, CommandEnvelope command, string? traceparent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/commands") { Content = RunningService.Json(CommandJson.Serialize(command)) };
        if (traceparent is not null)
        {
            request.Headers.Add("traceparent", traceparent);
        }

        using var response = await service.Client.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }
}
