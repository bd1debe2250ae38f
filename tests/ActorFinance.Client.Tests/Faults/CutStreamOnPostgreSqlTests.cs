using ActorFinance.Service.Hosting;
using Xunit.Abstractions;

namespace ActorFinance.Client.Tests.Faults;

public sealed class CutStreamOnPostgreSqlTests(ITestOutputHelper output) : CutStreamSpec(output), IDisposable
{
    private readonly string _schema = Server.NewSchema();

    protected override ServiceOptions At(ServiceOptions options) => options with { Journal = Server.Shared.Journal(_schema) };

    /// <summary>A fifth: what is cut is the same, only what is read comes from elsewhere.</summary>
    protected override int CutsOf(int usual) => (int)Effort.Samples(Math.Max(1, usual / 5));

    public void Dispose() => Server.Shared.Drop(_schema);
}
