namespace ActorFinance.Journal.Subscriptions;

/// <summary>A durable subscription as it is kept: what it wants, and how far it has been handled.</summary>
/// <param name="Name">A slug.</param>
/// <param name="Owner">Whose it is: the name of the key that made it.</param>
/// <param name="Company">Filters; null wants all.</param>
/// <param name="Type">As <paramref name="Company"/>.</param>
/// <param name="Deal">As <paramref name="Company"/>.</param>
/// <param name="Party">As <paramref name="Company"/>.</param>
/// <param name="Acknowledged">Everything up to this offset is handled, parked, or not wanted.</param>
/// <param name="Epoch">How often a consumer has connected: the number of the one whose word counts.</param>
public sealed record StoredSubscription(string Name, string Owner, string? Company, string? Type, string? Deal, string? Party, long Acknowledged, long Epoch);

/// <summary>An event that a consumer could not handle and laid aside.</summary>
/// <param name="Subscription">Whose.</param>
/// <param name="Offset">Which event.</param>
/// <param name="Reason">In the consumer's words.</param>
/// <param name="ParkedTicks">When, in UTC ticks.</param>
/// <param name="Attempts">How often it was parked.</param>
/// <param name="IsWanted">It is to be delivered again.</param>
public sealed record ParkedEvent(string Subscription, long Offset, string Reason, long ParkedTicks, int Attempts, bool IsWanted);

/// <summary>One change of what is kept.</summary>
public abstract record SubscriptionChange
{
    private SubscriptionChange()
    {
    }

    public sealed record Save(StoredSubscription Subscription) : SubscriptionChange;

    public sealed record Delete(string Name) : SubscriptionChange;

    public sealed record Park(ParkedEvent Event) : SubscriptionChange;

    public sealed record Unpark(string Subscription, long Offset) : SubscriptionChange;
}
