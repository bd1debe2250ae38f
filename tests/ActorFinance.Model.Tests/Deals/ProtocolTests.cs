using CsCheck;
using Xunit.Abstractions;

namespace ActorFinance.Model.Tests.Deals;

public sealed class ProtocolTests(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_arrives_when_no_cut_is_ever_wrong_and_no_step_stays_half()
    {
        var coverage = new Coverage("refused", "voided", "late", "future-dated", "pending", "same-instant");
        Gen.Int.Array[1, 120].Sample(
            seeds =>
            {
                var protocol = new Protocol();
                protocol.Start();
                foreach (var seed in seeds)
                {
                    protocol.Happen(seed);
                }

                protocol.Settle();
                for (var known = 1; known < protocol.Journal.Count; known += 7)
                {
                    NaiveBook.Check(protocol.Journal, new(known));
                }

                coverage.Count(protocol.Counts, protocol.Orders);
            },
            iter: Effort.Samples(150));
        output.WriteLine(coverage.ToString());
        coverage.ShouldReachFivePercent();
        coverage.ShouldHaveMet("joined");
    }
}
