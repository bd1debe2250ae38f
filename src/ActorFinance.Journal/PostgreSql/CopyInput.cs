using System.Buffers.Binary;
using System.Text;
using ActorFinance.Journal.Serialization;
using ActorFinance.Journal.Writing;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>
/// Rows as COPY takes them in its binary format (section "COPY" of PostgreSQL's manual): a signature; for each row the number of its fields and for each field
/// its length and bytes; a closing -1. All numbers are big-endian. Not for concurrent use.
/// </summary>
internal sealed class CopyInput
{
    /// <summary>The offset is left out: the server takes it from the sequence, row by row in this order.</summary>
    public const string Statement =
        "COPY journal (persistence_id, sequence_number, manifest, identifier, created, deleted, tags, writer_uuid, message) FROM STDIN (FORMAT BINARY)";

    private const short Fields = 9;

    /// <summary>Of one row without its texts and payload: the count of fields, nine lengths, and the numbers.</summary>
    private const int FixedLength = sizeof(short) + (Fields * sizeof(int)) + sizeof(long) + sizeof(int) + sizeof(long) + sizeof(bool);

    /// <summary>A buffer that one large write made larger is not kept.</summary>
    private const int KeptMax = 4 * 1024 * 1024;

    private static readonly byte[] s_beginning = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly Dictionary<string, byte[]> _manifests = new(StringComparer.Ordinal);
    private byte[] _bytes = new byte[64 * 1024];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Fill(IReadOnlyList<JournalWrite> writes)
    {
        if (_bytes.Length > KeptMax)
            _bytes = new byte[64 * 1024];
        _length = 0;
        Room(s_beginning.Length);
        s_beginning.CopyTo(_bytes, 0);
        _length = s_beginning.Length;
        foreach (var write in writes)
        {
            var (id, writer) = (Encoding.UTF8.GetBytes(write.PersistenceId), Encoding.UTF8.GetBytes(write.WriterId));
            foreach (var (number, stored) in write.Rows)
            {
                var manifest = Utf8(stored.Manifest);
                Room(FixedLength + id.Length + writer.Length + manifest.Length + stored.Payload.Length);
                Short(Fields);
                Field(id);
                Field(number);
                Field(manifest);
                Integer(sizeof(int));
                Integer(StoredEventSerializer.SerializerId);
                Field(write.CreatedTicks);
                Integer(sizeof(bool));
                _bytes[_length++] = 0;
                Field([]);
                Field(writer);
                Field(stored.Payload);
            }
        }

        Room(sizeof(short));
        Short(-1);
    }

    private byte[] Utf8(string manifest)
    {
        if (!_manifests.TryGetValue(manifest, out var bytes))
            _manifests.Add(manifest, bytes = Encoding.UTF8.GetBytes(manifest));
        return bytes;
    }

    private void Room(int more)
    {
        if (_bytes.Length - _length < more)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
    }

    private void Short(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(short);
    }

    private void Integer(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(int);
    }

    private void Field(long value)
    {
        Integer(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(long);
    }

    private void Field(ReadOnlySpan<byte> value)
    {
        Integer(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }
}
