using ActorFinance.Scenarios.Files;

namespace ActorFinance.Service.Endpoints;

/// <summary>What stands behind the question mark, checked: only what the endpoint knows, each once, each by its rule.</summary>
internal sealed class Query
{
    private readonly IQueryCollection _query;

    private Query(IQueryCollection query) => _query = query;

    /// <exception cref="ProblemException">Names all that is wrong.</exception>
    public static Query Read(HttpRequest request, IReadOnlyList<QueryParameter> known)
    {
        if (request.Query.Count > 0 || known.Any(parameter => parameter.IsRequired))
        {
            List<InvalidField> errors =
                [.. known.Where(parameter => parameter.IsRequired && !request.Query.ContainsKey(parameter.Name)).Select(parameter => new InvalidField(parameter.Name, Value: null, parameter.Check("")!))];
            foreach (var (name, values) in request.Query)
            {
                // The collection ignores case; the contract does not.
                if (known.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
                {
                    var names = known.Select(one => one.Name).ToList();
                    errors.Add(new("query", name, names.Count == 0 ? "left out: this address has no parameters" : $"one of {string.Join(", ", names)}{Spelling.Hint(name, names)}"));
                }
                else if (values.Count != 1 && !parameter.IsRepeated)
                {
                    errors.Add(new(name, values.ToString(), "stated once"));
                }
                else
                {
                    errors.AddRange(
                        from value in values
                        let wrong = parameter.Check(value ?? "")
                        where wrong is not null
                        select new InvalidField(name, value, wrong));
                }
            }

            if (errors.Count > 0)
            {
                throw new ProblemException(Problem.Invalid(errors));
            }
        }

        return new(request.Query);
    }

    public bool Has(QueryParameter parameter) => _query.ContainsKey(parameter.Name);

    public T Get<T>(QueryParameter<T> parameter, T otherwise) => Has(parameter) ? parameter.Parse(_query[parameter.Name]!).Value : otherwise;

    public IReadOnlyList<T> All<T>(QueryParameter<T> parameter) => Has(parameter) ? [.. _query[parameter.Name].Select(value => parameter.Parse(value!).Value)] : [];

    public T? Find<T>(QueryParameter<T> parameter)
        where T : struct => Has(parameter) ? parameter.Parse(_query[parameter.Name]!).Value : null;
}
