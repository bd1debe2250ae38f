using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Xunit.Abstractions;

namespace ActorFinance.Client.Tests.Crash;

/// <summary>
/// A service that is asked, followed and left again and again, by clients of every kind, and whose book does not grow meanwhile, keeps no more memory after the last rounds
/// than after the first half of them. At the usual effort a minute's worth of a busy service; 60 times that is an hour's.
/// </summary>
public sealed class SteadyMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 10;
    private const int Latest = 3;
    private const int Subscribers = 10;
    private const int Questions = 40;
    private const int Events = 400;

    /// <summary>What may still be closing when the service is looked at, or fills a pool.</summary>
    private const double Slack = 4e6;

    private const string RuntimeEvents = "Microsoft-Windows-DotNETRuntime";

    /// <summary>The keyword of the runtime's events that makes it collect the whole heap when a listener comes.</summary>
    private const long CollectsAtOnce = 0x800000;

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Clients_that_come_and_go_leave_nothing_behind()
    {
        // It must be asked to collect, also where programs are not to be looked into.
        var environment = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "1" };
        using var service = await ServiceProcess.StartAtAsync(_folder.Path, "http://127.0.0.1:0", environment, "--grpc-url", "http://127.0.0.1:0");
        using var client = new ActorFinanceClient(Book.Impatient(service.Url));
        await Book.OpenAsync(client);
        List<Command> commands = [.. Enumerable.Range(0, Events).Select(i => Book.Pay($"order-{i}", i))];
        await client.Commands.SendAsync(commands);
        await client.Subscriptions.Durable("steady").CreateAsync();
        var heaps = new List<double>();
        for (var round = 1; round <= Effort.Samples(Rounds); round++)
        {
            await RoundAsync(service, commands);
            heaps.Add(await LiveHeapAsync(service));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {heaps[^1] / 1e6:0.0} MB"));
        }

        // What one round leaves to be closed in its own time is gone by one of the next.
        var half = heaps.Count / 2;
        heaps.TakeLast(Latest).Min().ShouldBeLessThan(heaps.Take(half).Max() + Slack);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task RoundAsync(ServiceProcess service, List<Command> commands)
    {
        using var client = new ActorFinanceClient(Book.Impatient(service.Url));
        using var overGrpc = new ActorFinanceClient(Book.Impatient(service.Url, service.GrpcUrl));

        // Each was accepted before: answered again, and nothing is written.
        (await client.Commands.SendAsync(commands)).ShouldAllBe(outcome => outcome is CommandOutcome.Accepted && ((CommandOutcome.Accepted)outcome).IsRepeated);
        await Task.WhenAll(Enumerable.Range(0, Subscribers).Select(async number =>
            (await (number % 2 == 0 ? client : overGrpc).Subscriptions.SubscribeAsync().TakenAsync(Events)).Count.ShouldBe(Events)));
        await foreach (var delivery in overGrpc.Subscriptions.Durable("steady").ConsumeAsync("steady", takeOver: true))
        {
            // Never acknowledged to the end: each round is given the rest.
            if (delivery.Offset >= Events)
            {
                break;
            }
        }

        for (var question = 0; question < Questions; question++)
        {
            await client.Questions.CashAsync(new() { Company = Book.Companies[question % 2] });
            await client.Questions.CircularAsync();
        }
    }

    /// <summary>What is reachable after a full collection, in bytes. The service is made to collect: by itself it may go on for long and be no fuller of what is alive.</summary>
    private static async Task<double> LiveHeapAsync(ServiceProcess service)
    {
        var before = await CollectionsAsync(service);
        using (var session = await new DiagnosticsClient(service.Id).StartEventPipeSessionAsync(new EventPipeProvider(RuntimeEvents, EventLevel.Informational, CollectsAtOnce), requestRundown: false, token: CancellationToken.None))
        {
            await Until.TrueAsync(async () => await CollectionsAsync(service) > before);
            await session.StopAsync(CancellationToken.None);
        }

        return await MetricAsync(service, "dotnet_gc_last_collection_heap_size_bytes");
    }

    private static Task<double> CollectionsAsync(ServiceProcess service) => MetricAsync(service, "dotnet_gc_collections_total", "gc_heap_generation=\"gen2\"");

    /// <summary>All series of that name, or those with the label, together.</summary>
    private static async Task<double> MetricAsync(ServiceProcess service, string name, string label = "")
    {
        var page = await service.Client.GetStringAsync("/metrics");
        List<string> series = [.. page.Split('\n').Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))];
        series.ShouldNotBeEmpty(name);
        return series.Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }
}
