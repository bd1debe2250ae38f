using System.Text.Json.Nodes;
using ActorFinance.Analysis.Projections;
using ActorFinance.Analysis.Timeline;

namespace ActorFinance.Answers;

/// <summary>The companies that are known at a cut, with the name they have then, by id.</summary>
public sealed record CompaniesReport(ResolvedCut Cut, IReadOnlyList<KnownCompany> Companies)
{
    public static CompaniesReport Of(BookView book, Cut cut)
    {
        var counted = book.Companies.At(cut);
        var names = new Dictionary<CompanyId, string>();
        foreach (var recorded in counted.Events)
        {
            if (recorded.Event is CompanyRenamed renamed)
            {
                names[recorded.Header.Emitter] = renamed.Name;
            }
        }

        // A registration holds at every time: only what is known of it matters.
        var companies =
            from recorded in book.Companies.Recorded
            where recorded.Event is CompanyRegistered && book.Places.IsCompany(HolderId.Of(recorded.Header.Emitter), cut.AsKnown)
            let company = recorded.Header.Emitter
            let registered = (CompanyRegistered)recorded.Event
            orderby company
            select new KnownCompany(company, names.GetValueOrDefault(company) ?? registered.Name, registered);
        return new(counted.Resolved, [.. companies]);
    }

    public JsonObject ToJson()
    {
        var json = JsonAnswer.Head(Cut, []);
        json["companies"] = JsonAnswer.List(Companies, company => new JsonObject
        {
            ["company"] = company.Company.Value,
            ["name"] = company.Name,
            ["currency"] = company.Registered.Currency.Code,
            ["kind"] = company.Registered.Kind == CompanyKind.Group ? "group" : "company",
            ["cashPolicy"] = company.Registered.CashPolicy == CashPolicy.RejectShortfall ? "reject-shortfall" : "allow-shortfall",
        });
        return json;
    }
}

public sealed record KnownCompany(CompanyId Company, string Name, CompanyRegistered Registered);
