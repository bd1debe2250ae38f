using ActorFinance.Contract.V1;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Security;
using ActorFinance.Service.Streaming;
using ActorFinance.Service.Streaming.Durable;
using Grpc.Core;

namespace ActorFinance.Service.Grpc;

/// <summary>Consuming a durable subscription over gRPC: the same delivery and the same words as over HTTP.</summary>
internal sealed class SubscriptionsService(Gate gate) : Subscriptions.SubscriptionsBase
{
    public override Task Consume(ConsumeRequest request, IServerStreamWriter<ConsumeStep> responseStream, ServerCallContext context) =>
        gate.PassAsync(context, Role.Read, isStream: true, entered =>
        {
            if (!ConsumeEndpoint.IsName(request.Consumer))
            {
                throw new ProblemException(Problem.Invalid("consumer", request.Consumer, ConsumeEndpoint.NameRule));
            }

            return DurableDelivery.RunAsync(
                entered,
                entered.Journal.Subscriptions.Find(request.Subscription, entered.Caller),
                request.Consumer,
                request.TakeOver,
                session => WriteAsync(entered, new() { Epoch = session.Epoch, Offset = session.Delivered.Value }),
                async (session, delivered) =>
                {
                    foreach (var step in GrpcSteps.Of(delivered.Chunk))
                    {
                        var sent = new ConsumeStep { Epoch = session.Epoch, Offset = step.Offset, IsReplay = delivered.IsReplay };
                        sent.Events.AddRange(step.Events);
                        DurableSubscription.Delivering(session, new(step.Offset));
                        await WriteAsync(entered, sent).ConfigureAwait(false);
                        ServiceMetrics.Streamed(step.Events.Count);
                    }
                });

            Task WriteAsync(ServiceRequest admitted, ConsumeStep step) =>
                SubscriberPace.TakenAsync(responseStream.WriteAsync(step), admitted.Options.StalledAfter, new(step.Offset), admitted.Aborted);
        });

    public override Task<Acknowledged> Acknowledge(AcknowledgeRequest request, ServerCallContext context) =>
        AnswerAsync(context, request.Subscription, subscription => subscription.AcknowledgeAsync(request.Epoch, new(request.Offset)));

    public override Task<Acknowledged> Park(ParkRequest request, ServerCallContext context) => AnswerAsync(context, request.Subscription, subscription =>
        request.Reason.Length is > 0 and <= AcknowledgementsEndpoint.ReasonMax
            ? subscription.ParkAsync(request.Epoch, new(request.Offset), request.Reason)
            : throw new ProblemException(Problem.Invalid("reason", request.Reason, AcknowledgementsEndpoint.ReasonRule)));

    private async Task<Acknowledged> AnswerAsync(ServerCallContext context, string subscription, Func<DurableSubscription, Task<Offset>> work)
    {
        var answer = new Acknowledged();
        await gate.PassAsync(context, Role.Read, isStream: false, async entered =>
            answer.Offset = (await work(entered.Journal.Subscriptions.Find(subscription, entered.Caller)).ConfigureAwait(false)).Value).ConfigureAwait(false);
        return answer;
    }
}
