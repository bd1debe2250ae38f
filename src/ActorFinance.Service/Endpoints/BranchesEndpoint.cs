using System.Text;
using System.Text.Json.Nodes;
using ActorFinance.Actors.Hosting;
using ActorFinance.Answers;
using ActorFinance.Journal.Contracts;
using ActorFinance.Service.Jobs;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>What-ifs that are kept by name beside the journal; what takes long is a job.</summary>
internal static class BranchesEndpoint
{
    private const string Path = "/v1/branches/{branch}";

    private static readonly IReadOnlyDictionary<string, string> s_named = new Dictionary<string, string> { ["branch"] = "The branch's name." };

    private static readonly QueryParameter<bool> s_all = QueryParameter.Flag("all", "Archived ones too.");

    private static readonly QueryParameter<BranchId> s_from = QueryParameter.Value<BranchId>("from", "A branch whose edits come first: a branch of a branch.");

    private static readonly QueryParameter<BranchId> s_names = QueryParameter.Value<BranchId>("name", "A branch to put beside the others.") with { IsRepeated = true };

    private static readonly QueryParameter<string> s_reason = QueryParameter.Phrase("reason", "Why.");

    public static ServiceEndpoint List { get; } = new("GET", "/v1/branches", Role.Read, "The kept branches of the journal.", async request =>
    {
        var kept = await ReadAsync(request).ConfigureAwait(false);
        await WriteAsync(request, [.. kept.All.Where(branch => request.Query.Get(s_all, false) || !branch.IsArchived).OrderBy(branch => branch.Name)]).ConfigureAwait(false);
    })
    {
        Parameters = [s_all],
        Schema = "branch-list",
    };

    public static ServiceEndpoint One { get; } = new("GET", Path, Role.Read, "A kept branch, as the list has it.", async request =>
        await WriteAsync(request, [await FindAsync(request).ConfigureAwait(false)]).ConfigureAwait(false))
    {
        PathParameters = s_named,
        Schema = "branch-list",
        Problems = [404],
    };

    public static ServiceEndpoint Put { get; } = new(
        "PUT", Path, Role.Write, "Keep a what-if by name, on the journal as it is now or at the offset that asKnown says. What cannot be applied is not kept. The answer is a job.", KeepAsync)
    {
        PathParameters = s_named,
        Parameters = [Cuts.AsKnown, s_from, s_reason],
        Body = FileBody.Types,
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [404, 409, 413, 415],
    };

    public static ServiceEndpoint Show { get; } = new("POST", $"{Path}/show", Role.Read, "A kept branch beside the base that it stands on. The answer is a job.", async request =>
    {
        var branch = await FindAsync(request).ConfigureAwait(false);
        await BeginAsync(request, "show", [branch], new AsKnown.AtOffset(branch.Base)).ConfigureAwait(false);
    })
    {
        PathParameters = s_named,
        Parameters = BranchQuestion.Parameters,
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [404],
    };

    public static ServiceEndpoint Compare { get; } = new(
        "POST", "/v1/branches/compare", Role.Read, "Kept branches side by side on one base: the newest that one of them stands on, unless asKnown says another. The answer is a job.", CompareAsync)
    {
        Parameters = [s_names, .. BranchQuestion.Parameters, Cuts.AsKnown],
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [404],
    };

    public static ServiceEndpoint Promote { get; } = new(
        "POST", $"{Path}/promote", Role.Write, "Offer the orders that a branch inserts to the companies: rehearsed first, then all written, or none. The answer is a job.", PromoteAsync)
    {
        PathParameters = s_named,
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [404, 409],
    };

    public static ServiceEndpoint Archive { get; } = new("POST", $"{Path}/archive", Role.Write, "Take a branch out of the list. Nothing is lost: with all=true the list still has it.", async request =>
    {
        var branch = await FindAsync(request).ConfigureAwait(false);
        var reason = request.Query.Get(s_reason!, null);
        await WriteAsync(request, [await BranchJobs.AskAsync(request.Options.Journal, branch.Id, new BranchArchived(reason), request.Caller.Name, request.Aborted).ConfigureAwait(false)]).ConfigureAwait(false);
    })
    {
        PathParameters = s_named,
        Parameters = [s_reason],
        Schema = "branch-list",
        Problems = [404, 409],
    };

