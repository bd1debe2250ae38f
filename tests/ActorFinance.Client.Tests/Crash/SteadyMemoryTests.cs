using System.Globalization;
using Xunit.Abstractions;

namespace ActorFinance.Client.Tests.Crash;

/// <summary>
/// A service that is asked, followed and left again and again, by clients of every kind, and whose book does not grow meanwhile, keeps no more memory after the last rounds
/// than after the first ones. At the usual effort a minute's worth of a busy service; 60 times that is an hour's.
/// </summary>
public sealed class SteadyMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Warm = 3;
    private const int Subscribers = 10;
    private const int Questions = 40;
    private const int Events = 400;

    /// <summary>What chance may add to a heap of some tens of megabytes.</summary>
    private const double Slack = 12e6;

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Clients_that_come_and_go_leave_nothing_behind()
    {
        // Small young generations, so that the heap is looked through often.
        var environment = new Dictionary<string, string> { ["DOTNET_gcServer"] = "0", ["DOTNET_GCgen0size"] = "800000" };
        using var service = await ServiceProcess.StartAtAsync(_folder.Path, "http://127.0.0.1:0", environment, "--grpc-url", "http://127.0.0.1:0");
        using var client = new ActorFinanceClient(Book.Impatient(service.Url));
        await Book.OpenAsync(client);
        List<Command> commands = [.. Enumerable.Range(0, Events).Select(i => Book.Pay($"order-{i}", i))];
        await client.Commands.SendAsync(commands);
        await client.Subscriptions.Durable("steady").CreateAsync();
        var heaps = new List<double>();
        for (var round = 1; round <= Warm + Effort.Samples(7); round++)
        {
            await RoundAsync(service, commands);
            heaps.Add(await HeapAsync(service));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {heaps[^1] / 1e6:0.0} MB"));
        }

        // Between two full collections the heap climbs: what counts is how low it comes down again.
        var warm = heaps.Take(Warm).Max();
        warm.ShouldBeGreaterThan(0);
        heaps.Skip(heaps.Count / 2).Min().ShouldBeLessThan(warm + Slack);
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

    /// <summary>What the last collection left, in bytes.</summary>
    private static async Task<double> HeapAsync(ServiceProcess service)
    {
        var page = await service.Client.GetStringAsync("/metrics");
        return page.Split('\n')
            .Where(line => line.StartsWith("dotnet_gc_last_collection_heap_size_bytes{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }
}
