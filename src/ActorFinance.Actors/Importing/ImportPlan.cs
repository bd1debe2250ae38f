using System.Buffers.Binary;
using System.Collections.Immutable;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;

namespace ActorFinance.Actors.Importing;

/// <summary>
/// A command and where it came from, for messages: <c>deals.csv:12</c>. <paramref name="OnlyIfUnknown"/>: it registers a company or creates a class
/// that the file needs, and is left out where the journal has it.
/// </summary>
public sealed record ImportItem(CommandEnvelope Command, string Place, bool OnlyIfUnknown = false);

public sealed record ImportRefusal(ImportItem Item, Refusal Refusal);

/// <summary>A command to send, and the companies whose journals it writes to.</summary>
internal sealed record PlannedItem(ImportItem Item, DigestedCommand Command, IReadOnlyList<CompanyId> Companies);

/// <summary>
/// What an import will do, tried out on the states of the companies before anything is written: registrations first, everything else in the
/// order of the file. Commands that the journal has taken already are left out.
/// </summary>
public sealed class ImportPlan
{
    private const int ParallelFrom = 10_000;

    private ImportPlan(IReadOnlyList<PlannedItem> items, IReadOnlyList<ImportRefusal> refusals, int alreadyThere, int events)
    {
        Items = items;
        Refusals = refusals;
        AlreadyThere = alreadyThere;
        Events = events;
    }

    /// <summary>Every refusal of the file, not only the first.</summary>
    public IReadOnlyList<ImportRefusal> Refusals { get; }

    public int AlreadyThere { get; }

    public int Commands => Items.Count;

    public int Events { get; }

    internal IReadOnlyList<PlannedItem> Items { get; }

    /// <summary>Tries the items on the journal behind the reader, or on an empty one.</summary>
    public static async Task<ImportPlan> MakeAsync(IReadOnlyList<ImportItem> items, IJournalReader? reader, TimeProvider clock, CancellationToken cancellation = default)
    {
        var states = reader is null ? [] : await LoadAsync(items, reader, cancellation).ConfigureAwait(false);
        var now = Instant.Of(clock.GetUtcNow());
        var id = Guid.NewGuid().ToByteArray();
        var ids = 0;
        var rehearsal = new Rehearsal(company => states.GetValueOrDefault(company) ?? CompanyState.Empty(company), () => now, NewId);
        var planned = new List<PlannedItem>(items.Count);
        var refusals = new List<ImportRefusal>();
        var alreadyThere = 0;
        var events = 0;
        var digested = Digested(items);
        foreach (var (item, command) in digested.Where(IsRegistration).Concat(digested.Where(pair => !IsRegistration(pair))))
        {
            cancellation.ThrowIfCancellationRequested();
            if (item.OnlyIfUnknown && IsKnown(rehearsal.StateOf(item.Command.Company), item.Command.Command))
            {
                alreadyThere++;
                continue;
            }

            var outcome = rehearsal.Submit(command);
            if (outcome.Refusal is { } refusal)
            {
                refusals.Add(new(item, refusal));
            }
            else if (outcome.Repeated)
            {
                alreadyThere++;
            }
            else
            {
                events += outcome.Events.Length;
                planned.Add(new(item, command, Emitters(outcome.Events)));
            }
        }

        return new(planned, refusals, alreadyThere, events);

        // Random once and then counted: nobody keeps a rehearsal's ids, and each random one is a call of the system.
        Guid NewId()
        {
            BinaryPrimitives.WriteInt32LittleEndian(id, ++ids);
            return new(id);
        }
    }

    /// <summary>A digest needs nothing but its command: large files use all cores.</summary>
    private static List<(ImportItem Item, DigestedCommand Command)> Digested(IReadOnlyList<ImportItem> items) => items.Count < ParallelFrom
        ? [.. items.Select(item => (item, DigestedCommand.Of(item.Command)))]
        : [.. items.AsParallel().AsOrdered().Select(item => (item, DigestedCommand.Of(item.Command)))];

    private static bool IsRegistration((ImportItem Item, DigestedCommand Command) pair) => pair.Item.Command.Command is RegisterCompany;

    private static IReadOnlyList<CompanyId> Emitters(ImmutableArray<EventEnvelope> events) =>
        events is [var only] ? [only.Header.Emitter] : [.. events.Select(envelope => envelope.Header.Emitter).Distinct()];

    private static bool IsKnown(CompanyState state, CompanyCommand command) => command switch
    {
        RegisterCompany => state.IsRegistered,
        CreateShareClass create => state.Ledger.End.Classes.ContainsKey(create.Class),
        _ => false,
    };

    private static async Task<Dictionary<CompanyId, CompanyState>> LoadAsync(IReadOnlyList<ImportItem> items, IJournalReader reader, CancellationToken cancellation)
    {
        var states = new Dictionary<CompanyId, CompanyState>();
        var needed = new HashSet<CompanyId>();
        foreach (var item in items)
        {
            if (CommandParties.Of(item.Command) is not { } parties)
            {
                return await LoadAllAsync(reader, cancellation).ConfigureAwait(false);
            }

            needed.UnionWith(parties);
        }

        foreach (var company in needed)
        {
            states[company] = await reader.ReadStateAsync(company, cancellation).ConfigureAwait(false);
        }

        return states;
    }

    private static async Task<Dictionary<CompanyId, CompanyState>> LoadAllAsync(IJournalReader reader, CancellationToken cancellation)
    {
        var states = new Dictionary<CompanyId, CompanyState>();
        await foreach (var batch in reader.ReadEventsAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            foreach (var recorded in batch)
            {
                var company = recorded.Header.Emitter;
                states[company] = Company.Evolve(states.GetValueOrDefault(company) ?? CompanyState.Empty(company), recorded.Envelope);
            }
        }

        return states;
    }
}
