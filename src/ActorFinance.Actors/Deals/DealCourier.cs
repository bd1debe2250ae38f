using Akka.Actor;

namespace ActorFinance.Actors.Deals;

/// <summary>Delivers one message at least once: sends it, and sends it again at growing intervals, until its parent stops it. Has no journal; the parent's is enough.</summary>
internal sealed class DealCourier : UntypedActor, IWithTimers
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly IActorRef _gateway;
    private readonly object _message;
    private TimeSpan _pause = FirstPause;

    public DealCourier(IActorRef gateway, object message)
    {
        _gateway = gateway;
        _message = message;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef gateway, object message) => Akka.Actor.Props.Create(() => new DealCourier(gateway, message));

    protected override void PreStart() => Send();

    protected override void OnReceive(object message) => Send();

    private void Send()
    {
        _gateway.Tell(_message, Context.Parent);
        Timers.StartSingleTimer("again", SendAgain.Instance, _pause);
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
    }

    private sealed record SendAgain
    {
        public static SendAgain Instance { get; } = new();
    }
}
