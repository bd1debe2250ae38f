using System.Diagnostics;
using Xunit.Abstractions;

namespace ActorFinance.Actors.Tests.Importing;

/// <summary>A disk that fills up in the middle of an import: what was acknowledged stays, and with room again a second run completes it.</summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int Commands = 1_500;

    [Fact]
    public async Task An_import_on_a_full_disk_says_so_and_a_second_run_completes_it()
    {
        using var elsewhere = new TemporaryJournal();
        var disk = Path.Combine(elsewhere.Folder, "disk");
        Directory.CreateDirectory(disk);
        if (!await MountAsync("mount", "-t", "tmpfs", "-o", "size=768k", "tmpfs", disk))
        {
            output.WriteLine("skipped: this account may not mount a tmpfs");
            return;
        }

        try
        {
            var file = Path.Combine(elsewhere.Folder, "orders.jsonl");
            var acknowledgements = Path.Combine(elsewhere.Folder, "acknowledged");
            await File.WriteAllTextAsync(file, ManySteps.Lines(Commands, seed: 7));
            var journal = Path.Combine(disk, "book.db");
            var (exitCode, _, error) = await CliProcess.RunAsync("import", file, "--journal", journal, "--acknowledge", acknowledgements);
            exitCode.ShouldBe(3, error);
            var acknowledged = await File.ReadAllLinesAsync(acknowledgements);
            output.WriteLine($"{acknowledged.Length} acknowledged, then: {error}");
            acknowledged.Length.ShouldBeInRange(1, Commands - 1);

            (await MountAsync("mount", "-o", "remount,size=64m", disk)).ShouldBeTrue();
            (exitCode, _, error) = await CliProcess.RunAsync("import", file, "--journal", journal);
            exitCode.ShouldBe(0, error);
            foreach (var left in Directory.GetFiles(disk))
            {
                File.Copy(left, Path.Combine(elsewhere.Folder, Path.GetFileName(left)));
            }

            await elsewhere.AssertChainsAsync();
            var written = (await elsewhere.EventsAsync()).Select(recorded => recorded.Header.Command.Value).ToHashSet();
            acknowledged.ShouldAllBe(id => written.Contains(id));
            written.Count.ShouldBe(Commands);
        }
        finally
        {
            await MountAsync("umount", disk);
        }
    }

    private static async Task<bool> MountAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
