using System.Text.RegularExpressions;

namespace ActorFinance.Architecture.Tests;

/// <summary>Habits that only the text shows.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void Actors_tell_and_only_the_host_asks() => Lines("ActorFinance.Actors", Asks())
        .Where(line => !line.StartsWith("Hosting/", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("ActorFinance.Model")]
    [InlineData("ActorFinance.Analysis")]
    public void Decisions_and_answers_have_no_clock_no_new_ids_and_no_chance(string project) =>
        Lines(project, ClockIdOrChance()).ShouldBeEmpty();

    [Theory]
    [InlineData("ActorFinance.Model")]
    [InlineData("ActorFinance.Analysis")]
    public void The_build_bans_them_too(string project)
    {
        var banned = File.ReadAllText(Path.Combine(Repository.Source, project, "BannedSymbols.txt"));
        foreach (var symbol in new[] { "P:System.DateTime.UtcNow;", "P:System.DateTimeOffset.UtcNow;", "M:System.Guid.NewGuid;", "T:System.Random;" })
        {
            banned.ShouldContain(symbol);
        }
    }

    [GeneratedRegex(@"\.Ask(<[^>]*>)?\(")]
    private static partial Regex Asks();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|Guid\.(NewGuid|CreateVersion7)|new Random|Random\.Shared")]
    private static partial Regex ClockIdOrChance();

    private static IEnumerable<string> Lines(string project, Regex pattern)
    {
        var root = Path.Combine(Repository.Source, project);
        return
            from file in Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(root, file).Replace('\\', '/')
            where !name.StartsWith("obj/", StringComparison.Ordinal) && !name.StartsWith("bin/", StringComparison.Ordinal)
            from line in File.ReadLines(file)
            where pattern.IsMatch(line)
            select $"{name}: {line.Trim()}";
    }
}
