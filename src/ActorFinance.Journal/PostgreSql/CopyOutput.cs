using System.Buffers;
using System.Buffers.Binary;
using ActorFinance.Journal.Reading;
using Npgsql;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>
/// Rows as COPY gives them in its binary format (<see cref="CopyInput"/> says how that looks), taken out of the bytes where they lie: a data reader makes a
/// string or an array of every value. Not for concurrent use.
/// </summary>
internal sealed class CopyOutput : IDisposable
{
    private const int BufferLength = 128 * 1024;
    private const int SignatureLength = 11;
    private const int HeaderLength = SignatureLength + (2 * sizeof(int));
    private const short Fields = 5;

    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private int _start;
    private int _end;

    public CopyOutput(NpgsqlConnection connection, string select)
    {
        _stream = connection.BeginRawBinaryCopy($"COPY ({select}) TO STDOUT (FORMAT BINARY)");
        Need(HeaderLength);

        // The header may be extended by bytes that a reader is to pass over.
        var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + SignatureLength + sizeof(int)));
        _start += HeaderLength;
        Need(extension);
        _start += extension;
    }

    /// <summary>The rest of the rows, in batches; each is for the caller to dispose.</summary>
    public Queue<RawJournalBatch> ReadToEnd(InternedNames names, int rowsMax, int bytesMax)
    {
        var batches = new Queue<RawJournalBatch>();
        RawJournalBatch? batch = null;
        try
        {
            while (ReadShort() is var fields && fields >= 0)
            {
                if (fields != Fields)
                    throw new InvalidDataException($"a row of {fields} columns where {Fields} were asked for");

                Need(2 * (sizeof(int) + sizeof(long)));
                var ordering = ReadLong();
                var id = names.Get(ReadField());
                Need(sizeof(int) + sizeof(long));
                var number = ReadLong();
                var manifest = names.Get(ReadField());
                var payload = ReadField();
                if (batch is null || !batch.TryAdd(ordering, id, number, manifest, payload))
                {
                    batches.Enqueue(batch = new(rowsMax, bytesMax));
                    batch.TryAdd(ordering, id, number, manifest, payload);
                }
            }

            // The server's last word may still be an error.
            while (_stream.Read(_buffer) > 0)
            {
            }

            return batches;
        }
        catch
        {
            foreach (var read in batches)
                read.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private short ReadShort()
    {
        Need(sizeof(short));
        var value = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_start));
        _start += sizeof(short);
        return value;
    }

    private long ReadLong()
    {
        var value = BinaryPrimitives.ReadInt64BigEndian(_buffer.AsSpan(_start + sizeof(int)));
        _start += sizeof(int) + sizeof(long);
        return value;
    }

    /// <summary>Valid until the next read. A null is as an empty one.</summary>
    private ReadOnlySpan<byte> ReadField()
    {
        Need(sizeof(int));
        var length = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start)));
        _start += sizeof(int);
        Need(length);
        var field = _buffer.AsSpan(_start, length);
        _start += length;
        return field;
    }

    /// <summary>Has so many bytes at hand, behind what was read.</summary>
    private void Need(int length)
    {
        if (_end - _start >= length)
            return;

        if (length > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(length);
            _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        }

        (_start, _end) = (0, _end - _start);
        while (_end < length)
        {
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                throw new EndOfStreamException("the rows end in the middle");
            _end += read;
        }
    }
}
