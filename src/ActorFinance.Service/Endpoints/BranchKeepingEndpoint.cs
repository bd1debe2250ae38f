using System.Text;
using ActorFinance.Answers;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Service.Jobs;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>What is kept of branches beside the journal: kept, edited, renamed, archived, and offered to the companies.</summary>
internal static class BranchKeepingEndpoint
{
    private static readonly QueryParameter<BranchId> s_from = QueryParameter.Value<BranchId>("from", "A branch whose edits come first: a branch of a branch.");

    private static readonly QueryParameter<string> s_reason = QueryParameter.Phrase("reason", "Why.");

    private static readonly QueryParameter<bool> s_append = QueryParameter.Flag("append", "After the edits that are there, not in their place.");

    private static readonly QueryParameter<BranchId> s_to = QueryParameter.Value<BranchId>("to", "What it is called from now on.") with { IsRequired = true };

    public static ServiceEndpoint Put { get; } = new(
        "PUT", BranchesEndpoint.Path, Role.Write, "Keep a what-if by name, on the journal as it is now or at the offset that asKnown says. What cannot be applied is not kept. The answer is a job.", KeepAsync)
    {
        PathParameters = BranchesEndpoint.Address,
        Parameters = [Cuts.AsKnown, s_from, s_reason],
        Body = FileBody.Types,
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [404, 409, 413, 415],
    };

    public static ServiceEndpoint Edit { get; } = new(
        "POST", $"{BranchesEndpoint.Path}/edit", Role.Write, "Other edits for a kept branch, on the offset that it stands on or on the one that asKnown says; those before stay in its journal. The answer is a job.", EditAsync)
    {
        PathParameters = BranchesEndpoint.Address,
        Parameters = [Cuts.AsKnown, s_append, s_reason],
        Body = FileBody.Types,
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [404, 409, 413, 415],
    };

    public static ServiceEndpoint Rename { get; } = new("POST", $"{BranchesEndpoint.Path}/rename", Role.Write, "Call a branch something else. No two are ever called the same.", RenameAsync)
    {
        PathParameters = BranchesEndpoint.Address,
        Parameters = [s_to],
        Schema = "branch-list",
        Problems = [404, 409],
    };

    public static ServiceEndpoint Promote { get; } = new(
        "POST",
        $"{BranchesEndpoint.Path}/promote",
        Role.Write,
        "Offer the orders that a branch inserts to the companies: rehearsed first, then all written, or none; commands wait meanwhile. What a stop of the service cut short is completed by asking again. The answer is a job.",
        PromoteAsync)
    {
        PathParameters = BranchesEndpoint.Address,
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [404, 409],
    };

    public static ServiceEndpoint Archive { get; } = new("POST", $"{BranchesEndpoint.Path}/archive", Role.Write, "Take a branch out of the list. Nothing is lost: with all=true the list still has it.", async request =>
    {
        var branch = await BranchesEndpoint.FindAsync(request).ConfigureAwait(false);
        await AskAsync(request, branch, new BranchArchived(request.Query.Get(s_reason!, null))).ConfigureAwait(false);
    })
    {
        PathParameters = BranchesEndpoint.Address,
        Parameters = [s_reason],
        Schema = "branch-list",
        Problems = [404, 409],
    };

    private static async Task KeepAsync(ServiceRequest request)
    {
        var (text, file) = await ReadAsync(request).ConfigureAwait(false);
        var (id, kept) = (BranchesEndpoint.Named(request), await BranchesEndpoint.ReadAsync(request).ConfigureAwait(false));
        if (kept.Taken(id) is { } taken)
        {
            throw new ProblemException(Problem.Of("branch-refused", taken.Message));
        }

        var parent = request.Query.Find(s_from) is { } from ? BranchesEndpoint.Find(kept, from) : null;
        ValueList<string> edits = [.. parent?.Edits ?? [], text];
        var reason = request.Query.Get(s_reason!, null) ?? file.Reason;
        await BeginAsync(request, "keep", id, edits, parent?.Base, on => new BranchRecorded(on, parent?.Id, edits, file.Title, file.Author, reason, file.Source)).ConfigureAwait(false);
    }

