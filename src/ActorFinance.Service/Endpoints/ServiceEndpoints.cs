namespace ActorFinance.Service.Endpoints;

/// <summary>All addresses of the service.</summary>
internal static class ServiceEndpoints
{
    public static IReadOnlyList<ServiceEndpoint> All { get; } =
    [
        CommandsEndpoint.Post,
        EventsEndpoint.Get,
        CashEndpoint.Get,
        StreamEndpoint.Get,
    ];
}
