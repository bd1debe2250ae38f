using System.Data.Common;
using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Hosting;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;
using ActorFinance.Service.Jobs;
using ActorFinance.Service.Streaming;
using ActorFinance.Service.Streaming.Durable;
using Akka.Actor;

namespace ActorFinance.Service.Hosting;

/// <summary>The journal that the service holds, with its companies, its projections and its one live reading for all streams.</summary>
internal sealed class RunningJournal : IAsyncDisposable
{
    private RunningJournal(JournalSession session, JournalSignal written, StreamTail tail, DurableSubscriptions subscriptions, ServiceOptions options) =>
        (Session, Written, Tail, Subscriptions, Jobs, JobBook, Readiness) = (session, written, tail, subscriptions, new(options), new(session.Reader), new(this, options));

    public JournalSession Session { get; }

    public IJournalReader Reader => Session.Reader;

    public CompanyDirectory Directory => Session.Directory;

    public IActorRef Projection => Session.Projection!;

    /// <summary>Of whoever writes the journal.</summary>
    public WriteTurns Turns { get; } = new();

    /// <summary>Of whoever writes what is kept of branches: one at a time.</summary>
    public WriteTurns BranchTurns { get; } = new();

    /// <summary>Reads all of the journal: one at a time.</summary>
    public SemaphoreSlim Verifying { get; } = new(1, 1);

    /// <summary>Raised when something is on disk.</summary>
    public JournalSignal Written { get; }

    public StreamTail Tail { get; }

    public DurableSubscriptions Subscriptions { get; }

    public JobBoard Jobs { get; }

    public Readiness Readiness { get; }

    /// <summary>For jobs only.</summary>
    public JobBook JobBook { get; }

    /// <exception cref="ServiceStartException">Another writer holds the journal, or it cannot be opened, or is damaged.</exception>
    public static async Task<RunningJournal> OpenAsync(ServiceOptions options, CancellationToken cancellation)
    {
        var written = new JournalSignal();
        try
        {
            var opening = await JournalSession.OpenAsync(options.Journal, new() { WithProjections = true, Written = written.Raise }, cancellation).ConfigureAwait(false);
            if (!opening.Succeeded(out var session, out var error))
            {
                throw new ServiceStartException(StartFault.Machine, error.Message);
            }

            var last = await session.Reader.LastOffsetAsync(cancellation).ConfigureAwait(false);
            var subscriptions = await OpenSubscriptionsAsync(session, options, cancellation).ConfigureAwait(false);
            return new(session, written, new StreamTail(session.Reader, written, new(last)), subscriptions, options);
        }
        catch (Exception damage) when (damage is CorruptEventException or CorruptJournalException)
        {
            throw new ServiceStartException(StartFault.Journal, $"{damage.Message}\nThe journal is damaged; 'actorfinance verify' lists all faults.");
        }
        catch (SubmitFailedException failed)
        {
            throw new ServiceStartException(StartFault.Journal, $"what a company has to finish cannot be finished: {failed.Message}");
        }
    }

    private static async Task<DurableSubscriptions> OpenSubscriptionsAsync(JournalSession session, ServiceOptions options, CancellationToken cancellation)
    {
        try
        {
            var store = await JournalStore.Of(options.Journal).OpenSubscriptionsAsync(cancellation).ConfigureAwait(false);
            return await DurableSubscriptions.OpenAsync(store, options.Clock, options.Lease, cancellation).ConfigureAwait(false);
        }
        catch (DbException failure)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw new ServiceStartException(StartFault.Machine, $"what is kept of durable subscriptions cannot be opened: {failure.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Readiness.DisposeAsync().ConfigureAwait(false);
        await Jobs.DisposeAsync().ConfigureAwait(false);
        await Tail.DisposeAsync().ConfigureAwait(false);
        await Subscriptions.DisposeAsync().ConfigureAwait(false);
        await Session.DisposeAsync().ConfigureAwait(false);
        Verifying.Dispose();
        await Turns.DisposeAsync().ConfigureAwait(false);
        await BranchTurns.DisposeAsync().ConfigureAwait(false);
    }
}
