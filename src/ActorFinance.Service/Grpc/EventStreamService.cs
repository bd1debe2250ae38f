using ActorFinance.Contract.V1;
using ActorFinance.Service.Security;
using ActorFinance.Service.Streaming;
using Grpc.Core;

namespace ActorFinance.Service.Grpc;

/// <summary>What <c>GET /v1/stream</c> does, as gRPC server streaming.</summary>
internal sealed class EventStreamService(Gate gate) : EventStream.EventStreamBase
{
    public override Task Read(ReadRequest request, IServerStreamWriter<StreamStep> responseStream, ServerCallContext context) =>
        gate.PassAsync(context, Role.Read, isStream: true, async entered =>
        {
            var filter = GrpcFilter.Read(request.Filter);
            var after = await GrpcFilter.StartOf(request.From).ResolveAsync(entered).ConfigureAwait(false);

            // At once, so that the client knows that it is connected before anything happens.
            await context.WriteResponseHeadersAsync([]).ConfigureAwait(false);
            await foreach (var chunk in StreamReading.ReadAsync(entered.Journal, after, filter, entered.Options.Heartbeat, entered.Aborted).ConfigureAwait(false))
            {
                foreach (var step in GrpcSteps.Of(chunk))
                {
                    // A write that is told of the end takes the call's status with it.
                    await SubscriberPace.TakenAsync(responseStream.WriteAsync(step), entered.Options.StalledAfter, new(step.Offset), entered.Aborted).ConfigureAwait(false);
                    ServiceMetrics.Streamed(step.Events.Count);
                }
            }
        });
}
