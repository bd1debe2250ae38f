using System.Collections.Immutable;
using ActorFinance.Actors.Companies;
using ActorFinance.Actors.Feed;
using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Projections;
using ActorFinance.Journal;
using ActorFinance.Journal.Reading;
using ActorFinance.Model;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFinance.Actors.Hosting;

/// <summary>What a session runs beside the companies.</summary>
public sealed record SessionOptions
{
    public CompanyLimits Limits { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether the projection runs; an import needs none.</summary>
    public bool WithProjections { get; init; }

    /// <summary>Called after each write, from any thread; must return at once.</summary>
    public Action? Written { get; init; }

    /// <summary>After how many events a checkpoint and a resume point are written beside the journal.</summary>
    public int EventsBetweenCheckpoints { get; init; } = CheckpointFile.EventsWorthwhile;

    /// <summary>Where the .conf files are, if not beside the program.</summary>
    public string? ConfigurationFolder { get; init; }

    /// <summary>HOCON that goes over the files.</summary>
    public string? ConfigurationOverride { get; init; }
}

/// <summary>A journal open for writing in this process: its actor system, its companies, its feed, and the projections that were asked for.</summary>
public sealed class JournalSession : IAsyncDisposable
{
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    private readonly IHeldJournal _held;
    private readonly ActorSystem _system;
    private readonly IActorRef _unfinished;
    private readonly CacheWrites _snapshots;
    private readonly CacheWrites _cacheFiles;
    private int _disposed;

    private JournalSession(
        string name, IHeldJournal held, IJournalReader reader, ActorSystem system, CompanyDirectory directory, IActorRef gateway, IActorRef unfinished, CacheWrites snapshots, CacheWrites cacheFiles, IActorRef? projection)
    {
        Name = name;
        _held = held;
        _system = system;
        _unfinished = unfinished;
        (_snapshots, _cacheFiles) = (snapshots, cacheFiles);
        Reader = reader;
        Directory = directory;
        Gateway = gateway;
        Projection = projection;
    }

    /// <inheritdoc cref="IJournalStore.Name" />
    public string Name { get; }

    /// <inheritdoc cref="IHeldJournal.Lost" />
    public Task<JournalOpenError> Lost => _held.Lost;

    /// <inheritdoc cref="IHeldJournal.Probe" />
    public JournalOpenError? Probe(long value) => _held.Probe(value);

    public IJournalReader Reader { get; }

    public CompanyDirectory Directory { get; }

    public IActorRef Gateway { get; }

    /// <summary>Answers questions about cash, ownership and circular flow; null where it was not asked for.</summary>
    public IActorRef? Projection { get; }

    public ActorSystem System => _system;

