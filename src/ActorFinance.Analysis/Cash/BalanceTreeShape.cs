namespace ActorFinance.Analysis.Cash;

/// <summary>
/// From how many entries on an account has a tree, how many entries a leaf has, how many nodes one above them, and after how many changes of what is
/// known a new version is written.
/// </summary>
internal sealed record BalanceTreeShape(int EntriesMinimum, int Leaf, int Fan, int Stride)
{
    public static BalanceTreeShape Default { get; } = new(512, 128, 16, 32);
}
