using System.Text.Json;
using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Commitments;
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

        var loaded = (await ReadAsync(_book)).ShouldNotBeNull();

        JsonSerializer.Serialize(loaded.Cash.At(Cut.Everything)).ShouldBe(JsonSerializer.Serialize(new CashIndex(await _book.EventsAsync()).At(Cut.Everything)));
        loaded.Promises.Events.ShouldBe((await BookOf(_book)).Promises.Events);
        loaded.Promises.Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_journal_that_grew_it_is_still_the_beginning()
    {
        await WriteAsync(_book);
        var last = (await _book.EventsAsync())[^1].Offset;
        await _book.AcceptedAsync("nvidia", new ReceiveExternalCash(Money("7 USD"), ExternalCategory.Revenue));

        (await ReadAsync(_book)).ShouldNotBeNull().LastOffset.ShouldBe(last);
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

            (await ReadAsync(_book)).ShouldBeNull($"byte {place} of {whole.Length}, {(i % 2 == 0 ? "cut short" : "changed")}");
        }

        await File.WriteAllBytesAsync(Checkpoint, [.. whole, 0]);
        (await ReadAsync(_book)).ShouldBeNull("longer");
    }

    [Fact]
    public async Task Of_another_journal_it_is_not_there()
    {
        await using var other = await WrittenAsync("nvidia");
        await WriteAsync(other);
        File.Copy(other.Journal.Path + CheckpointFile.Extension, Checkpoint);

        (await ReadAsync(_book)).ShouldBeNull();
        (await ReadAsync(other)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Where_there_is_none_or_a_folder_of_its_name_there_is_none()
    {
        (await ReadAsync(_book)).ShouldBeNull();
        Directory.CreateDirectory(Checkpoint);
        (await ReadAsync(_book)).ShouldBeNull();
        (await TryWriteAsync(_book)).ShouldBeFalse();
        Directory.GetFiles(_book.Journal.Folder, "*.tmp").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_projection_writes_it_resumes_from_it_and_answers_the_same_without_it(bool isKept)
    {
        await _book.RestartAsync(new() { WithProjections = true, EventsBetweenCheckpoints = 1 });
        var before = JsonSerializer.Serialize(await AskAsync());
        await Until.TrueAsync(() => Task.FromResult(File.Exists(Checkpoint)));
        (await ReadAsync(_book)).ShouldNotBeNull().LastOffset.ShouldBe((await _book.EventsAsync())[^1].Offset);
        await _book.RestartAsync(new());
        await _book.AcceptedAsync("nvidia", new ReceiveExternalCash(Money("7 USD"), ExternalCategory.Revenue));
        if (!isKept)
        {
            File.Delete(Checkpoint);
        }

        await _book.RestartAsync(new() { WithProjections = true });
        var after = JsonSerializer.Serialize(await AskAsync());
        after.ShouldNotBe(before);
        after.ShouldBe(JsonSerializer.Serialize(new CashIndex(await _book.EventsAsync()).At(Cut.Everything)));
    }

    private Task<CashAnswer> AskAsync() =>
        JournalSession.AskAsync<CashView, CashAnswer>(_book.Session.Projections.ShouldNotBeNull().Cash, new CashQuestion(Cut.Everything));

    private static async Task<OpenBook> WrittenAsync(string company)
    {
        var book = await OpenBook.OpenAsync();
        await book.RegisterAsync(company);
        await book.RegisterAsync("openai");
        await book.AcceptedAsync(company, new ReceiveExternalCash(Money("100 USD"), ExternalCategory.Opening));
        await book.AcceptedAsync(company, new PayPurchase(Company("openai"), Money("30.5 USD")));
        await book.AcceptedAsync(company, Promise(company));
        await book.Session.SettleAsync();
        return book;
    }

    private static CommitInvestment Promise(string company) =>
        new(new CommitmentTerms(Value.Parse<CommitmentId>("promise"), Company(company), Company("openai"), Money("9 USD"), [], null, null, null, null));

    private static async Task WriteAsync(OpenBook book) => (await TryWriteAsync(book)).ShouldBeTrue();

    private static async Task<bool> TryWriteAsync(OpenBook book)
    {
        await using var reader = Open(book);
        var whole = await BookOf(book);
        return await CheckpointFile.TryWriteAsync(reader.Path, reader, whole.LastOffset, writer => CashCheckpoint.Save(whole, writer));
    }

    private static async Task<CashBook?> ReadAsync(OpenBook book)
    {
        await using var reader = Open(book);
        return await CheckpointFile.ReadAsync(reader.Path, reader, CashCheckpoint.Load);
    }

    private static async Task<CashBook> BookOf(OpenBook book)
    {
        var whole = new CashBook();
        foreach (var recorded in await book.EventsAsync())
        {
            whole.Apply(recorded);
        }

        return whole;
    }

    private static SqliteJournalReader Open(OpenBook book) =>
        SqliteJournalReader.Open(book.Journal.Path).Succeeded(out var reader, out var error) ? reader : throw new IOException(error.Message);
}
