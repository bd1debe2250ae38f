using System.Text;
using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Files;

public sealed class CommandLinesTests
{
    [Fact]
    public void A_line_is_a_command_and_its_rank_is_its_ordinal_unless_it_states_one()
    {
        var book = Accepted(
            "orders.jsonl",
            """
            {"id":"1","company":"a","effective":"2026-01-01","command":{"type":"register-company","name":"A","currency":"USD"}}

            {"id":"2","company":"a","effective":"2026-01-01","rank":7,"command":{"type":"pay-purchase","seller":"b","amount":"10bn USD"}}
            {"id":"3","company":"a","effective":"2026-01-01","command":{"type":"complete-deal"},"deal":"D"}
            """);
        book.Commands.Select(sourced => (sourced.Line, sourced.Envelope.Rank)).ShouldBe([(1, 1), (3, 7), (4, 3)]);
        book.Commands[1].Envelope.Command.ShouldBe(new PayPurchase(Id<CompanyId>("b"), Usd("10bn")));
    }

    [Fact]
    public void Terms_may_leave_out_what_is_not_stated()
    {
        var book = Accepted("orders.jsonl", """{"id":"1","company":"a","effective":"2026-01-01","deal":"D","command":{"type":"announce-deal","terms":{"kind":"investment","from":"a","to":"b"}}}""");
        book.Commands.Single().Envelope.Command.ShouldBe(new AnnounceDeal(new(DealKind.Investment, Id<CompanyId>("a"), Id<CompanyId>("b"), null, null, null, null, null, [], InKind: false)));
    }

    [Fact]
    public void The_same_line_twice_is_one_order()
    {
        const string line = """{"id":"1","company":"a","effective":"2026-01-01","command":{"type":"reach-milestone","milestone":"1 GW deployed"}}""";
        Accepted("orders.jsonl", line + "\n" + line + "\n").Commands.Count.ShouldBe(1);
    }

    [Fact]
    public void Every_line_that_is_wrong_is_said()
    {
        var problems = Rejected(
            "orders.jsonl",
            """
            {"id":"1","company":"A","effective":"2026-01-32","command":{"type":"pay-purchase","seller":"b","amount":"ten USD"}}
            {"id":"2","company":"a","effective":"2026-01-01","command":{"type":"reach-milestone","milestone":"x"}}
            {"id":"3","company":"a","effective":"2026-01-01","command":{"type":"pay-purchase","seler":"b","amount":"1 USD"}}
            """);
        problems.Select(problem => (problem.Line, problem.Field)).ShouldBe(
        [
            (1, "company"), (1, "effective"), (1, "command.amount"), (3, "command.seller"), (3, "command.seler"),
        ]);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text() =>
        Rejected("orders.jsonl", """{"id":"\ud800","company":"a","effective":"2026-01-01","command":{"type":"complete-deal"}}""").Single().Rule.ShouldStartWith("well-formed JSON");

    [Fact]
    public void What_the_model_writes_is_read_back_as_it_was()
    {
        var book = Accepted("scenario.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "scenarios", "nvidia-openai.yaml")));
        var commands = book.Commands.Where(sourced => !sourced.OnlyIfUnknown).Select(sourced => sourced.Envelope).ToList();
        var lines = string.Join('\n', commands.Select(command => Encoding.UTF8.GetString(CommandJson.Serialize(command))));
        Accepted("orders.jsonl", lines).Commands.Select(sourced => sourced.Envelope).ShouldBe(commands);
    }
}
