namespace ActorFinance.Service.Jobs;

/// <summary>Counted steps as a part of a job.</summary>
internal sealed class JobSteps(IProgress<double> job, int all) : IProgress<int>
{
    public void Report(int value) => job.Report((double)value / Math.Max(all, 1));
}