    private static async Task KeepAsync(ServiceRequest request)
    {
        var content = await FileBody.ReadAsync(request).ConfigureAwait(false);
        var (id, file, kept) = (Named(request), WhatIfEndpoint.Read(content), await ReadAsync(request).ConfigureAwait(false));
        if (kept.Taken(id) is { } taken)
        {
            throw new ProblemException(Problem.Of("branch-refused", taken.Message));
        }

        var asked = request.Query.Get(Cuts.AsKnown, Model.AsKnown.All);
        if (asked is not AsKnown.AtOffset)
        {
            throw new ProblemException(Problem.Invalid(Cuts.AsKnown.Name, asked.ToString(), "an offset, which never changes what the branch stands for"));
        }

        var parent = request.Query.Find(s_from) is { } from ? Find(kept, from) : null;
        var keeping = new BranchKeeping(request.Journal, request.Options.Journal, id, parent, Encoding.UTF8.GetString(content), file, asked, request.Query.Get(s_reason!, null), request.Caller.Name);
        await JobsEndpoint.AcceptedAsync(request, request.Journal.Jobs.Add("keep", request.Caller, keeping.RunAsync)).ConfigureAwait(false);
    }

    private static async Task CompareAsync(ServiceRequest request)
    {
        var (kept, names) = (await ReadAsync(request).ConfigureAwait(false), request.Query.All(s_names).Distinct().ToList());
        if (names.Count == 0)
        {
            throw new ProblemException(Problem.Invalid(s_names.Name, value: null, "the name of a kept branch, as often as there are branches to compare"));
        }

        var branches = names.Select(name => Find(kept, name)).ToList();
        var on = request.Query.Has(Cuts.AsKnown) ? request.Query.Get(Cuts.AsKnown, Model.AsKnown.All) : new AsKnown.AtOffset(branches.Max(branch => branch.Base));
        await BeginAsync(request, "compare", branches, on).ConfigureAwait(false);
    }

    private static async Task PromoteAsync(ServiceRequest request)
    {
        var branch = await FindAsync(request).ConfigureAwait(false);
        if (KeptBranch.Decide(branch, new BranchPromoted(default, 0)).Refusal is { } refusal)
        {
            throw new ProblemException(Problem.Of("branch-refused", refusal.Message));
        }

        var orders = Answered(() => BranchListReport.OrdersOf(branch), "branch-refused");
        var (journal, path, caller) = (request.Journal, request.Options.Journal, request.Caller.Name);
        var job = journal.Jobs.Add("promote", request.Caller, (job, cancellation) => BranchJobs.PromoteAsync(journal, path, branch, orders, caller, job, cancellation));
        await JobsEndpoint.AcceptedAsync(request, job).ConfigureAwait(false);
    }

    private static async Task BeginAsync(ServiceRequest request, string kind, IReadOnlyList<KeptBranch> branches, AsKnown on)
    {
        var (journal, question) = (request.Journal, BranchQuestion.Of(request.Query));
        var files = Answered(() => branches.Select(branch => (branch.Name.Value, BranchListReport.WhatIfOf(branch))).ToList(), "no-answer");
        var job = journal.Jobs.Add(kind, request.Caller, async (job, cancellation) =>
        {
            var book = await journal.JobBook.ReadAsync(job, cancellation).ConfigureAwait(false);
            return await JobBoard.ComputeAsync<JsonNode>(() => question.Answer(book, on, files), cancellation).ConfigureAwait(false);
        });
        await JobsEndpoint.AcceptedAsync(request, job).ConfigureAwait(false);
    }

    private static BranchId Named(ServiceRequest request) => BranchId.TryParse(request.Path("branch"), out var name)
        ? name
        : throw new ProblemException(Problem.Invalid("branch", request.Path("branch"), BranchId.Rule));

    private static async Task<KeptBranch> FindAsync(ServiceRequest request) => Find(await ReadAsync(request).ConfigureAwait(false), Named(request));

    private static KeptBranch Find(KeptBranches kept, BranchId name) => Answered(() => BranchListReport.Find(kept.All, kept.Find(name), name), "not-found");

    private static T Answered<T>(Func<T> ask, string code)
    {
        try
        {
            return ask();
        }
        catch (QuestionRefusedException refused)
        {
            throw new ProblemException(Problem.Of(code, refused.Message));
        }
    }

    private static async Task<KeptBranches> ReadAsync(ServiceRequest request)
    {
        try
        {
            return (await BranchJournal.ReadAsync(request.Options.Journal, request.Aborted).ConfigureAwait(false)).Succeeded(out var kept, out _)
                ? kept
                : throw new ProblemException(Problem.Of("journal-unavailable", "the kept branches cannot be read now"));
        }
        catch (Exception damage) when (damage is CorruptEventException or CorruptJournalException)
        {
            throw new ProblemException(Problem.Of("no-answer", $"the kept branches are damaged: {damage.Message}"));
        }
    }

    private static async Task WriteAsync(ServiceRequest request, IReadOnlyList<KeptBranch> branches)
    {
        var last = await request.Journal.Reader.LastOffsetAsync(request.Aborted).ConfigureAwait(false);
        await Answer.WriteAsync(request.Context, Answered(() => BranchListReport.ToJson(branches, new(last)), "no-answer")).ConfigureAwait(false);
    }
}
