using System.Runtime.InteropServices;

namespace ActorFinance.Analysis.Cash;

/// <summary>What one event does to one account, 32 bytes: what it nets to, and where it stands in fold order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct CashEntry(long effectiveTicks, int rank, int index, bool isOpening, Units net)
{
    private readonly long _effectiveTicks = effectiveTicks;
    private readonly int _rank = rank;

    // The event's index and, below it, whether the change is opening cash.
    private readonly uint _mark = ((uint)index << 1) | (isOpening ? 1u : 0u);
    private readonly Units _net = net;

    public long EffectiveTicks => _effectiveTicks;

    public int Index => (int)(_mark >> 1);

    public bool IsOpening => (_mark & 1) != 0;

    public Units Net => _net;

    /// <summary>In fold order, by index in place of offset: both ascend together. An account has one entry an event.</summary>
    public bool IsBefore(in CashEntry other) =>
        _effectiveTicks != other._effectiveTicks ? _effectiveTicks < other._effectiveTicks
        : _rank != other._rank ? _rank < other._rank
        : _mark < other._mark;

    public static int Compare(CashEntry left, CashEntry right) => left.IsBefore(right) ? -1 : right.IsBefore(left) ? 1 : 0;
}
