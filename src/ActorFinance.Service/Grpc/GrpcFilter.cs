using ActorFinance.Contract.V1;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Streaming;

namespace ActorFinance.Service.Grpc;

/// <summary>Reads what a call asks for, by the rules of the addresses' parameters.</summary>
internal static class GrpcFilter
{
    /// <exception cref="ProblemException">Names every field that breaks its rule.</exception>
    public static StreamFilter Read(EventFilter? filter) =>
        filter is null ? new(Company: null, Type: null, Deal: null, Party: null) : StreamFilter.Read("filter.", filter.Company, filter.Type, filter.Deal, filter.Party);

    /// <exception cref="ProblemException">It is no start.</exception>
    public static StreamStart StartOf(string from) =>
        from.Length == 0 ? StreamStart.Beginning
        : StreamStart.TryParse(from, out var start) ? start
        : throw new ProblemException(Problem.Invalid("from", from, StreamStart.Rule));
}
