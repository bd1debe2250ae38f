using Xunit.Abstractions;

namespace ActorFinance.Client.Tests.Crash;

public sealed class KilledServiceTests(ITestOutputHelper output) : KilledServiceSpec(output)
{
    protected override string JournalIn(TempFolder folder) => folder["book.db"];
}
