namespace ActorFinance.Scenarios.Branches;

internal static class Ordering
{
    /// <summary>Sorts what is not in order already, as most lists of a branch are: those of its base are, and edits keep their places. Equals keep no order.</summary>
    public static void SortUnlessInOrder<T>(this List<T> list, Comparison<T> comparison)
    {
        for (var i = 1; i < list.Count; i++)
        {
            if (comparison(list[i - 1], list[i]) > 0)
            {
                list.Sort(comparison);
                return;
            }
        }
    }
}
