using ActorFinance.Journal.Contracts;
using ActorFinance.Journal.Serialization;
using ActorFinance.Journal.Sqlite;
using ActorFinance.Model;
using Microsoft.Data.Sqlite;

namespace ActorFinance.Benchmarks.Books;

/// <summary>
/// Decided events straight into a fresh journal, as the plugin would write them: chained, encoded once, numbered. A book of millions of events is
/// made in a minute so, and any reader of journals takes it for one.
/// </summary>
internal sealed class BookWriter : IDisposable
{
    private const int TransactionRows = 50_000;

    private readonly Dictionary<CompanyId, Digest> _heads = [];
    private readonly SqliteJournalFile _file;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private SqliteTransaction _transaction;

    public BookWriter(string path)
    {
        _file = SqliteJournalFile.Open(path).Succeeded(out var file, out var error) ? file : throw new InvalidOperationException(error.Message);
        _connection = new(_file.ConnectionString);
        _connection.Open();
        _transaction = _connection.BeginTransaction();
        _insert = _connection.CreateCommand();
        _insert.CommandText =
            """
            INSERT INTO journal (persistence_id, sequence_number, manifest, identifier, created, deleted, tags, writer_uuid, message)
            VALUES ($id, $sequence, $manifest, $identifier, $created, 0, '', 'generated', $message)
            """;
        foreach (var name in new[] { "$id", "$sequence", "$manifest", "$identifier", "$created", "$message" })
        {
            _insert.Parameters.AddWithValue(name, "");
        }
    }

    public long Written { get; private set; }

    public void Write(EventEnvelope decided)
    {
        var header = decided.Header with { PreviousHash = _heads.GetValueOrDefault(decided.Header.Emitter, HashChain.Zero) };
        var stored = EventCodec.Encode(decided with { Header = header });
        _heads[header.Emitter] = HashChain.HashOf(header.Emitter.PersistenceId, header.SequenceNumber, stored.Manifest, stored.Payload);
        _insert.Transaction = _transaction;
        _insert.Parameters[0].Value = header.Emitter.PersistenceId;
        _insert.Parameters[1].Value = header.SequenceNumber;
        _insert.Parameters[2].Value = stored.Manifest;
        _insert.Parameters[3].Value = StoredEventSerializer.SerializerId;
        _insert.Parameters[4].Value = header.RecordedAt.UtcTicks;
        _insert.Parameters[5].Value = stored.Payload;
        _insert.ExecuteNonQuery();
        if (++Written % TransactionRows == 0)
        {
            _transaction.Commit();
            _transaction.Dispose();
            _transaction = _connection.BeginTransaction();
        }
    }

    public void Dispose()
    {
        _transaction.Commit();
        _transaction.Dispose();
        _insert.Dispose();
        _connection.Dispose();
        _file.Dispose();
    }
}
