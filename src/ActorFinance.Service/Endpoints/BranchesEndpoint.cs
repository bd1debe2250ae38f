using System.Text.Json.Nodes;
using ActorFinance.Actors.Hosting;
using ActorFinance.Answers;
using ActorFinance.Journal.Contracts;
using ActorFinance.Service.Jobs;
using ActorFinance.Service.Security;

namespace ActorFinance.Service.Endpoints;

/// <summary>The kept branches of the journal: listed, shown, compared; what takes long is a job.</summary>
internal static class BranchesEndpoint
{
    public const string Path = "/v1/branches/{branch}";

    public static IReadOnlyDictionary<string, string> Address { get; } = new Dictionary<string, string> { ["branch"] = "The branch's name." };

    private static readonly QueryParameter<bool> s_all = QueryParameter.Flag("all", "Archived ones too.");

    private static readonly QueryParameter<BranchId> s_names = QueryParameter.Value<BranchId>("name", "A branch to put beside the others.") with { IsRepeated = true, IsRequired = true };

    public static ServiceEndpoint List { get; } = new("GET", "/v1/branches", Role.Read, "The kept branches of the journal.", async request =>
    {
        var kept = await ReadAsync(request).ConfigureAwait(false);
        await WriteAsync(request, [.. kept.All.Where(branch => request.Query.Get(s_all, false) || !branch.IsArchived).OrderBy(branch => branch.Name)]).ConfigureAwait(false);
    })
    {
        Parameters = [s_all],
        Schema = "branch-list",
        Problems = [409],
    };

    public static ServiceEndpoint One { get; } = new("GET", Path, Role.Read, "A kept branch, as the list has it.", async request =>
        await WriteAsync(request, [await FindAsync(request).ConfigureAwait(false)]).ConfigureAwait(false))
    {
        PathParameters = Address,
        Schema = "branch-list",
        Problems = [404, 409],
    };

    public static ServiceEndpoint Show { get; } = new("POST", $"{Path}/show", Role.Read, "A kept branch beside the base that it stands on. The answer is a job.", async request =>
    {
        var branch = await FindAsync(request).ConfigureAwait(false);
        await BeginAsync(request, "show", [branch], new AsKnown.AtOffset(branch.Base)).ConfigureAwait(false);
    })
    {
        PathParameters = Address,
        Parameters = BranchQuestion.Parameters,
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [404, 409],
    };

    public static ServiceEndpoint Compare { get; } = new(
        "POST", "/v1/branches/compare", Role.Read, "Kept branches side by side on one base: the newest that one of them stands on, unless asKnown says another. The answer is a job.", CompareAsync)
    {
        Parameters = [s_names, .. BranchQuestion.Parameters, Cuts.AsKnown],
        Status = StatusCodes.Status202Accepted,
        Schema = "job",
        Problems = [404, 409],
    };

    private static async Task CompareAsync(ServiceRequest request)
    {
        var (kept, names) = (await ReadAsync(request).ConfigureAwait(false), request.Query.All(s_names).Distinct().ToList());
        var branches = names.Select(name => Find(kept, name)).ToList();
        var on = request.Query.Has(Cuts.AsKnown) ? request.Query.Get(Cuts.AsKnown, Model.AsKnown.All) : new AsKnown.AtOffset(branches.Max(branch => branch.Base));
        await BeginAsync(request, "compare", branches, on).ConfigureAwait(false);
    }

    private static async Task BeginAsync(ServiceRequest request, string kind, IReadOnlyList<KeptBranch> branches, AsKnown on)
    {
        var (journal, question) = (request.Journal, BranchQuestion.Of(request.Query));
        var files = Answered(() => branches.Select(branch => (branch.Name.Value, BranchListReport.WhatIfOf(branch))).ToList(), "no-answer");
        var job = journal.Jobs.Add(kind, request.Caller, async (job, cancellation) =>
        {
            var book = await journal.JobBook.ReadAsync(job, cancellation).ConfigureAwait(false);
            return await JobBoard.ComputeAsync<JsonNode>(() => question.Answer(book, on, files, job, cancellation), cancellation).ConfigureAwait(false);
        });
        await JobsEndpoint.AcceptedAsync(request, job).ConfigureAwait(false);
    }

    public static BranchId Named(ServiceRequest request) => BranchId.TryParse(request.Path("branch"), out var name)
        ? name
        : throw new ProblemException(Problem.Invalid("branch", request.Path("branch"), BranchId.Rule));

    public static async Task<KeptBranch> FindAsync(ServiceRequest request) => Find(await ReadAsync(request).ConfigureAwait(false), Named(request));

    public static KeptBranch Find(KeptBranches kept, BranchId name) => Answered(() => BranchListReport.Find(kept.All, kept.Find(name), name), "not-found");

    public static T Answered<T>(Func<T> ask, string code)
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

    public static async Task<KeptBranches> ReadAsync(ServiceRequest request)
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

    public static async Task WriteAsync(ServiceRequest request, IReadOnlyList<KeptBranch> branches)
    {
        var last = await request.Journal.Reader.LastOffsetAsync(request.Aborted).ConfigureAwait(false);
        await Answer.WriteAsync(request.Context, Answered(() => BranchListReport.ToJson(branches, new(last)), "no-answer")).ConfigureAwait(false);
    }
}
