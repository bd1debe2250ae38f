using System.Diagnostics;
using System.IO.Compression;

namespace ActorFinance.Client.Tests.Packaging;

/// <summary>The package, as somebody else installs it: from a folder, without the internet, into a program that has nothing else of ours.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task It_is_packed_with_its_documentation_installs_in_a_fresh_project_offline_and_works()
    {
        var project = Path.Combine(Root(), "src", "ActorFinance.Client", "ActorFinance.Client.csproj");
        await DotnetAsync("pack", project, "-c", Configuration, "--no-build", "--nologo", "-v", "q", "-o", _folder["feed"]);
        var package = Directory.GetFiles(_folder["feed"], "*.nupkg").Single();
        await using (var content = await ZipFile.OpenReadAsync(package))
        {
            var files = content.Entries.Select(entry => entry.FullName).ToList();
            files.ShouldContain("README.md");
            files.ShouldContain("lib/net10.0/ActorFinance.Client.dll");
            files.ShouldContain("lib/net10.0/ActorFinance.Client.xml");
        }

        var version = Path.GetFileNameWithoutExtension(package)["ActorFinance.Client.".Length..];

        // What others publish is taken from this machine's cache, under a cache of our own for what is new: nothing is fetched.
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        _folder.Write("nuget.config", $"""<configuration><packageSources><clear /><add key="feed" value="{_folder["feed"]}" /></packageSources><fallbackPackageFolders><clear /><add key="cache" value="{cache}" /></fallbackPackageFolders></configuration>""");
        _folder.Write("Directory.Build.props", "<Project />");
        _folder.Write("Directory.Packages.props", "<Project />");
        _folder.Write("fresh.csproj", $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><TreatWarningsAsErrors>true</TreatWarningsAsErrors><NuGetAudit>false</NuGetAudit><RestorePackagesPath>{_folder["packages"]}</RestorePackagesPath></PropertyGroup><ItemGroup><PackageReference Include="ActorFinance.Client" Version="{version}" /></ItemGroup></Project>""");
        _folder.Write("Program.cs", """
            using ActorFinance.Client;
            using var client = new ActorFinanceClient(new ActorFinanceClientOptions { Url = new Uri(args[0]), GrpcUrl = new Uri(args[1]) });
            await foreach (var step in client.Subscriptions.SubscribeAsync())
            {
                Console.WriteLine($"{step.Offset} {step.Event!.Type} {step.Event.Company}");
                break;
            }
            """);
        await DotnetAsync("build", _folder["fresh.csproj"], "-c", "Release", "--nologo", "-v", "q", "-o", _folder["out"]);

        await using var service = await RunningService.StartAsync();
        using var client = new ActorFinanceClient(new() { Url = service.Client.BaseAddress! });
        await client.Commands.SendAsync(Book.Register("acme"));
        (await DotnetAsync(Path.Combine(_folder["out"], "fresh.dll"), service.Client.BaseAddress!.ToString(), service.GrpcUrl.ToString())).Trim().ShouldBe("1 company-registered acme");
    }

    public void Dispose() => _folder.Dispose();

#if DEBUG
    private static string Configuration => "Debug";
#else
    private static string Configuration => "Release";
#endif

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    private async Task<string> DotnetAsync(params string[] arguments)
    {
        using var dotnet = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder.Path, UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await dotnet.StandardOutput.ReadToEndAsync();
        await dotnet.WaitForExitAsync();
        dotnet.ExitCode.ShouldBe(0, output);
        return output;
    }
}
