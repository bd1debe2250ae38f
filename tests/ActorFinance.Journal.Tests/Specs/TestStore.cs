using ActorFinance.Journal.Reading;

namespace ActorFinance.Journal.Tests.Specs;

/// <summary>A journal of a test's own in one of the stores, and SQL that goes round the program. Rows are written as the plugin would write them.</summary>
public interface ITestStore : IDisposable
{
    /// <summary>As <c>--journal</c> takes it.</summary>
    string Journal { get; }

    void Execute(string sql);

    /// <summary>The first column of what the statement answers, as text.</summary>
    IReadOnlyList<string> Column(string sql);

    /// <summary>Companies <c>c0..</c> in turn; a payload begins with the row's place among these.</summary>
    void AddRows(int count, int companies = 3, int payloadBytes = 300, long firstSequence = 1);

    /// <summary>Rows in a transaction that stays open until the result is disposed, which commits it.</summary>
    IDisposable RowsUnderWay(int count, long firstSequence);

    /// <summary>Nobody can write until the result is disposed.</summary>
    IDisposable Locked();
}

internal static class TestStores
{
    public static T ShouldOpen<T>(this JournalOpening<T> opening)
        where T : class
    {
        opening.Succeeded(out var opened, out var error).ShouldBeTrue(error?.ToString());
        return opened!;
    }

    public static JournalOpenError ShouldFail<T>(this JournalOpening<T> opening, JournalOpenErrorKind kind)
        where T : class
    {
        opening.Succeeded(out _, out var error).ShouldBeFalse();
        error!.Kind.ShouldBe(kind, error.Message);
        return error;
    }

    public static IJournalReader OpenReader(this ITestStore store) => JournalStore.Of(store.Journal).OpenReader().ShouldOpen();

    /// <summary>Makes the journal, with so many rows.</summary>
    public static void Create(this ITestStore store, int rows = 0, int companies = 3)
    {
        JournalStore.Of(store.Journal).Hold().ShouldOpen().Dispose();
        if (rows > 0)
            store.AddRows(rows, companies);
    }

    public static async Task<List<string>> Read(IAsyncEnumerable<RawJournalBatch> batches)
    {
        var rows = new List<string>();
        await foreach (var batch in batches)
        {
            using (batch)
            {
                foreach (var row in batch)
                    rows.Add($"{row.Ordering} {row.PersistenceId}/{row.SequenceNumber} {row.Manifest}");
            }
        }

        return rows;
    }
}
