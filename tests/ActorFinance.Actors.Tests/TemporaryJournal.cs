using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Model;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Actors.Tests;

/// <summary>A journal file in a folder of its own, deleted with it.</summary>
internal sealed class TemporaryJournal : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorfinance-test-");

    public string Folder => _folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "book.db");

    /// <summary>What is on disk, beside whoever writes.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> EventsAsync()
    {
        if (!SqliteJournalReader.Open(Path).Succeeded(out var reader, out var error))
        {
            throw new IOException(error.Message);
        }

        await using (reader)
        {
            var events = new List<RecordedEvent>();
            await foreach (var batch in reader.ReadEventsAsync())
            {
                events.AddRange(batch);
            }

            return events;
        }
    }

    /// <summary>Every company's rows are consecutive and each names the hash of the one before it.</summary>
    public async Task AssertChainsAsync()
    {
        if (!SqliteJournalReader.Open(Path).Succeeded(out var reader, out var error))
        {
            throw new IOException(error.Message);
        }

        await using (reader)
        {
            var heads = new Dictionary<string, (long Number, Digest Hash)>(StringComparer.Ordinal);
            await foreach (var batch in reader.ReadAsync())
            {
                using (batch)
                {
                    foreach (var row in batch.Rows)
                    {
                        var (number, hash) = heads.GetValueOrDefault(row.PersistenceId, (0, HashChain.Zero));
                        var header = EventReading.Decode(row).Header;
                        header.SequenceNumber.ShouldBe(number + 1, row.PersistenceId);
                        header.PreviousHash.ShouldBe(hash, $"{row.PersistenceId} {header.SequenceNumber}");
                        heads[row.PersistenceId] = (number + 1, HashChain.HashOf(row.PersistenceId, row.SequenceNumber, row.Manifest, row.Payload.Span));
                    }
                }
            }
        }
    }

    /// <summary>Changes the file by hand; nobody writes it meanwhile.</summary>
    public int Execute(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public long Ask(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
