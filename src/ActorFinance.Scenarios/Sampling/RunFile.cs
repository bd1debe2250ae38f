using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ActorFinance.Scenarios.Sampling;

/// <summary>
/// Keeps finished runs, so that a cancelled sampling goes on where it was. A cache: deleting it changes no answer. A head says which question it belongs
/// to; each record is a run's number, its cells and a checksum; a record that was cut short or damaged is drawn again, and what stands behind it too.
/// </summary>
public sealed class RunFile : IDisposable
{
    private const int HashLength = 32;
    private const int DecimalLength = 16;
    private static readonly byte[] s_magic = "AFRUNS01"u8.ToArray();

    private readonly FileStream _file;
    private readonly int _columns;
    private readonly Lock _lock = new();

    private RunFile(FileStream file, int columns)
    {
        _file = file;
        _columns = columns;
    }

    private static int HeadLength => s_magic.Length + sizeof(int) + HashLength;

    private int RecordLength => sizeof(int) + (_columns * DecimalLength) + sizeof(int);

    /// <summary>Opens or makes it; null when it keeps the runs of another question.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="question">Everything that the outcome of a run depends on.</param>
    /// <param name="columns">Cells of a run.</param>
    /// <exception cref="IOException">It cannot be opened, or another sampling writes it.</exception>
    public static RunFile? Open(string path, string question, int columns)
    {
        var head = new byte[HeadLength];
        s_magic.CopyTo(head, 0);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(s_magic.Length), columns);
        SHA256.HashData(Encoding.UTF8.GetBytes(question)).CopyTo(head, s_magic.Length + sizeof(int));
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var found = new byte[HeadLength];
        var length = file.ReadAtLeast(found, HeadLength, throwOnEndOfStream: false);
        if (length == 0)
        {
            file.Write(head);
        }
        else if (!found.AsSpan().SequenceEqual(head))
        {
            file.Dispose();
            return null;
        }

        return new(file, columns);
    }

    /// <summary>Copies the kept runs that the table has rows for, and says which they are.</summary>
    internal bool[] ReadInto(SampleTable table)
    {
        var known = new bool[table.Runs];
        var record = new byte[RecordLength];
        var end = (long)HeadLength;
        _file.Position = end;
        while (_file.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length
            && Checksum(record.AsSpan(..^sizeof(int))) == BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(^sizeof(int)..)))
        {
            end += record.Length;
            var run = BinaryPrimitives.ReadInt32LittleEndian(record);
            if (run < table.Runs)
            {
                known[run] = true;
                Decode(record, table.Row(run));
            }
        }

        _file.SetLength(end);
        return known;
    }

    /// <summary>Keeps a block of finished runs; from any thread.</summary>
    internal void Append(SampleTable table, IReadOnlyList<int> runs)
    {
        var block = new byte[runs.Count * RecordLength];
        for (var i = 0; i < runs.Count; i++)
        {
            Encode(runs[i], table.Row(runs[i]), block.AsSpan(i * RecordLength, RecordLength));
        }

        lock (_lock)
        {
            _file.Position = _file.Length;
            _file.Write(block);
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();

    private static void Encode(int run, ReadOnlySpan<decimal> cells, Span<byte> record)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, run);
        Span<int> bits = stackalloc int[4];
        for (var i = 0; i < cells.Length; i++)
        {
            decimal.GetBits(cells[i], bits);
            for (var k = 0; k < bits.Length; k++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(record[(sizeof(int) + (i * DecimalLength) + (k * sizeof(int)))..], bits[k]);
            }
        }

        BinaryPrimitives.WriteUInt32LittleEndian(record[^sizeof(int)..], Checksum(record[..^sizeof(int)]));
    }

    private static void Decode(ReadOnlySpan<byte> record, Span<decimal> cells)
    {
        Span<int> bits = stackalloc int[4];
        for (var i = 0; i < cells.Length; i++)
        {
            for (var k = 0; k < bits.Length; k++)
            {
                bits[k] = BinaryPrimitives.ReadInt32LittleEndian(record[(sizeof(int) + (i * DecimalLength) + (k * sizeof(int)))..]);
            }

            cells[i] = new decimal(bits);
        }
    }

    /// <summary>FNV-1a: against cut and flipped bytes, not against anyone's will.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var one in bytes)
        {
            hash = unchecked((hash ^ one) * 16777619u);
        }

        return hash;
    }
}
