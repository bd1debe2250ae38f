using System.Runtime.ExceptionServices;

namespace ActorFinance.Analysis;

/// <summary>Work in independent parts, as if one thread had done one after the other.</summary>
public static class AllCores
{
    /// <summary>Does each part once, in any order; what one of them throws is thrown as it is: what was cancelled stays cancelled, an amount that is too large stays an answer.</summary>
    public static void Each(int count, Action<int> part)
    {
        try
        {
            Parallel.For(0, count, part);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
