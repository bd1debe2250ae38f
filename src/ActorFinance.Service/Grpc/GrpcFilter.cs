using ActorFinance.Answers;
using ActorFinance.Contract.V1;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Streaming;
using InvalidField = ActorFinance.Service.Endpoints.InvalidField;

namespace ActorFinance.Service.Grpc;

/// <summary>Reads what a call asks for, by the rules of the addresses' parameters.</summary>
internal static class GrpcFilter
{
    /// <exception cref="ProblemException">Names every field that breaks its rule.</exception>
    public static StreamFilter Read(EventFilter? filter)
    {
        filter ??= new();
        var errors = new List<InvalidField>();
        var read = new StreamFilter(
            Of<CompanyId>("filter.company", filter.Company, errors), filter.Type.Length == 0 ? null : filter.Type, Of<DealId>("filter.deal", filter.Deal, errors), Of<CompanyId>("filter.party", filter.Party, errors));
        if (read.Type is { } type && !EventText.Types.Contains(type))
        {
            errors.Add(new("filter.type", type, $"one of {string.Join(", ", EventText.Types.Order(StringComparer.Ordinal))}"));
        }

        return errors.Count == 0 ? read : throw new ProblemException(Problem.Invalid(errors));
    }

    /// <exception cref="ProblemException">It is no start.</exception>
    public static StreamStart StartOf(string from) =>
        from.Length == 0 ? StreamStart.Beginning
        : StreamStart.TryParse(from, out var start) ? start
        : throw new ProblemException(Problem.Invalid("from", from, StreamStart.Rule));

    private static T? Of<T>(string field, string text, List<InvalidField> errors)
        where T : struct, IValue<T>
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (T.TryParse(text, out var value))
        {
            return value;
        }

        errors.Add(new(field, text, T.Rule));
        return null;
    }
}
