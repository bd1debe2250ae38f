using System.Buffers;

namespace ActorFinance.Journal.Contracts;

/// <summary>Where a thread encodes one payload after another, so that an event costs one array, its own.</summary>
internal sealed class PayloadBuffer : IBufferWriter<byte>
{
    private const int LengthInitial = 4 * 1024;
    private const int LengthKeptMaximum = 256 * 1024;

    [ThreadStatic]
    private static PayloadBuffer? _ofThread;

    private byte[] _bytes = new byte[LengthInitial];
    private int _written;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _written);

    /// <summary>This thread's buffer, empty.</summary>
    public static PayloadBuffer Take()
    {
        var buffer = _ofThread ??= new();
        buffer._written = 0;
        if (buffer._bytes.Length > LengthKeptMaximum)
        {
            buffer._bytes = new byte[LengthInitial];
        }

        return buffer;
    }

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_written);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _written + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _bytes.Length)));
        }
    }
}
