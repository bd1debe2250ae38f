using System.Text;

namespace ActorFinance.Model.Tests.Refusals;

public sealed class RefusalTests
{
    public static TheoryData<string> Names => [.. RefusalExamples.All.Select(example => example.Type.Name)];

    [Fact]
    public void Every_refusal_has_one_example()
    {
        var types = typeof(Refusal).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Refusal)));
        RefusalExamples.All.Select(example => example.Type).ShouldBe(types, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_example_provokes_it(string name)
    {
        var example = RefusalExamples.All.Single(example => example.Type.Name == name);
        var refusal = example.Provoke();
        refusal.ShouldBeOfType(example.Type);
        refusal.ToString().ShouldBe($"{refusal.Code}: {refusal.Message}");
        refusal.Code.ShouldMatch("^[a-z]+(-[a-z]+)*$");
    }

    [Fact]
    public void Every_code_is_used_once()
    {
        var codes = RefusalExamples.All.Select(example => example.Provoke().Code).ToList();
        codes.ShouldBeUnique();
    }

    [Fact]
    public void The_page_of_refusals_is_what_the_examples_say()
    {
        var page = Page();
        var path = PagePath();
        if (Environment.GetEnvironmentVariable("ACTORFINANCE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }

        File.ReadAllText(path).ShouldBe(page, "docs/errors.md is generated: run this test with ACTORFINANCE_WRITE_DOCS=1");
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Refusals

            A refusal is an answer, not a fault: it names the rule and shows the figures, and nothing was written. The code is stable; the message is for people.
            The order is that of precedence: where two apply, the upper one is the answer. This page is made from the examples under the tests.

            | code | rule | example |
            | --- | --- | --- |

            """);
        foreach (var example in RefusalExamples.All)
        {
            var refusal = example.Provoke();
            page.Append("| `").Append(refusal.Code).Append("` | ").Append(example.Rule).Append(" | ").Append(refusal.Message).Append(" |\n");
        }

        return page.ToString();
    }

    private static string PagePath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorFinance.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return Path.Combine(folder.FullName, "docs", "errors.md");
    }
}
