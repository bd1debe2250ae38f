using System.Diagnostics;
using ActorFinance.Benchmarks.Runs;
using ActorFinance.Contract.V1;
using Grpc.Net.Client;

namespace ActorFinance.Benchmarks.Measures;

/// <summary>One subscriber over gRPC that reads from the beginning; each offset is looked at.</summary>
internal static class GrpcCatchUp
{
    /// <returns>Events a second.</returns>
    public static async Task<double> RunAsync(ServiceProcess service, long last)
    {
        using var channel = GrpcChannel.ForAddress(service.GrpcUrl);
        var clock = Stopwatch.StartNew();
        using var call = new EventStream.EventStreamClient(channel).Read(new() { From = "beginning" });
        var seen = 0L;
        while (seen < last && await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            foreach (var one in call.ResponseStream.Current.Events)
            {
                seen = one.Offset == seen + 1 ? one.Offset : throw new InvalidOperationException($"offset {one.Offset} after {seen}");
            }
        }

        return last / clock.Elapsed.TotalSeconds;
    }
}
