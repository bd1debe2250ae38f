using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ActorFinance.Service.Endpoints;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Tests;

/// <summary>docs/service.md does what it says: its commands are run in their order, and its tables are those of the code.</summary>
public sealed partial class WalkThroughTests : IDisposable
{
    /// <summary>A person's machine does nothing else; this one runs other tests.</summary>
    private const string Follow = "--max-time 3";
    private const string PatientFollow = "--max-time 6";

    private const string Address = "http://127.0.0.1:5230";

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Every_command_of_the_page_works_and_the_subscriber_survives_the_restart()
    {
        var commands = Block().Matches(await File.ReadAllTextAsync(Page())).Select(match => match.Groups["text"].Value.Trim()).ToList();
        commands[0].ShouldBe($"actorfinance serve --journal book.db --url {Address}");
        var service = await ServiceProcess.StartAsync(_folder.Path);
        try
        {
            async Task<string> Run(string command) => await ShellAsync(command.Replace(Address, service.Url.ToString().TrimEnd('/')).Replace(Follow, PatientFollow));

            (await Run(commands[1])).ShouldContain("\"ready\"");
            (await Run(commands[2])).ShouldContain("\"command\":\"c2\",\"company\":\"openai\",\"outcome\":\"accepted\"");
            Regex.Count(await Run(commands[3]), "\"outcome\":\"accepted\"").ShouldBe(2);
            var answers = await Run(commands[4]);
            answers.ShouldContain("\"company\":\"openai\",\"currency\":\"USD\",\"amount\":\"10000000000\"");
            answers.ShouldContain("\"company\":\"openai\",\"currency\":\"USD\",\"amount\":\"4000000000\"");
            answers.ShouldContain("\"ratio\":0.6");
            Ids(await Run(commands[5])).ShouldBe([1, 2, 3, 4]);
            Ids(await Run(commands[6])).ShouldBe([4]);

            (await service.TerminateAsync("INT")).ShouldBe(0);
            service.Dispose();
            service = await ServiceProcess.StartAsync(_folder.Path);
            Ids(await Run(commands[6])).ShouldBe([4]);

            // The two registrations of one batch go at the same time: either may be the first.
            Ids(await Run(commands[7])).Skip(1).ShouldBe([3, 4]);
            Ids(await Run(commands[8])).ShouldBe([4]);
            (await Run(commands[9])).ShouldStartWith("afk_");
            (await Run(commands[10])).ShouldContain("\"whatIf\": \"half\"");
            commands.Count.ShouldBe(11);
        }
        finally
        {
            service.Dispose();
        }
    }

    [Fact]
    public async Task The_tables_of_the_page_are_those_of_the_code()
    {
        var page = await File.ReadAllTextAsync(Page());
        foreach (var (code, status, meaning) in Problem.Own)
        {
            page.ShouldContain($"| `{code}` | {status} | {meaning} |");
        }

        foreach (var setting in ServiceSettings.All)
        {
            page.ShouldContain($"| `{setting.Name}` | {setting.Meaning} | {setting.Rule} |");
        }
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<long> Ids(string stream) => Id().Matches(stream).Select(match => long.Parse(match.Groups["offset"].Value));

    [GeneratedRegex("```sh\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"^id: (?<offset>\d+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Id();

    private static string Page([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "docs", "service.md"));

    private async Task<string> ShellAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = _folder.Path, UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }
}