    private static async Task EditAsync(ServiceRequest request)
    {
        var (text, _) = await ReadAsync(request).ConfigureAwait(false);
        var branch = await BranchesEndpoint.FindAsync(request).ConfigureAwait(false);
        ValueList<string> edits = [.. request.Query.Get(s_append, false) ? branch.Edits : [], text];
        var reason = request.Query.Get(s_reason!, null);
        BranchJobs.Decide(branch, new BranchEdited(branch.Base, edits, reason));
        await BeginAsync(request, "edit", branch.Id, edits, branch.Base, on => new BranchEdited(on, edits, reason)).ConfigureAwait(false);
    }

    private static async Task RenameAsync(ServiceRequest request)
    {
        var wanted = request.Query.Get(s_to, default);
        var kept = await BranchesEndpoint.ReadAsync(request).ConfigureAwait(false);
        var branch = BranchesEndpoint.Find(kept, BranchesEndpoint.Named(request));
        if (wanted != branch.Name && wanted != branch.Id && kept.Taken(wanted) is { } taken)
        {
            throw new ProblemException(Problem.Of("branch-refused", taken.Message));
        }

        await AskAsync(request, branch, new BranchRenamed(wanted)).ConfigureAwait(false);
    }

    private static async Task PromoteAsync(ServiceRequest request)
    {
        var branch = await BranchesEndpoint.FindAsync(request).ConfigureAwait(false);
        BranchJobs.Decide(branch, new BranchPromoted(default, 0));
        var orders = BranchesEndpoint.Answered(() => BranchListReport.OrdersOf(branch), "branch-refused");
        var (journal, path, caller) = (request.Journal, request.Options.Journal, request.Caller.Name);
        var job = journal.Jobs.Add("promote", request.Caller, (job, cancellation) => new Promotion(journal, path, branch, orders, caller).RunAsync(job, cancellation));
        await JobsEndpoint.AcceptedAsync(request, job).ConfigureAwait(false);
    }

    /// <summary>The body as it is written, and as it is read.</summary>
    private static async Task<(string Text, WhatIf File)> ReadAsync(ServiceRequest request)
    {
        var content = await FileBody.ReadAsync(request).ConfigureAwait(false);
        return (Encoding.UTF8.GetString(content.Span), WhatIfEndpoint.Read(content));
    }

    private static async Task BeginAsync(ServiceRequest request, string kind, BranchId id, ValueList<string> edits, Offset? otherwise, Func<Offset, BranchEvent> fact)
    {
        var asked = request.Query.Has(Cuts.AsKnown) ? request.Query.Get(Cuts.AsKnown, AsKnown.All) : otherwise is { } offset ? new AsKnown.AtOffset(offset) : AsKnown.All;
        if (asked is not AsKnown.AtOffset)
        {
            throw new ProblemException(Problem.Invalid(Cuts.AsKnown.Name, asked.ToString(), "an offset, which never changes what the branch stands for"));
        }

        var keeping = new BranchKeeping(request.Journal, request.Options.Journal, id, edits, asked, fact, request.Caller.Name);
        await JobsEndpoint.AcceptedAsync(request, request.Journal.Jobs.Add(kind, request.Caller, keeping.RunAsync)).ConfigureAwait(false);
    }

    private static async Task AskAsync(ServiceRequest request, KeptBranch branch, BranchEvent asked)
    {
        var answered = BranchJobs.Decide(branch, asked) is null
            ? branch
            : await BranchJobs.AskAsync(request.Journal, request.Options.Journal, branch.Id, asked, request.Caller.Name, request.Aborted).ConfigureAwait(false);
        await BranchesEndpoint.WriteAsync(request, [answered]).ConfigureAwait(false);
    }
}
