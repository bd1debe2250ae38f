using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Streaming.Durable;

/// <summary>One consumer's hold of a durable subscription, from when it connects until another does. Changed under the subscription's lock.</summary>
/// <param name="consumer">What the consumer calls itself.</param>
/// <param name="epoch">The number that its acknowledgements carry.</param>
/// <param name="delivered">What it need not be sent.</param>
internal sealed class ConsumerSession(string consumer, long epoch, Offset delivered) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    public string Consumer { get; } = consumer;

    public long Epoch { get; } = epoch;

    /// <summary>How far it has been sent: it can acknowledge nothing beyond.</summary>
    public Offset Delivered { get; set; } = delivered;

    /// <summary>Parked events that were sent to it again.</summary>
    public HashSet<long> Replayed { get; } = [];

    /// <summary>Raised when something parked is wanted again.</summary>
    public JournalSignal Wanted { get; } = new();

    /// <summary>Its stream is open.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>When it last said something.</summary>
    public long HeardAt { get; set; }

    /// <summary>Why it was ended by the service.</summary>
    public Problem? EndedBy { get; private set; }

    public CancellationToken Ended => _ended.Token;

    public void End(Problem by)
    {
        EndedBy = by;
        _ended.Cancel();
    }

    public void Dispose() => _ended.Dispose();
}
