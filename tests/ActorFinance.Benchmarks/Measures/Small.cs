using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Diagnosers;

namespace ActorFinance.Benchmarks.Measures;

internal static class Small
{
    public static void Run(RunOptions options, Report report)
    {
        var job = (options.Quick ? Job.Dry : Job.MediumRun).WithToolchain(InProcessEmitToolchain.Instance);
        var artifacts = Directory.CreateTempSubdirectory("actorfinance-small-").FullName;
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(artifacts);
        var summary = BenchmarkRunner.Run<PaymentBenchmarks>(config);
        Directory.Delete(artifacts, recursive: true);
        foreach (var done in summary.Reports)
        {
            var name = done.BenchmarkCase.Descriptor.WorkloadMethod.Name;
            if (done.ResultStatistics is not { } statistics)
            {
                throw new InvalidOperationException($"{name} gave no figures");
            }

            report.Samples(name, "ns", statistics.OriginalValues);
            report.Fact($"{name}, bytes allocated", done.GcStats.GetBytesAllocatedPerOperation(done.BenchmarkCase) ?? 0);
        }
    }
}

/// <summary>What one payment costs beside the disk.</summary>
public class PaymentBenchmarks
{
    private CompanyState _state = null!;
    private CommandEnvelope _command = null!;
    private Digest _digest;
    private EventEnvelope _envelope = null!;
    private StoredEvent _stored = null!;

    [GlobalSetup]
    public void SetUp()
    {
        var id = Value.Parse<CompanyId>(FlowBook.Company(1));
        var usd = Value.Parse<Currency>("USD");
        _state = CompanyState.Empty(id);
        Take(new(Value.Parse<CommandId>("register"), id, Instant.Of(2025, 1, 1), new RegisterCompany(id.Value, usd)));
        for (var i = 0; i < 100; i++)
        {
            _command = new(
                Value.Parse<CommandId>($"csv:{i:0000000000000000}"), id, Instant.Of(2025, 1, 2), new PayPurchase(Value.Parse<CompanyId>(FlowBook.Company(2)), Money.Of(100, usd))) { Rank = i };
            if (i < 99)
            {
                Take(_command);
            }
        }

        _digest = CommandJson.DigestOf(_command);
        _envelope = Envelope(Decided());
        _stored = EventCodec.Encode(_envelope);
    }

    [Benchmark]
    public StoredEvent Encode() => EventCodec.Encode(_envelope);

    [Benchmark]
    public EventEnvelope Decode() => EventCodec.Decode(_stored.Manifest, _stored.Payload);

    [Benchmark]
    public Digest Hash() => HashChain.HashOf("company-00001", 101, _stored.Manifest, _stored.Payload);

    [Benchmark]
    public Digest DigestOfCommand() => CommandJson.DigestOf(_command);

    [Benchmark]
    public CompanyState DecideAndEvolve()
    {
        _ = Decided();
        return Company.Evolve(_state, _envelope);
    }

    private void Take(CommandEnvelope command)
    {
        _command = command;
        _digest = CommandJson.DigestOf(command);
        _state = Company.Evolve(_state, Envelope(Decided()));
    }

    private Decision.Accepted Decided() =>
        Company.Decide(_state, _command, _digest, _ => CashPolicy.AllowShortfall) as Decision.Accepted ?? throw new InvalidOperationException("the payment was refused");

    private EventEnvelope Envelope(Decision.Accepted decided) => Enveloping.Envelop(
        _state.Id, decided.Events[0], _state.LastSequenceNumber + 1, new(Guid.CreateVersion7()), step: null, Instant.Of(2026, 1, 1), HashChain.Zero);
}
