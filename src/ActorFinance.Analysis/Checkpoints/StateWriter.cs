using System.Runtime.InteropServices;
using System.Text;

namespace ActorFinance.Analysis.Checkpoints;

/// <summary>Writes the state of an index as the arrays that it consists of, in the byte order of the machine; read back by <see cref="StateReader"/>.</summary>
public sealed class StateWriter(Stream stream)
{
    private StateChecksum _checksum = new();

    /// <summary>Of all that was written so far.</summary>
    public ulong Checksum => _checksum.Value;

    public void Write(long value) => Bytes(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));

    public void Write(string text) => Write<byte>(Encoding.UTF8.GetBytes(text));

    /// <summary>The length, then the items.</summary>
    public void Write<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        Write(items.Length);
        Items(items);
    }

    /// <summary>Items whose number the reader knows.</summary>
    internal void Items<T>(ReadOnlySpan<T> items)
        where T : unmanaged => Bytes(MemoryMarshal.AsBytes(items));

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        _checksum.Add(bytes);
        stream.Write(bytes);
    }
}
