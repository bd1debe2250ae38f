namespace ActorFinance.Cli.Tests.Running;

/// <summary>A command that docs/questions.md shows, and what the page says that it prints.</summary>
/// <param name="Heading">The question it stands under.</param>
/// <param name="Command">As typed: <c>actorfinance what-if FILE --journal book.db</c>.</param>
/// <param name="Output">Without spaces at the ends of lines, which no page keeps.</param>
public sealed record AnsweredQuestion(string Heading, string Command, string Output)
{
    /// <summary>What the program is started with. Quotes hold one argument together, as in a shell.</summary>
    public string[] Arguments =>
    [
        .. Command.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Skip(1)
            .Select(argument => argument.Replace("config/scenarios/", Table.Scenario("") + Path.DirectorySeparatorChar, StringComparison.Ordinal)),
    ];
}

/// <summary>The page as it is read: each fenced block that starts with <c>$ actorfinance</c> is a command and, below it, its output.</summary>
internal static class QuestionsPage
{
    private const string Prompt = "$ ";

    public static IReadOnlyList<AnsweredQuestion> Read(string path)
    {
        var answers = new List<AnsweredQuestion>();
        var (heading, block) = ("", (List<string>?)null);
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (block is [var command, .. var output] && command.StartsWith(Prompt, StringComparison.Ordinal))
                {
                    answers.Add(new(heading, command[Prompt.Length..], Trimmed(string.Join('\n', output))));
                }

                block = block is null ? [] : null;
            }
            else if (block is not null)
            {
                block.Add(line);
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                heading = line[3..];
            }
        }

        return answers;
    }

    /// <summary>Without the spaces that pad a table to the right, and without empty lines at either end.</summary>
    public static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).Trim('\n');
}
