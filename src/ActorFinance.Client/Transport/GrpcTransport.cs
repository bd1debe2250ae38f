using System.Runtime.CompilerServices;
using System.Text.Json;
using ActorFinance.Contract.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace ActorFinance.Client.Transport;

/// <summary>Streams over gRPC.</summary>
internal sealed class GrpcTransport(ServiceConnection connection, GrpcChannel channel) : IStreamTransport
{
    private const string ProblemTrailer = "problem-bin";

    private readonly EventStream.EventStreamClient _streams = new(channel);
    private readonly Contract.V1.Subscriptions.SubscriptionsClient _subscriptions = new(channel);

    public async IAsyncEnumerable<StreamFrame> ReadAsync(EventFilter filter, string from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var asked = new ReadRequest { From = from, Filter = new() { Company = filter.Company ?? "", Type = filter.Type ?? "", Deal = filter.Deal ?? "", Party = filter.Party ?? "" } };
        using var call = _streams.Read(asked, connection.GrpcHeaders, cancellationToken: cancellation);
        while (await NextAsync(call.ResponseStream, cancellation).ConfigureAwait(false))
        {
            var step = call.ResponseStream.Current;
            foreach (var one in step.Events)
            {
                yield return new(FrameKind.Event, one.Offset, RecordOf(one));
            }

            if (step.Events.Count == 0 || step.Events[^1].Offset < step.Offset)
            {
                yield return new(FrameKind.Heartbeat, step.Offset);
            }
        }
    }

    public async IAsyncEnumerable<StreamFrame> ConsumeAsync(string subscription, string consumer, bool takeOver, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var call = _subscriptions.Consume(new() { Subscription = subscription, Consumer = consumer, TakeOver = takeOver }, connection.GrpcHeaders, cancellationToken: cancellation);
        var isFirst = true;
        while (await NextAsync(call.ResponseStream, cancellation).ConfigureAwait(false))
        {
            var step = call.ResponseStream.Current;
            foreach (var one in step.Events)
            {
                yield return new(step.IsReplay ? FrameKind.Replay : FrameKind.Event, one.Offset, RecordOf(one));
            }

            if (isFirst || (!step.IsReplay && (step.Events.Count == 0 || step.Events[^1].Offset < step.Offset)))
            {
                yield return new(isFirst ? FrameKind.Epoch : FrameKind.Heartbeat, step.Offset, Epoch: step.Epoch);
                isFirst = false;
            }
        }
    }

    public Task AcknowledgeAsync(string subscription, long epoch, long offset, CancellationToken cancellation) => AskAsync(options =>
        _subscriptions.AcknowledgeAsync(new() { Subscription = subscription, Epoch = epoch, Offset = offset }, options), cancellation);

    public Task ParkAsync(string subscription, long epoch, long offset, string reason, CancellationToken cancellation) => AskAsync(options =>
        _subscriptions.ParkAsync(new() { Subscription = subscription, Epoch = epoch, Offset = offset, Reason = reason }, options), cancellation);

    private static async Task<bool> NextAsync<T>(IAsyncStreamReader<T> stream, CancellationToken cancellation)
    {
        try
        {
            return await stream.MoveNext(cancellation).ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            cancellation.ThrowIfCancellationRequested();
            throw FailureOf(failure);
        }
    }

    private static Exception FailureOf(RpcException failure) => failure.Trailers.GetValueBytes(ProblemTrailer) is { } document
        ? ActorFinanceException.Of(JsonSerializer.Deserialize(document, ClientJson.Default.Problem)!)
        : new ServiceUnavailableException(failure.Status.Detail, problem: null, failure);

    private static EventRecord RecordOf(Event one) => new()
    {
        Offset = one.Offset,
        EventId = one.EventId,
        Type = one.Type,
        Company = one.Company,
        SequenceNumber = one.SequenceNumber,
        Effective = TimeOf(one.Effective),
        Rank = one.Rank,
        Recorded = TimeOf(one.Recorded),
        Known = TimeOf(one.Known),
        Deal = Stated(one.Deal),
        Leg = Stated(one.Leg),
        Tranche = Stated(one.Tranche),
        Step = Stated(one.Step),
        StepRole = Stated(one.StepRole),
        CommandId = one.CommandId,
        CausationId = Stated(one.CausationId),
        Source = Stated(one.Source),
        Confidence = Stated(one.Confidence),
        IssuedBy = Stated(one.IssuedBy),
        Fields = JsonElement.Parse(one.Fields.Span),
        PreviousHash = Convert.ToHexStringLower(one.PreviousHash.Span),
    };

    private static DateTimeOffset TimeOf(Timestamp time) => time.ToDateTimeOffset();

    private static string? Stated(string text) => text.Length == 0 ? null : text;

    private async Task AskAsync(Func<CallOptions, AsyncUnaryCall<Acknowledged>> call, CancellationToken cancellation)
    {
        var (started, backoff, options) = (connection.Options.Clock.GetTimestamp(), new Backoff(connection.Options), connection.Options);
        while (true)
        {
            try
            {
                using var asked = call(new(connection.GrpcHeaders, DateTime.UtcNow + options.AttemptWithin, cancellation));
                await asked.ResponseAsync.ConfigureAwait(false);
                return;
            }
            catch (RpcException failure)
            {
                cancellation.ThrowIfCancellationRequested();
                var what = FailureOf(failure);
                if (what is not ServiceUnavailableException || options.Clock.GetElapsedTime(started) > options.RetryFor)
                {
                    throw what;
                }
            }

            await backoff.PauseAsync(atLeast: null, cancellation).ConfigureAwait(false);
        }
    }
}
