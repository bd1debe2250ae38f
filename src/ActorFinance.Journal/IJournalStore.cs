using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Subscriptions;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorFinance.Journal;

/// <summary>Where a journal is kept, whether it is there already or not. <see cref="JournalStore.Of"/> makes one of what a user wrote.</summary>
public interface IJournalStore
{
    /// <summary>As it was written, but for a password: what messages show, and what may be typed again to name the same journal.</summary>
    string Name { get; }

    /// <summary>The full path that what can be made anew of this journal is kept under, with an ending of its own; null where there is no place for it.</summary>
    string? CachePath { get; }

    /// <summary>Another journal that belongs to this one, such as its <c>branches</c>.</summary>
    /// <param name="what">Lower-case letters.</param>
    IJournalStore Beside(string what);

    /// <summary>Opens the journal for reading; never creates, never changes one, and is never refused because of a writer.</summary>
    /// <returns>Its error is of kind <see cref="JournalOpenErrorKind.NotFound"/> only where a writer would make a new journal.</returns>
    JournalOpening<IJournalReader> OpenReader();

    /// <summary>Opens the journal for writing, and makes it where there is none.</summary>
    JournalOpening<IHeldJournal> Hold();

    /// <summary>Opens what is kept of durable subscriptions, beside the journal; only for whoever holds it.</summary>
    /// <exception cref="System.Data.Common.DbException">It cannot be opened.</exception>
    Task<SubscriptionStore> OpenSubscriptionsAsync(CancellationToken cancellation = default);

    /// <summary>Copies the journal as it stands at one moment into a file, beside whoever writes it.</summary>
    /// <param name="file">Must not exist.</param>
    /// <returns>Null when the copy is there; of kind <see cref="JournalOpenErrorKind.NotAFile"/> where other programs do that.</returns>
    JournalOpenError? CopyTo(string file);
}

/// <summary>A journal that this process writes and no other may, until this is disposed: after the actor system has stopped.</summary>
public interface IHeldJournal : IDisposable
{
    /// <summary>Ends, with why, when the journal was lost while it was held: nothing can be written from then on. A file is never lost.</summary>
    Task<JournalOpenError> Lost { get; }

    /// <summary>Writes a row of its own, onto the disk, and reads it back by another connection: no event, and no offset is taken. Blocks; one at a time.</summary>
    /// <param name="value">Another one than before.</param>
    /// <returns>Null when the journal takes writes; else why it does not.</returns>
    JournalOpenError? Probe(long value);

    /// <summary>All that an actor system needs to write this journal.</summary>
    /// <param name="over">Settings that go before those of the files.</param>
    /// <param name="folder">Where the <c>.conf</c> files are; <see cref="JournalConfiguration.DefaultFolder"/> unless given.</param>
    /// <exception cref="FileNotFoundException">One of the files is missing; the message names it.</exception>
    ActorSystemSetup Setup(Config? over = null, string? folder = null);
}
