using Xunit.Abstractions;

namespace ActorFinance.Client.Tests.Crash;

/// <summary>The server outlives the service: it must notice that its writer is gone, and let the next one in.</summary>
public sealed class KilledServiceOnPostgreSqlTests(ITestOutputHelper output) : KilledServiceSpec(output)
{
    private readonly string _schema = Server.NewSchema();

    protected override string JournalIn(TempFolder folder) => Server.Shared.Journal(_schema);

    protected override void Dispose(bool disposing)
    {
        Server.Shared.Drop(_schema);
        base.Dispose(disposing);
    }
}
