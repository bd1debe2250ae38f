namespace ActorFinance.Client;

/// <summary>How a durable subscription is.</summary>
/// <param name="Name">A slug.</param>
/// <param name="Owner">The name of the key that made it.</param>
/// <param name="Acknowledged">Everything up to this offset is handled, parked, or not wanted.</param>
/// <param name="Epoch">How often a consumer has connected.</param>
/// <param name="Consumer">Who consumes; null: nobody.</param>
/// <param name="Delivered">How far the consumer has been sent.</param>
/// <param name="Parked">How many events are parked.</param>
public sealed record DurableState(string Name, string Owner, long Acknowledged, long Epoch, string? Consumer, long? Delivered, int Parked) : EventFilter;

/// <summary>An event that a consumer laid aside.</summary>
/// <param name="Offset">Which.</param>
/// <param name="Reason">In the consumer's words.</param>
/// <param name="ParkedAt">When.</param>
/// <param name="Attempts">How often it was parked.</param>
/// <param name="IsWanted">It is to be delivered again.</param>
public sealed record ParkedEvent(long Offset, string Reason, DateTimeOffset ParkedAt, int Attempts, bool IsWanted);
