using System.Text.Json;
using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Model;
using static ActorFinance.Testing.Builders.BookBuilder;

namespace ActorFinance.Actors.Tests.Projections;

/// <summary>A checkpoint is used when it is whole, of this journal and of this build, and else as if it were not there.</summary>
public sealed class CheckpointFileTests : IAsyncLifetime
{
    private OpenBook _book = null!;

    private string Checkpoint => _book.Journal.Path + CheckpointFile.Extension;

    public async Task InitializeAsync() => _book = await WrittenAsync("nvidia");

    public async Task DisposeAsync() => await _book.DisposeAsync();

    [Fact]
    public async Task What_was_written_is_read_back_and_answers_as_the_journal_does()
    {
        await WriteAsync(_book);

        var loaded = await ReadAsync(_book);

        loaded.LastOffset.ShouldBe((await _book.EventsAsync())[^1].Offset);
        AnswersOf(loaded.Publish()).ShouldBe(await AnswersOf(_book));
        loaded.Publish().Promises.Recorded.ShouldBe((await BookOf(_book)).Publish().Promises.Recorded);
        loaded.Publish().Promises.Recorded.Count().ShouldBe(1);
        loaded.Publish().Registered.Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(BookParts.Cash)]
    [InlineData(BookParts.Ownership)]
    [InlineData(BookParts.CircularFlow)]
    [InlineData(BookParts.Cash | BookParts.CircularFlow)]
    public async Task A_part_is_read_alone_and_one_that_is_not_there_is_made_beside_those_that_are(BookParts part)
    {
        await WriteAsync(_book, part);
        (await ReadAsync(_book, part)).LastOffset.ShouldBe((await _book.EventsAsync())[^1].Offset);

        // The next reader writes all that was there: nothing that another question was spared is lost.
        var empty = await ReadAsync(_book, BookParts.All & ~part);
        (empty.Places.Count, empty.Parts).ShouldBe((0, BookParts.All));

        await WriteAsync(_book);
        var alone = await ReadAsync(_book, part);
        (alone.LastOffset, alone.Parts).ShouldBe(((await _book.EventsAsync())[^1].Offset, part));
    }

    [Fact]
    public async Task Of_a_journal_that_grew_it_is_still_the_beginning()
    {
        await WriteAsync(_book);
        var last = (await _book.EventsAsync())[^1].Offset;
        await _book.AcceptedAsync("nvidia", new ReceiveExternalCash(Money("7 USD"), ExternalCategory.Revenue));

        (await ReadAsync(_book)).LastOffset.ShouldBe(last);
    }

    [Fact]
    public async Task Cut_short_or_changed_at_any_place_it_is_not_there()
    {
        await WriteAsync(_book);
        var whole = await File.ReadAllBytesAsync(Checkpoint);
        var random = new Random(20261125);
        for (var i = 0; i < 200; i++)
        {
            var place = random.Next(whole.Length);
            var bytes = whole.ToArray();
            bytes[place] ^= (byte)random.Next(1, 256);
            await File.WriteAllBytesAsync(Checkpoint, i % 2 == 0 ? whole[..place] : bytes);

            (await ReadAsync(_book)).Places.Count.ShouldBe(0, $"byte {place} of {whole.Length}, {(i % 2 == 0 ? "cut short" : "changed")}");
        }

        await File.WriteAllBytesAsync(Checkpoint, [.. whole, 0]);
        (await ReadAsync(_book)).Places.Count.ShouldBe(0, "longer");
    }

