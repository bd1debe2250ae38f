using ActorFinance.Contract.V1;
using ActorFinance.Service.Streaming;

namespace ActorFinance.Service.Grpc;

/// <summary>A chunk of a stream as messages of a bounded size: what a client has not taken is held up in such pieces.</summary>
internal static class GrpcSteps
{
    private const int EventsMax = 128;
    private const int BytesMax = 64 * 1024;

    public static IEnumerable<StreamStep> Of(StreamChunk chunk)
    {
        var (step, bytes) = (new StreamStep(), 0);
        foreach (var item in chunk.Items)
        {
            if (step.Events.Count == EventsMax || bytes > BytesMax)
            {
                yield return step;
                (step, bytes) = (new(), 0);
            }

            step.Events.Add(item.Message);
            step.Offset = item.Offset.Value;
            bytes += item.Message.Fields.Length + 256;
        }

        step.Offset = chunk.UpTo.Value;
        yield return step;
    }
}
