using ActorFinance.Service.Endpoints;

namespace ActorFinance.Service.Streaming;

/// <summary>
/// A subscriber may read slowly: nothing is read for it meanwhile. One that takes nothing at all for very long is told where to go on, so that it does
/// not keep its place among the open streams for ever.
/// </summary>
internal static class SubscriberPace
{
    /// <param name="writing">A piece of some 64 kB on its way.</param>
    /// <param name="within">The longest that it may take.</param>
    /// <param name="resumeAt">What the subscriber has for certain.</param>
    /// <param name="ended">Ends the waiting.</param>
    /// <exception cref="ProblemException">It took longer.</exception>
    public static async Task TakenAsync(Task writing, TimeSpan within, Offset resumeAt, CancellationToken ended)
    {
        if (writing.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            await writing.WaitAsync(within, ended).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new ProblemException(Problem.Of("stalled", $"too slow, resume at {resumeAt}"));
        }
    }
}
