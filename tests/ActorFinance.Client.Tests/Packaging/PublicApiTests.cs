using PublicApiGenerator;

namespace ActorFinance.Client.Tests.Packaging;

public sealed class PublicApiTests
{
    /// <summary>What programs were built on: a change of it is a change of that file. ACTORFINANCE_WRITE_DOCS=1 writes it anew.</summary>
    [Fact]
    public async Task The_public_API_is_the_approved_one()
    {
        var file = Path.Combine(Folder(), "PublicApi.approved.txt");
        var made = typeof(ActorFinanceClient).Assembly.GeneratePublicApi(new() { IncludeAssemblyAttributes = false }) + "\n";
        if (Environment.GetEnvironmentVariable("ACTORFINANCE_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, made);
        }

        made.ShouldBe(await File.ReadAllTextAsync(file));
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
