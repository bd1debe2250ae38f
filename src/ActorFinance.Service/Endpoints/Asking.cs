using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Projections;
using ActorFinance.Answers;

namespace ActorFinance.Service.Endpoints;

/// <summary>A question to the projection that is answered by a function of what it shows.</summary>
internal sealed record BookQuestion<TAnswer>(Offset AtLeast, Func<BookView, TAnswer> Of) : Question<BookView>(AtLeast)
    where TAnswer : class
{
    public override object Answer(BookView view) => Of(view);
}

/// <summary>Asking the projection within the limits of a request.</summary>
internal static class Asking
{
    /// <inheritdoc cref="AskAsync{TAnswer}(ServiceRequest, Func{BookView, CancellationToken, TAnswer})" />
    public static Task<TAnswer> AskAsync<TAnswer>(this ServiceRequest request, Func<BookView, TAnswer> of)
        where TAnswer : class => request.AskAsync((view, _) => of(view));

    /// <param name="request">Who asks.</param>
    /// <param name="of">The answer; what takes long looks at the token, which ends with the request or its limit.</param>
    /// <exception cref="ProblemException">There is no answer, or not in time.</exception>
    public static async Task<TAnswer> AskAsync<TAnswer>(this ServiceRequest request, Func<BookView, CancellationToken, TAnswer> of)
        where TAnswer : class
    {
        var atLeast = request.Query.Find(Cuts.AtLeast) is { } wanted
            ? await wanted.ReachAsync(request.Journal, request.Options.AtLeastWithin, request.Aborted).ConfigureAwait(false)
            : default;
        return await request.WithinLimitAsync(limit =>
            JournalSession.AskAsync<BookView, TAnswer>(request.Journal.Projection, new BookQuestion<TAnswer>(atLeast, view => of(view, limit)), limit)).ConfigureAwait(false);
    }

    /// <param name="request">Who asks.</param>
    /// <param name="work">Looks at the token, which ends with the request or its limit.</param>
    /// <exception cref="ProblemException">There is no answer, or not in time.</exception>
    public static async Task<T> WithinLimitAsync<T>(this ServiceRequest request, Func<CancellationToken, Task<T>> work)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
        limit.CancelAfter(request.Options.AnswerWithin);
        try
        {
            return await work(limit.Token).ConfigureAwait(false);
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
    public static void RequireCompany(this BookView book, CompanyId? company)
    {
        if (company is { } one && !book.Places.IsCompany(HolderId.Of(one), AsKnown.All))
        {
            book.Registered.Require(one);
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
