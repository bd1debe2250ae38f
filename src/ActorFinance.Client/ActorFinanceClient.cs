using ActorFinance.Client.Transport;

namespace ActorFinance.Client;

/// <summary>
/// An ActorFinance service: commands, questions, subscriptions. Safe to use from many threads; one for the life of a program is right. Requests are sent
/// again, with pauses, when the service cannot be reached, is busy, or breaks: a command has one effect however often it is sent.
/// </summary>
public sealed class ActorFinanceClient : IDisposable
{
    private readonly ServiceConnection _connection;

    /// <param name="options">Copied: later changes have no effect.</param>
    public ActorFinanceClient(ActorFinanceClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _connection = new(options);
        Commands = new(_connection);
        Questions = new(_connection);
        Subscriptions = new(_connection);
        Jobs = new(_connection);
        Branches = new(_connection, Jobs);
    }

    /// <summary>Orders to companies.</summary>
    public CommandClient Commands { get; }

    /// <summary>Questions to the book, at any time and as known at any point.</summary>
    public QuestionClient Questions { get; }

    /// <summary>The stream of events.</summary>
    public SubscriptionClient Subscriptions { get; }

    /// <summary>What-ifs and simulations.</summary>
    public JobClient Jobs { get; }

    /// <summary>What-ifs that are kept by name.</summary>
    public BranchClient Branches { get; }

    public void Dispose() => _connection.Dispose();
}
