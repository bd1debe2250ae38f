using System.Diagnostics;

namespace ActorFinance.Benchmarks.Runs;

/// <summary>What a run over a number of events took. Processor time hardly depends on what else the machine does; the rate does.</summary>
internal sealed record Cost(double EventsPerSecond, double MicrosecondsOfProcessor, double MicrosecondsOfPauses, double BytesAllocated)
{
    public static async Task<Cost> OfAsync(int events, Func<Task> run)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (processor, pauses, allocated) = (process.TotalProcessorTime, GC.GetTotalPauseDuration(), GC.GetTotalAllocatedBytes());
        var clock = Stopwatch.StartNew();
        await run();
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        return new(
            events / seconds,
            (process.TotalProcessorTime - processor).TotalMicroseconds / events,
            (GC.GetTotalPauseDuration() - pauses).TotalMicroseconds / events,
            (double)(GC.GetTotalAllocatedBytes() - allocated) / events);
    }
}
