namespace ActorFinance.Service.Endpoints;

/// <summary>All addresses of the service.</summary>
internal static class ServiceEndpoints
{
    public static IReadOnlyList<ServiceEndpoint> All { get; } =
    [
        CommandsEndpoint.Post,
        EventsEndpoint.Get,
        StreamEndpoint.Get,
        SubscriptionsEndpoint.List,
        SubscriptionsEndpoint.One,
        SubscriptionsEndpoint.Put,
        SubscriptionsEndpoint.Delete,
        ConsumeEndpoint.Get,
        AcknowledgementsEndpoint.Acknowledge,
        AcknowledgementsEndpoint.Park,
        ParkedEndpoint.List,
        ParkedEndpoint.Replay,
        ParkedEndpoint.Discard,
        CompaniesEndpoint.List,
        CompaniesEndpoint.One,
        DealsEndpoint.List,
        DealsEndpoint.One,
        CashEndpoint.Get,
        OwnershipEndpoint.Get,
        CircularEndpoint.Get,
        WhatIfEndpoint.Post,
        SimulateEndpoint.Post,
        BranchesEndpoint.List,
        BranchesEndpoint.One,
        BranchesEndpoint.Put,
        BranchesEndpoint.Show,
        BranchesEndpoint.Compare,
        BranchesEndpoint.Promote,
        BranchesEndpoint.Archive,
        JobsEndpoint.List,
        JobsEndpoint.One,
        JobsEndpoint.Result,
        JobsEndpoint.Delete,
        VerifyEndpoint.Get,
        HealthEndpoints.Status,
        HealthEndpoints.Live,
        HealthEndpoints.Ready,
        MetricsEndpoint.Get,
        ProblemsEndpoint.Get,
        OpenApiEndpoint.Get,
    ];
}