    /// <summary>Opens or creates the journal, starts the actors, and waits until what a crash left half done is done.</summary>
    /// <param name="store">Where the journal is.</param>
    /// <param name="options">What runs beside the companies.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="CorruptJournalException">A row is missing or out of its turn.</exception>
    /// <exception cref="Journal.Contracts.CorruptEventException">A row cannot be decoded.</exception>
    /// <exception cref="SubmitFailedException">A company that has something to finish broke.</exception>
    public static async Task<JournalOpening<JournalSession>> OpenAsync(IJournalStore store, SessionOptions options, CancellationToken cancellation = default)
    {
        if (!store.Hold().Succeeded(out var held, out var error))
        {
            return error;
        }

        if (!store.OpenReader().Succeeded(out var reader, out error))
        {
            held.Dispose();
            return error;
        }

        JournalSession session;
        try
        {
            // What other readers and writers kept of it; where there is nothing, from the beginning.
            var from = await ResumeFile.ReadAsync(store.CachePath, reader, cancellation).ConfigureAwait(false);
            var index = options.WithProjections ? await CheckpointFile.ReadAsync(store.CachePath, reader, BookParts.All, cancellation).ConfigureAwait(false) : null;
            var over = ConfigurationFactory.ParseString(options.ConfigurationOverride ?? "").WithFallback(ConfigurationFactory.ParseString(StandardErrorLogger.Configuration));
            session = Start(store, held, reader, options, from, index, ActorSystem.Create("actorfinance", held.Setup(over, options.ConfigurationFolder)));
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            held.Dispose();
            throw;
        }

        try
        {
            await session.SettleAsync(cancellation).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc cref="OpenAsync(IJournalStore, SessionOptions, CancellationToken)" />
    /// <param name="journal">As <see cref="JournalStore.Of"/> takes it.</param>
    /// <param name="options">What runs beside the companies.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static Task<JournalOpening<JournalSession>> OpenAsync(string journal, SessionOptions options, CancellationToken cancellation = default) =>
        OpenAsync(JournalStore.Of(journal), options, cancellation);

    /// <summary>Sends commands to one company, in order; each is answered.</summary>
    /// <exception cref="SubmitFailedException">The company's actor broke: nothing is known of these commands; each can be sent again.</exception>
    public Task<ImmutableArray<CommandReply>> SubmitAsync(CompanyId company, ImmutableArray<CommandEnvelope> commands, CancellationToken cancellation = default) =>
        SubmitAsync(new(company, commands), cancellation);

    /// <inheritdoc cref="SubmitAsync(CompanyId, ImmutableArray{CommandEnvelope}, CancellationToken)" />
    public async Task<ImmutableArray<CommandReply>> SubmitAsync(Submit submit, CancellationToken cancellation = default) =>
        await Gateway.Ask<object>(submit, Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false) switch
        {
            Submitted submitted => submitted.Replies,
            SubmitFailed failed => throw new SubmitFailedException(failed),
            var other => throw new InvalidOperationException($"unexpected reply {other}"),
        };

    /// <summary>Has a company count a payment that it received; done when that is on disk.</summary>
    /// <exception cref="SubmitFailedException">The company's actor broke: it counts the payment when it is next asked.</exception>
    public async Task CountReceiptAsync(CompanyId company, EventEnvelope payment, CancellationToken cancellation = default)
    {
        if (await Gateway.Ask<object>(new CountReceipt(company, payment), Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false) is SubmitFailed failed)
        {
            throw new SubmitFailedException(failed);
        }
    }

    /// <summary>A receiver that rejects a shortfall counts the payment before it decides on what it pays for: done when every receiver of the command's payments has.</summary>
    /// <exception cref="SubmitFailedException">A receiver's actor broke: it counts the payment when it is next asked.</exception>
    public async Task CountReceiptsAsync(CommandReply reply, CancellationToken cancellation = default)
    {
        if (!Directory.SomeoneRejectsShortfall || reply is not CommandReply.Accepted { Events: var events })
        {
            return;
        }

        foreach (var envelope in events)
        {
            foreach (var payee in Payments.Of(envelope.Event).Select(paid => paid.Payee?.AsCompany()).OfType<CompanyId>().Distinct())
            {
                if (Directory.PolicyOf(payee) == CashPolicy.RejectShortfall)
                {
                    await CountReceiptAsync(payee, envelope, cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Waits until the feed has read what is on disk by now and no step or receipt in it is under way; fails as <see cref="OpenAsync(IJournalStore, SessionOptions, CancellationToken)"/> does.</summary>
    public Task SettleAsync(CancellationToken cancellation = default) =>
        _unfinished.Ask<Settled>(AskSettled.Instance, Timeout.InfiniteTimeSpan, cancellation);

    /// <summary>Asks a projection.</summary>
    public static async Task<TAnswer> AskAsync<TView, TAnswer>(IActorRef projection, Question<TView> question, CancellationToken cancellation = default) =>
        await projection.Ask<TAnswer>(question, Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);

    /// <summary>Takes nothing new, lets the companies finish what they took, closes the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await Task.WhenAny(Gateway.Ask<Drained>(Drain.Instance), _system.WhenTerminated, Task.Delay(DrainWithin)).ConfigureAwait(false);
        await Task.WhenAny(_snapshots.WhenNoneAsync(), _system.WhenTerminated, Task.Delay(StopWithin)).ConfigureAwait(false);
        await Task.WhenAny(_system.Terminate(), Task.Delay(StopWithin)).ConfigureAwait(false);

        // They read the journal, and outlive the actors that began them.
        await Task.WhenAny(_cacheFiles.WhenNoneAsync(), Task.Delay(StopWithin)).ConfigureAwait(false);
        await Reader.DisposeAsync().ConfigureAwait(false);
        _held.Dispose();
    }

    private static JournalSession Start(
        IJournalStore store, IHeldJournal held, IJournalReader reader, SessionOptions options, ResumePoint from, BookIndex? index, ActorSystem system)
    {
        var directory = new CompanyDirectory();
        var (signal, cacheFiles) = (new NudgeSignal(), new CacheWrites());
        var services = new CompanyServices(directory, options.Clock, options.Limits, new(), (Action)signal.Raise + options.Written);
        var gateway = system.ActorOf(CompanyGateway.Props((company, withSnapshot) => CompanyActor.Props(company, services, withSnapshot), options.Limits), "companies");
        var unfinished = system.ActorOf(UnfinishedWork.Props(gateway, directory, from, new(store.CachePath, reader, from.At, options.EventsBetweenCheckpoints, cacheFiles)), "unfinished-work");
        var projection = index is null ? null : system.ActorOf(BookProjection.Props(store.CachePath, reader, index, options.EventsBetweenCheckpoints, cacheFiles), "book");
        Func<string, bool>? needed = projection is null ? manifest => UnfinishedWork.Needs(manifest, directory) : null;
        var after = index is null || index.LastOffset > from.At ? from.At : index.LastOffset;
        var feed = system.ActorOf(JournalFeed.Props(reader, projection is null ? [unfinished] : [unfinished, projection], signal, needed, after), "feed");
        signal.Attach(feed);
        return new(store.Name, held, reader, system, directory, gateway, unfinished, services.CacheWrites, cacheFiles, projection);
    }
}

/// <summary>A company's actor broke while it had commands in hand.</summary>
public sealed class SubmitFailedException(SubmitFailed failed) : IOException($"'{failed.Company}': {failed.Reason}")
{
    public SubmitFailed Failed { get; } = failed;
}
