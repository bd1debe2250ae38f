using ActorFinance.Scenarios.Files;

namespace ActorFinance.Answers;

/// <summary>A question about a company that the book does not know names those that sound like it.</summary>
public static class CompanyNames
{
    private const int Named = 12;

    /// <summary>Null when the company is registered.</summary>
    public static string? Missing(IEnumerable<CompanyId> registered, CompanyId company)
    {
        var known = registered.Select(one => one.Value).ToList();
        if (known.Contains(company.Value))
        {
            return null;
        }

        var near = known
            .Select(name => (Name: name, Distance: Spelling.Distance(name, company.Value)))
            .Where(candidate => candidate.Distance <= Math.Min(3, (company.Value.Length + 1) / 3) || candidate.Name.Contains(company.Value, StringComparison.Ordinal))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(5)
            .Select(candidate => candidate.Name)
            .ToList();
        var hint = near.Count > 0 ? $"; did you mean {string.Join(", ", near)}?"
            : known.Count == 0 ? "; the journal has no companies"
            : $"; it has {string.Join(", ", known.Order(StringComparer.Ordinal).Take(Named))}{(known.Count > Named ? $" and {known.Count - Named} more" : "")}";
        return $"no company '{company}' in this journal{hint}";
    }
}
