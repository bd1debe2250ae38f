using ActorFinance.Scenarios.Interchange;

namespace ActorFinance.Scenarios.Files;

/// <summary>Reads a file of commands: a scenario (.yaml, .yml), commands (.jsonl), or flows or a cap table (.csv, told apart by the header).</summary>
public static class CommandFile
{
    private const long SizeLimit = 512L * 1024 * 1024;
    private const long ScenarioSizeLimit = 16L * 1024 * 1024;

    /// <summary>Reads the file whole. Bad input is a value, never an exception.</summary>
    public static ReadResult Read(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return new ReadResult.Unreadable(path, "is a folder, not a file");
            }

            var length = new FileInfo(path).Length;
            return length > SizeLimitOf(path) ? TooLarge(path, length) : Parse(path, File.ReadAllBytes(path));
        }
        catch (FileNotFoundException)
        {
            return new ReadResult.Unreadable(path, "there is no such file");
        }
        catch (DirectoryNotFoundException)
        {
            return new ReadResult.Unreadable(path, "there is no such folder");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new ReadResult.Unreadable(path, broken.Message);
        }
    }

    /// <summary>The same for content that is at hand; the name's extension tells its form.</summary>
    public static ReadResult Parse(string name, ReadOnlySpan<byte> content)
    {
        if (content.Length > SizeLimitOf(name))
        {
            return TooLarge(name, content.Length);
        }

        var problems = new List<InputProblem>();
        var book = Book(name, content, problems);
        return problems.Count > 0 || book is null
            ? new ReadResult.Rejected([.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column ?? 0)])
            : new ReadResult.Accepted(book);
    }

    private static CommandBook? Book(string name, ReadOnlySpan<byte> content, List<InputProblem> problems)
    {
        var extension = ExtensionOf(name);
        if (extension is not (".yaml" or ".yml" or ".jsonl" or ".csv"))
        {
            problems.Add(new(name, 1, Column: null, Field: null, Path.GetFileName(name), "a file whose name ends in .yaml, .yml, .jsonl or .csv"));
            return null;
        }

        if (SourceText.Decode(name, content, problems) is not { } source)
        {
            return null;
        }

        return extension switch
        {
            ".csv" => CsvBook.Read(source, problems),
            ".jsonl" => CommandLines.Read(source, problems),
            _ => ScenarioFile.Read(source, problems),
        };
    }

    private static ReadResult.Rejected TooLarge(string name, long length) =>
        new([new(name, 1, Column: null, Field: null, $"{length} bytes", $"a file of at most {SizeLimitOf(name)} bytes")]);

    private static long SizeLimitOf(string name) => ExtensionOf(name) is ".yaml" or ".yml" ? ScenarioSizeLimit : SizeLimit;

    private static string ExtensionOf(string name) => Path.GetExtension(name).ToLowerInvariant();
}
