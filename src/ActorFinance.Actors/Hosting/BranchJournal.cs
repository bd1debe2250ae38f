using ActorFinance.Actors.Branches;
using ActorFinance.Journal;
using ActorFinance.Journal.Contracts;
using ActorFinance.Model;
using Akka.Actor;

namespace ActorFinance.Actors.Hosting;

/// <summary>All branches that were ever kept of a journal, by id.</summary>
public sealed record KeptBranches(IReadOnlyList<KeptBranch> All)
{
    /// <summary>By its name, else by what it was first called.</summary>
    public KeptBranch? Find(BranchId name) => All.FirstOrDefault(branch => branch.Name == name) ?? All.FirstOrDefault(branch => branch.Id == name);

    /// <summary>Why the name cannot be given to a branch; null when it can: no two are ever called the same.</summary>
    public BranchRefusal? Taken(BranchId name) =>
        Find(name) is { } branch ? new("branch-exists", $"'{name}' is {(branch.Name == name ? "" : "or was ")}the name of a branch{(branch.IsArchived ? " that is archived" : "")}") : null;
}

/// <summary>
/// The kept branches of a journal, in a journal of their own beside it: the journal itself is never written by a branch. Reading takes no lock; for writing
/// it is open in one process at a time.
/// </summary>
public sealed class BranchJournal : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly string _name;
    private readonly IHeldJournal _held;
    private readonly ActorSystem _system;
    private readonly TimeProvider _clock;

    private BranchJournal(string name, IHeldJournal held, ActorSystem system, TimeProvider clock) => (_name, _held, _system, _clock) = (name, held, system, clock);

    /// <summary>Where the branches of a journal are: in <c>book.db.branches.db</c>, or in a schema of their own.</summary>
    public static IJournalStore StoreOf(string journal) => JournalStore.Of(journal).Beside("branches");

    /// <summary>All that were ever kept, by id, archived ones too; none when nothing was.</summary>
    /// <exception cref="CorruptEventException">A row cannot be decoded.</exception>
    /// <exception cref="CorruptJournalException">A row is missing, changed or out of its turn.</exception>
    public static async Task<JournalOpening<KeptBranches>> ReadAsync(string journal, CancellationToken cancellation = default)
    {
        if (!StoreOf(journal).OpenReader().Succeeded(out var reader, out var error))
        {
            return error.Kind == JournalOpenErrorKind.NotFound ? new KeptBranches([]) : error;
        }

        await using var _ = reader.ConfigureAwait(false);
        var branches = new SortedDictionary<BranchId, (KeptBranch Branch, Digest LastHash)>();
        await foreach (var batch in reader.ReadAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            using (batch)
            {
                foreach (var row in batch)
                {
                    var envelope = BranchCodec.Decode(row.Manifest, row.Payload);
                    var (before, hash) = branches.GetValueOrDefault(envelope.Branch, (KeptBranch.Empty(envelope.Branch), HashChain.Zero));
                    if (envelope.PreviousHash != hash)
                    {
                        throw new CorruptJournalException($"fact {envelope.SequenceNumber} of branch '{envelope.Branch}' does not continue the hash chain: a fact before it was changed, lost or reordered");
                    }

                    var next = HashChain.HashOf(row.PersistenceId, envelope.SequenceNumber, row.Manifest, row.Payload.Span);
                    branches[envelope.Branch] = (KeptBranch.Evolve(before, envelope), next);
                }
            }
        }

        return new KeptBranches([.. branches.Values.Select(branch => branch.Branch)]);
    }

    /// <summary>Opens the branches of a journal for writing; it is made when it is not there.</summary>
    /// <param name="journal">Whose branches they are; it is not opened.</param>
    /// <param name="clock">Gives the recorded time.</param>
    /// <param name="configurationFolder">Where the .conf files are, if not beside the program.</param>
    public static JournalOpening<BranchJournal> Open(string journal, TimeProvider clock, string? configurationFolder = null)
    {
        var store = StoreOf(journal);
        return store.Hold().Succeeded(out var held, out var error)
            ? new BranchJournal(store.Name, held, ActorSystem.Create("actorfinance-branches", held.Setup(folder: configurationFolder)), clock)
            : error;
    }

    /// <summary>The branch once what was asked is on disk, or as it is with why it refuses.</summary>
    /// <param name="branch">Whose journal it goes to.</param>
    /// <param name="asked">The fact that would be written.</param>
    /// <param name="issuedBy">Who asks.</param>
    /// <param name="cancellation">Ends the waiting, not the writing.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<(KeptBranch Branch, BranchRefusal? Refusal)> AskAsync(BranchId branch, BranchEvent asked, string? issuedBy = null, CancellationToken cancellation = default)
    {
        var actor = _system.ActorOf(BranchActor.Props(branch, _clock));
        try
        {
            var answered = await actor.Ask<BranchAnswered>(new AskBranch(asked, issuedBy), AnswerWithin, cancellation).ConfigureAwait(false);
            return (answered.Branch, answered.Refusal);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new IOException($"'{_name}' cannot be written: {failure.Message}", failure);
        }
        finally
        {
            await actor.GracefulStop(AnswerWithin).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate().ConfigureAwait(false);
        _held.Dispose();
    }
}
