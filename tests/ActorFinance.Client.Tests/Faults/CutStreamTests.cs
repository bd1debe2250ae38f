using ActorFinance.Service.Hosting;
using Xunit.Abstractions;

namespace ActorFinance.Client.Tests.Faults;

public sealed class CutStreamTests(ITestOutputHelper output) : CutStreamSpec(output)
{
    protected override ServiceOptions At(ServiceOptions options) => options;
}