    [Fact]
    public async Task Of_another_journal_it_is_not_there()
    {
        await using var other = await WrittenAsync("nvidia");
        await WriteAsync(other);
        File.Copy(other.Journal.Path + CheckpointFile.Extension, Checkpoint);

        (await ReadAsync(_book)).Places.Count.ShouldBe(0);
        (await ReadAsync(other)).Places.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Where_there_is_none_or_a_folder_of_its_name_there_is_none()
    {
        (await ReadAsync(_book)).Places.Count.ShouldBe(0);
        Directory.CreateDirectory(Checkpoint);
        (await ReadAsync(_book)).Places.Count.ShouldBe(0);
        (await TryWriteAsync(_book)).ShouldBeFalse();
        Directory.GetFiles(_book.Journal.Folder, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task Away_from_the_journal_its_folder_is_made_for_its_owner_only()
    {
        var folder = Path.Combine(_book.Journal.Folder, "cache", "actorfinance");
        var place = Path.Combine(folder, "book");
        await using var reader = Open(_book);

        (await CheckpointFile.TryWriteAsync(place, reader, await BookOf(_book))).ShouldBeTrue();
        (await CheckpointFile.ReadAsync(place, reader, BookParts.All)).LastOffset.ShouldBe((await _book.EventsAsync())[^1].Offset);
        if (!OperatingSystem.IsWindows())
        {
            (File.GetUnixFileMode(folder) & (UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute)).ShouldBe(UnixFileMode.None);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_projection_writes_it_resumes_from_it_and_answers_the_same_without_it(bool isKept)
    {
        await _book.RestartAsync(new() { WithProjections = true, EventsBetweenCheckpoints = 1 });
        var before = await AskAsync();
        await Until.TrueAsync(() => Task.FromResult(File.Exists(Checkpoint)));
        (await ReadAsync(_book)).LastOffset.ShouldBe((await _book.EventsAsync())[^1].Offset);
        await _book.RestartAsync(new());
        await _book.AcceptedAsync("nvidia", new ReceiveExternalCash(Money("7 USD"), ExternalCategory.Revenue));
        if (!isKept)
        {
            File.Delete(Checkpoint);
        }

        await _book.RestartAsync(new() { WithProjections = true });
        var after = await AskAsync();
        after.ShouldNotBe(before);
        after.ShouldBe(await AnswersOf(_book));
    }

    private async Task<string> AskAsync() =>
        (await JournalSession.AskAsync<BookView, Tuple<string>>(_book.Session.Projection.ShouldNotBeNull(), new AnswersAsked())).Item1;

    private sealed record AnswersAsked() : Question<BookView>(default(Offset))
    {
        public override object Answer(BookView view) => Tuple.Create(AnswersOf(view));
    }

    /// <summary>All three, from the plain folds.</summary>
    private static async Task<string> AnswersOf(OpenBook book)
    {
        var events = await book.EventsAsync();
        var counted = new Book(events).At(Cut.Everything);
        return Text(
            CashFold.Of(counted),
            ShareRegister.Fold(counted.Events),
            CircularFlow.Of(counted, FlowWindow.Everything, FlowOptions.Default, Firmness.Contracted));
    }

    private static string AnswersOf(BookView view) => Text(
        view.Cash.Cash.At(Cut.Everything),
        view.Ownership.Shares.At(Cut.Everything),
        CircularView.At(view.CircularFlow, Cut.Everything, FlowWindow.Everything, Firmness.Contracted, FlowOptions.Default));

    private static string Text(CashAnswer cash, ShareRegister shares, FlowOutcome<CircularAnswer> flow) =>
        $"{JsonSerializer.Serialize(cash)}\n{JsonSerializer.Serialize(OwnershipTable.Of(shares, OwnershipBasis.FullyDiluted))}\n{JsonSerializer.Serialize(flow.Value)}{flow.Error?.Message}";

    private static async Task<OpenBook> WrittenAsync(string company)
    {
        var book = await OpenBook.OpenAsync();
        await book.RegisterAsync(company);
        await book.RegisterIssuerAsync("openai");
        await book.AcceptedAsync("openai", new SellShares(Holder(company), OpenBook.Common, Money("10 USD"), Money("2 USD")));
        await book.AcceptedAsync(company, new ReceiveExternalCash(Money("100 USD"), ExternalCategory.Opening));
        await book.AcceptedAsync(company, new PayPurchase(Company("openai"), Money("30.5 USD")));
        await book.AcceptedAsync(company, Promise(company));
        await book.Session.SettleAsync();
        return book;
    }

    private static CommitInvestment Promise(string company) =>
        new(new CommitmentTerms(Value.Parse<CommitmentId>("promise"), Company(company), Company("openai"), Money("9 USD"), [], null, null, null, null));

    private static async Task WriteAsync(OpenBook book, BookParts parts = BookParts.All) => (await TryWriteAsync(book, parts)).ShouldBeTrue();

    private static async Task<bool> TryWriteAsync(OpenBook book, BookParts parts = BookParts.All)
    {
        await using var reader = Open(book);
        return await CheckpointFile.TryWriteAsync(reader.Path, reader, await BookOf(book, parts));
    }

    private static async Task<BookIndex> ReadAsync(OpenBook book, BookParts parts = BookParts.All)
    {
        await using var reader = Open(book);
        return await CheckpointFile.ReadAsync(reader.Path, reader, parts);
    }

    private static async Task<BookIndex> BookOf(OpenBook book, BookParts parts = BookParts.All)
    {
        var whole = new BookIndex(parts);
        foreach (var recorded in await book.EventsAsync())
        {
            whole.Apply(recorded);
        }

        return whole;
    }

    private static SqliteJournalReader Open(OpenBook book) =>
        SqliteJournalReader.Open(book.Journal.Path).Succeeded(out var reader, out var error) ? reader : throw new IOException(error.Message);
}
