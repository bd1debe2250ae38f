using ActorFinance.Journal.Writing;

namespace ActorFinance.Journal.Tests.Specs;

/// <summary>How appends are gathered, and who hears of a failure, whatever the store.</summary>
public abstract class JournalWriterSpec : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly ITestStore _store;

    protected JournalWriterSpec(ITestStore store)
    {
        _store = store;
        store.Create();
    }

    public void Dispose()
    {
        Close();
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_number_that_is_taken_fails_its_own_write_wholly_and_no_other_of_the_transaction()
    {
        using var writer = Writer(rowsTogether: 500, rowsWaitingMax: 1_000);
        await writer.AppendAsync(Write("openai", 2)).WaitAsync(s_patience);

        // The first write waits for the lock, so that those behind it gather.
        Task first, nvidia, taken, oracle;
        using (_store.Locked())
        {
            first = writer.AppendAsync(Write("amd", 1));
            nvidia = writer.AppendAsync(Write("nvidia", 1, 2));
            taken = writer.AppendAsync(Write("openai", 1, 2));
            oracle = writer.AppendAsync(Write("oracle", 1));
        }

        await Task.WhenAll(first, nvidia, oracle).WaitAsync(s_patience);
        var failure = await taken.WaitAsync(s_patience).ShouldThrowAsync<JournalWriteException>();
        failure.Error.Kind.ShouldBe(JournalOpenErrorKind.Locked);
        failure.Message.ShouldContain("Another program writes");
        Stored().ShouldBe(["openai/2", "amd/1", "nvidia/1", "nvidia/2", "oracle/1"]);
    }

    [Fact]
    public async Task What_it_has_taken_is_written_before_it_closes_and_nothing_after()
    {
        var writer = Writer(rowsTogether: 2, rowsWaitingMax: 1_000);
        Task[] taken;
        Task closing;
        using (_store.Locked())
        {
            taken = [.. Enumerable.Range(1, 7).Select(number => writer.AppendAsync(Write("nvidia", number)))];
            closing = Task.Run(writer.Dispose);
        }

        await closing.WaitAsync(s_patience);
        taken.ShouldAllBe(task => task.IsCompletedSuccessfully);
        Stored().ShouldBe(Enumerable.Range(1, 7).Select(number => $"nvidia/{number}"));
        (await writer.AppendAsync(Write("nvidia", 8)).ShouldThrowAsync<JournalWriteException>()).Message.ShouldContain("closed");
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_and_says_so()
    {
        using var writer = Writer(rowsTogether: 500, rowsWaitingMax: 3);
        Task taken;
        using (_store.Locked())
        {
            taken = writer.AppendAsync(Write("nvidia", 1, 2, 3));
            (await writer.AppendAsync(Write("openai", 1)).ShouldThrowAsync<JournalWriteException>()).Message.ShouldContain("3 events wait");
        }

        await taken.WaitAsync(s_patience);
        await writer.AppendAsync(Write("openai", 1)).WaitAsync(s_patience);
        Stored().ShouldBe(["nvidia/1", "nvidia/2", "nvidia/3", "openai/1"]);
    }

    [Fact]
    public async Task Whoever_reads_a_companys_last_number_can_wait_for_its_writes()
    {
        using var writer = Writer(rowsTogether: 500, rowsWaitingMax: 1_000);
        Task underWay;
        using (_store.Locked())
        {
            _ = writer.AppendAsync(Write("nvidia", 1));
            _ = writer.AppendAsync(Write("nvidia", 2));
            underWay = writer.UnderWay("company-nvidia");
            underWay.IsCompleted.ShouldBeFalse();
            writer.UnderWay("company-openai").IsCompleted.ShouldBeTrue();
        }

        await underWay.WaitAsync(s_patience);
        Stored().ShouldBe(["nvidia/1", "nvidia/2"]);
        writer.UnderWay("company-nvidia").IsCompleted.ShouldBeTrue();
    }

    private protected abstract IJournalAppender Open();

    /// <summary>Lets go of what <see cref="Open"/> opened.</summary>
    protected virtual void Close()
    {
    }

    private protected static JournalWrite Write(string company, params long[] numbers) => new(
        $"company-{company}", new string('0', 32), CreatedTicks: 1, [.. numbers.Select(number => new JournalRow(number, new("milestone-reached:1", [(byte)number])))]);

    private JournalWriter Writer(int rowsTogether, int rowsWaitingMax) => new(_store.Journal, Open, rowsTogether, rowsWaitingMax);

    private IReadOnlyList<string> Stored() =>
        _store.Column("SELECT replace(persistence_id, 'company-', '') || '/' || sequence_number FROM journal ORDER BY ordering");
}
