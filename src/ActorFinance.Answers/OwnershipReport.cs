using System.Text.Json.Nodes;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Answers;

/// <summary>A holder of an issuer as it is shown: directly, through others, or both.</summary>
public sealed record HolderLine(HolderId Holder, decimal Shares, decimal? Direct, double? LookThrough, double? Ultimate);

/// <summary>What <c>ownership</c> answers; the demo tells its story from the same figures.</summary>
public sealed class OwnershipReport
{
    private readonly OwnershipAnswer _answer;
    private readonly CompanyId? _company;
    private readonly OwnershipWalk _walk;
    private readonly Lazy<ValueList<Controls>> _controls;
    private readonly Dictionary<CompanyId, OwnershipOutcome<IndirectOwnership>> _indirect = [];

    private OwnershipReport(ResolvedCut cut, ShareRegister register, OwnershipBasis basis, Func<HolderId, bool> isCompany, CompanyId? company)
    {
        Cut = cut;
        Register = register;
        _answer = OwnershipTable.Of(register, basis);
        _company = company;
        _walk = OwnershipWalk.Of(_answer, isCompany);
        _controls = new(() => Control.Of(OwnershipTable.Of(register, OwnershipBasis.Voting), isCompany));
    }

    public ResolvedCut Cut { get; }

    public ShareRegister Register { get; }

    public OwnershipBasis Basis => _answer.Basis;

    public string BasisName => Basis switch
    {
        OwnershipBasis.Voting => "voting",
        OwnershipBasis.FullyDiluted => "fully-diluted",
        _ => "outstanding",
    };

    /// <summary>By id; with a company only that one.</summary>
    public IEnumerable<IssuerOwnership> Issuers => _answer.Issuers.Where(issuer => _company is null || issuer.Issuer == _company);

    /// <summary>With a company its own list, and those on whose lists it stands.</summary>
    public IEnumerable<Controls> Controls => _controls.Value.Where(one => _company is not { } company || one.Company == company || one.Controlled.Contains(company));

    /// <summary>Why indirect figures that were asked for are missing, each once.</summary>
    public IEnumerable<string> Errors => _indirect.OrderBy(one => one.Key).Select(one => one.Value.Error?.Message).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Told which part of a large circle is solved, from 0 to 1.</summary>
    public Action<double>? Progress { get; init; }

    public static OwnershipReport Of(OwnershipView view, Cut cut, OwnershipBasis basis, CompanyId? company, Action<double>? progress) =>
        new(view.Places.Resolve(cut), view.Shares.At(cut), basis, holder => view.Places.IsCompany(holder, cut.AsKnown), company) { Progress = progress };

    public static OwnershipReport Of(ResolvedCut cut, ShareRegister register, OwnershipBasis basis, Func<HolderId, bool> isCompany, CompanyId? company) =>
        new(cut, register, basis, isCompany, company);

    public bool IsNotional(CompanyId issuer) => Register.Issuer(issuer)?.Classes.Any(share => share.Notional) ?? false;

    /// <summary>Direct holders, largest first; then those that hold through others only, most first.</summary>
    public IReadOnlyList<HolderLine> Lines(IssuerOwnership issuer)
    {
        var indirect = Indirect(issuer.Issuer).Value?.Holders.ToDictionary(holder => holder.Holder) ?? [];
        var direct = issuer.Holders.Select(holder => new HolderLine(
            holder.Holder, holder.Shares, holder.Direct, indirect.GetValueOrDefault(holder.Holder)?.LookThrough, indirect.GetValueOrDefault(holder.Holder)?.Ultimate));
        var directly = issuer.Holders.Select(holder => holder.Holder).ToHashSet();
        return
        [
            .. direct,
            .. indirect.Values
                .Where(holder => !directly.Contains(holder.Holder))
                .OrderByDescending(holder => holder.LookThrough)
                .ThenBy(holder => holder.Holder)
                .Select(holder => new HolderLine(holder.Holder, 0, 0, holder.LookThrough, holder.Ultimate)),
        ];
    }

    /// <summary>All classes of a holder at their last prices, when there is one currency.</summary>
    public IReadOnlyDictionary<HolderId, Money> Worths(CompanyId issuer) =>
        Register.Issuer(issuer) is not { } register
            ? new Dictionary<HolderId, Money>()
            : StakeValue.Worths(register);

    public JsonObject ToJson()
    {
        var json = JsonAnswer.Head(Cut, Register.Ungrounded);
        json["basis"] = BasisName;
        json["issuers"] = JsonAnswer.List(Issuers, Issuer);
        json["controls"] = JsonAnswer.List(Controls, one => new JsonObject
        {
            ["company"] = one.Company.Value,
            ["controlled"] = JsonAnswer.List(one.Controlled, company => company.Value),
        });
        return json;
    }

    public OwnershipOutcome<IndirectOwnership> Indirect(CompanyId issuer) =>
        _indirect.TryGetValue(issuer, out var known) ? known : _indirect[issuer] = IndirectOwnership.Of(_walk, issuer, Progress);

    private JsonObject Issuer(IssuerOwnership issuer)
    {
        var worths = Worths(issuer.Issuer);
        var behind = OwnershipTable.EventsBehind(Register.Issuer(issuer.Issuer)!, Basis);
        return new()
        {
            ["issuer"] = issuer.Issuer.Value,
            ["outstanding"] = JsonAnswer.Amount(issuer.Outstanding),
            ["notional"] = IsNotional(issuer.Issuer),
            ["pool"] = JsonAnswer.Amount(issuer.Pool),
            ["leftOut"] = JsonAnswer.List(issuer.LeftOut, left => left.Value),
            ["whyNull"] = Indirect(issuer.Issuer).Error?.Message,
            ["holders"] = JsonAnswer.List(Lines(issuer), line => Holder(line, worths, behind)),
        };
    }

    private static JsonObject Holder(HolderLine line, IReadOnlyDictionary<HolderId, Money> worths, IReadOnlyDictionary<HolderId, ValueList<EventReference>> behind)
    {
        var json = new JsonObject
        {
            ["holder"] = line.Holder.Value,
            ["shares"] = JsonAnswer.Amount(line.Shares),
            ["direct"] = line.Direct is { } direct ? JsonValue.Create((double)direct) : null,
            ["lookThrough"] = JsonAnswer.Ratio(line.LookThrough),
            ["ultimate"] = JsonAnswer.Ratio(line.Ultimate),
            ["events"] = JsonAnswer.List(behind.TryGetValue(line.Holder, out var events) ? events : [], reference => reference.Event.ToString()),
        };
        if (worths.TryGetValue(line.Holder, out var worth))
        {
            json["stakeValue"] = new JsonObject { ["amount"] = JsonAnswer.Amount(worth.Amount), ["currency"] = worth.Currency.Code };
        }

        return json;
    }
}
