using System.Text.Json.Serialization;

namespace ActorFinance.Client;

/// <summary>How far a job is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
public enum JobState
{
    /// <summary>Others are before it.</summary>
    Waiting = 1,
    Running,
    Done,

    /// <summary>It has no answer; its problem says why.</summary>
    Failed,
    Cancelled,
}

/// <summary>Long work of the service.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Such as <c>what-if</c> or <c>promote</c>.</param>
/// <param name="State">How far it is.</param>
/// <param name="Owner">Who began it.</param>
/// <param name="Created">When it was asked for.</param>
/// <param name="Started">When it began; null while it waits.</param>
/// <param name="Ended">When it was over; null before.</param>
/// <param name="Progress">How much is done, from 0 to 1.</param>
/// <param name="Problem">Why it has no answer.</param>
public sealed record JobStatus(
    [property: JsonPropertyName("job")] string Id, string Kind, JobState State, string Owner, DateTimeOffset Created, DateTimeOffset? Started, DateTimeOffset? Ended, double Progress, Problem? Problem);
