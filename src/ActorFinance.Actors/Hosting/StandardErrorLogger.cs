using System.Text.Json;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace ActorFinance.Actors.Hosting;

/// <summary>
/// What the actor system has to say, on standard error and in the form of the rest of the log: standard output is for answers. Akka's own logger prints to standard output.
/// Named by <see cref="JournalSession"/>.
/// </summary>
public sealed class StandardErrorLogger : UntypedActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.General) { TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };

    /// <summary>Makes it the system's logger.</summary>
    internal const string Configuration = "akka.loggers = [\"ActorFinance.Actors.Hosting.StandardErrorLogger, ActorFinance.Actors\"]";

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                break;
            case LogEvent said:
                Console.Error.WriteLine(Console.IsErrorRedirected ? Json(said) : $"{said.Timestamp:HH:mm:ss} {said.LogLevel()}: {said.LogSource}: {said.Message} {said.Cause?.Message}");
                break;
        }
    }

    private static string Json(LogEvent said) => JsonSerializer.Serialize(
        new
        {
            Timestamp = said.Timestamp.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture),
            LogLevel = said.LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal),
            Category = said.LogSource,
            Message = said.Message.ToString(),
            Exception = said.Cause?.ToString(),
        },
        Plain);
}
