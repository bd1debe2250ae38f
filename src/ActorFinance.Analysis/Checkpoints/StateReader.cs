using System.Runtime.InteropServices;
using System.Text;

namespace ActorFinance.Analysis.Checkpoints;

/// <summary>
/// Reads what <see cref="StateWriter"/> wrote. No length is believed beyond the bytes that are left; what the bytes say is to be trusted only when the
/// checksum at their end was compared.
/// </summary>
/// <param name="stream">Can be longer than the state.</param>
/// <param name="length">The bytes that there are at most.</param>
public sealed class StateReader(Stream stream, long length)
{
    private StateChecksum _checksum = new();
    private long _left = length;

    /// <summary>Of all that was read so far.</summary>
    public ulong Checksum => _checksum.Value;

    /// <exception cref="InvalidDataException">The bytes end before.</exception>
    public long Long()
    {
        long value = 0;
        Bytes(MemoryMarshal.AsBytes(new Span<long>(ref value)));
        return value;
    }

    /// <summary>A number of things, of which each takes a byte at least.</summary>
    public int Count()
    {
        var count = Long();
        return count >= 0 && count <= Math.Min(_left, int.MaxValue) ? (int)count : throw new InvalidDataException($"{count} things in {_left} bytes");
    }

    public string Text() => Encoding.UTF8.GetString(Array<byte>());

    /// <summary>The length, then the items.</summary>
    public T[] Array<T>()
        where T : unmanaged
    {
        var items = new T[CountOf<T>()];
        Items<T>(items);
        return items;
    }

    internal int CountOf<T>()
        where T : unmanaged
    {
        var count = Long();
        return count >= 0 && count <= _left / System.Runtime.CompilerServices.Unsafe.SizeOf<T>() ? (int)count : throw new InvalidDataException($"{count} items in {_left} bytes");
    }

    internal void Items<T>(Span<T> items)
        where T : unmanaged => Bytes(MemoryMarshal.AsBytes(items));

    private void Bytes(Span<byte> bytes)
    {
        if (bytes.Length > _left || stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("the state ends before its last byte");
        }

        _left -= bytes.Length;
        _checksum.Add(bytes);
    }
}
