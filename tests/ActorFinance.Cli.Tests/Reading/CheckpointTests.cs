using System.Globalization;
using System.Text;
using ActorFinance.Actors.Projections;

namespace ActorFinance.Cli.Tests.Reading;

/// <summary>A book large enough for a checkpoint: the answers with it, without it and with a damaged one are the same bytes.</summary>
public sealed class CheckpointTests(CheckpointTests.LargeBook book) : IClassFixture<CheckpointTests.LargeBook>
{
    private static readonly string[] s_asOf = ["2025-02-11", "2026-05-01", "2027-12-31"];

    private string Checkpoint => book.JournalPath + CheckpointFile.Extension;

    [Fact]
    public async Task The_first_question_writes_it_and_no_answer_shows_it()
    {
        File.Delete(Checkpoint);
        await AskAsync("2026-01-01", "--no-checkpoint");
        File.Exists(Checkpoint).ShouldBeFalse();
        await AskAsync("2026-01-01");
        File.Exists(Checkpoint).ShouldBeTrue();
        var written = File.GetLastWriteTimeUtc(Checkpoint);

        foreach (var asOf in s_asOf)
        {
            (await AskAsync(asOf)).ShouldBe(await AskAsync(asOf, "--no-checkpoint"));
        }

        File.GetLastWriteTimeUtc(Checkpoint).ShouldBe(written);

        // The journal grows: what the checkpoint does not have is read behind it.
        book.Folder.Write("more.csv", "effective,from,to,amount,currency,kind\n2025-06-01,company-1,,12.34,USD,opex\n");
        (await CommandLine.RunAsync(book.Folder.Path, "import", "more.csv", "--journal", LargeBook.Journal)).ExitCode.ShouldBe(0);
        var grown = await AskAsync("2027-12-31", "--no-checkpoint");
        (await AskAsync("2027-12-31")).ShouldBe(grown);

        // Damaged, it is as if it were not there, and the next question writes it anew.
        await File.WriteAllBytesAsync(Checkpoint, (await File.ReadAllBytesAsync(Checkpoint))[..^100]);
        (await AskAsync("2027-12-31")).ShouldBe(grown);
        File.GetLastWriteTimeUtc(Checkpoint).ShouldBeGreaterThan(written);
    }

    [Fact]
    public async Task Circular_and_ownership_start_from_it_and_no_answer_shows_it()
    {
        (string Verb, string[] Options)[] questions =
        [
            ("circular", ["--as-of", "2026-05-01", "--firmness", "announced", "--company", "company-3", "--explain", "financedRevenueShare"]),
            ("ownership", ["--company", "issuer", "--explain", "company-1"]),
            ("ownership", ["--company", "issuer", "--dilution"]),
            ("cash", ["--company", "company-3"]),
        ];
        book.Folder.Write("shares.csv", "effective,issuer,holder,class,quantity,price,currency\n2025-01-01,issuer,company-1,common,1000,2,USD\n2025-02-01,issuer,company-2,common,500.5,3,USD\n");
        (await CommandLine.RunAsync(book.Folder.Path, "import", "shares.csv", "--journal", LargeBook.Journal)).ExitCode.ShouldBe(0);
        File.Delete(Checkpoint);
        var plain = new List<string>();
        foreach (var (verb, options) in questions)
        {
            plain.Add(await AskVerbAsync(verb, ["--no-checkpoint", .. options]));
        }

        File.Exists(Checkpoint).ShouldBeFalse();
        var sizes = new List<long>();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < questions.Length; i++)
            {
                (await AskVerbAsync(questions[i].Verb, questions[i].Options)).ShouldBe(plain[i], $"{questions[i]}, round {round}");
                sizes.Add(new FileInfo(Checkpoint).Length);
            }
        }

        // The first of each verb adds its part, and none is written again.
        sizes.Distinct().Count().ShouldBe(3);
        sizes.ShouldBeInOrder();
    }

    private Task<string> AskAsync(string asOf, params string[] options) => AskVerbAsync("cash", ["--as-of", asOf, .. options]);

    private async Task<string> AskVerbAsync(string verb, string[] options)
    {
        var outcome = await book.RunAsync(verb, ["--output", "json", .. options]);
        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Err.ShouldBeEmpty();
        return outcome.Out;
    }

    public sealed class LargeBook : ImportedBook
    {
        protected override string File()
        {
            var csv = new StringBuilder("effective,from,to,amount,currency,kind\n");
            for (var i = 0; i < CheckpointFile.EventsWorthwhile; i++)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{new DateOnly(2025, 1, 1).AddDays(i % 900):yyyy-MM-dd},company-{i % 7},company-{7 + (i % 5)},{1 + (i % 97)}.{i % 100:00},USD,purchase\n");
            }

            return Folder.Write("large.csv", csv.ToString());
        }
    }
}
