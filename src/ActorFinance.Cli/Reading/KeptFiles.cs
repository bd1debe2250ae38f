using ActorFinance.Journal;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Journal.Subscriptions;

namespace ActorFinance.Cli.Reading;

/// <summary>What is kept beside a journal's file, cannot be made anew, and so goes with its backup: durable subscriptions and kept branches.</summary>
internal static class KeptFiles
{
    /// <summary>Looks through them as the journal itself is looked through.</summary>
    /// <param name="journal">Whose they are; nobody writes it.</param>
    /// <param name="last">The journal's end.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A phrase for each that holds something.</returns>
    /// <exception cref="CliFailure">One is damaged, or stands beyond the journal's end.</exception>
    public static async Task<IReadOnlyList<string>> VerifyAsync(string journal, long last, CancellationToken cancellation)
    {
        var found = new List<string>();
        if (Has(journal, SqliteBackup.Subscriptions))
        {
            var store = await JournalStore.Of(journal).OpenSubscriptionsAsync(cancellation).ConfigureAwait(false);
            await using var _ = store.ConfigureAwait(false);
            var (subscriptions, parked) = await store.LoadAsync(cancellation).ConfigureAwait(false);
            if (subscriptions.FirstOrDefault(one => one.Acknowledged > last) is { } ahead)
            {
                throw new CliFailure(ExitCode.Refused, $"{journal}{SqliteBackup.Subscriptions} is not of this journal: the subscription '{ahead.Name}' has acknowledged offset {ahead.Acknowledged}, and the journal ends at {last}");
            }

            if (subscriptions.Count > 0)
            {
                found.Add($"{Figures.Count(subscriptions.Count, "durable subscription")}, {Figures.Count(parked.Count, "parked event")}");
            }
        }

        if (Has(journal, SqliteBackup.Branches))
        {
            var branches = (await BranchFiles.ReadAsync(journal, cancellation).ConfigureAwait(false)).All.Count;
            found.Add($"{branches} kept {(branches == 1 ? "branch" : "branches")}");
        }

        return found;
    }

    /// <summary>Subscriptions that are older or newer than the journal they stand beside now: what they have beyond its end never was.</summary>
    /// <returns>How many were set back.</returns>
    public static async Task<int> SetBackAsync(string journal, long last, CancellationToken cancellation)
    {
        var store = await JournalStore.Of(journal).OpenSubscriptionsAsync(cancellation).ConfigureAwait(false);
        await using var _ = store.ConfigureAwait(false);
        var (subscriptions, parked) = await store.LoadAsync(cancellation).ConfigureAwait(false);
        var ahead = subscriptions.Where(one => one.Acknowledged > last).ToList();
        await store.ApplyAsync(
        [
            .. ahead.Select(one => new SubscriptionChange.Save(one with { Acknowledged = last })),
            .. parked.Where(one => one.Offset > last).Select(one => new SubscriptionChange.Unpark(one.Subscription, one.Offset)),
        ]).ConfigureAwait(false);
        return ahead.Count;
    }

    public static bool Has(string journal, string ending) => File.Exists(SqliteBackup.FileOf(journal, ending));
}
