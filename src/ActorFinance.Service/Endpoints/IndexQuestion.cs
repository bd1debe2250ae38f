using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Answers;
using Akka.Actor;

namespace ActorFinance.Service.Endpoints;

/// <summary>A question to a projection that is answered by a function of what it shows.</summary>
internal sealed record IndexQuestion<TIndex, TAnswer>(Offset AtLeast, Func<TIndex, TAnswer> Of) : Question<TIndex>(AtLeast)
    where TAnswer : class
{
    public override object Answer(TIndex index) => Of(index);
}

/// <summary>Asking projections within the limits of a request.</summary>
internal static class Asking
{
    /// <inheritdoc cref="AskAsync{TIndex, TAnswer}(ServiceRequest, IActorRef, Func{TIndex, CancellationToken, TAnswer})" />
    public static Task<TAnswer> AskAsync<TIndex, TAnswer>(this ServiceRequest request, IActorRef projection, Func<TIndex, TAnswer> of)
        where TAnswer : class => request.AskAsync(projection, (TIndex index, CancellationToken _) => of(index));

    /// <param name="request">Who asks.</param>
    /// <param name="projection">Who answers.</param>
    /// <param name="of">The answer; what takes long looks at the token, which ends with the request or its limit.</param>
    /// <exception cref="ProblemException">There is no answer, or not in time.</exception>
    public static async Task<TAnswer> AskAsync<TIndex, TAnswer>(this ServiceRequest request, IActorRef projection, Func<TIndex, CancellationToken, TAnswer> of)
        where TAnswer : class
    {
        var atLeast = request.Query.Find(Cuts.AtLeast) is { } wanted
            ? await wanted.ReachAsync(request.Journal, request.Options.AtLeastWithin, request.Aborted).ConfigureAwait(false)
            : default;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
        limit.CancelAfter(request.Options.AnswerWithin);
        var ended = limit.Token;
        try
        {
            return await JournalSession.AskAsync<TIndex, TAnswer>(projection, new IndexQuestion<TIndex, TAnswer>(atLeast, index => of(index, ended)), ended).ConfigureAwait(false);
        }
        catch (OverflowException total)
        {
            // A total of 1e18 or more is no longer exact: the question has no answer, the journal is sound.
            throw new ProblemException(Problem.Of("no-answer", total.Message));
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            throw new ProblemException(Problem.Of("too-slow", $"no answer within {request.Options.AnswerWithin.TotalSeconds:0} s"));
        }
    }

    /// <summary>An offset beyond the journal's end is no point that it ever had.</summary>
    /// <exception cref="ProblemException">The cut names one.</exception>
    public static Cut Within(this Cut cut, Offset last) =>
        cut.AsKnown is AsKnown.AtOffset(var offset) && cut.AsKnown != AsKnown.All && offset > last
            ? throw new ProblemException(Problem.Of("too-late", $"asKnown {offset} is beyond the journal's end at offset {last}"))
            : cut;

    /// <inheritdoc cref="Require" />
    public static void RequireCompany(this Book book, CompanyId? company)
    {
        if (company is { } one && !book.IsCompany(HolderId.Of(one), AsKnown.All))
        {
            book.Recorded.Where(recorded => recorded.Event is CompanyRegistered).Select(recorded => recorded.Header.Emitter).Require(one);
        }
    }

    /// <exception cref="ProblemException">The company is not registered; the detail names those that sound like it.</exception>
    public static void Require(this IEnumerable<CompanyId> registered, CompanyId? company)
    {
        if (company is { } one && CompanyNames.Missing(registered, one) is { } missing)
        {
            throw new ProblemException(Problem.Of("not-found", missing));
        }
    }
}
