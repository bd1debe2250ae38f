using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;

namespace ActorFinance.Model.Tests.Commands;

public sealed class CommandJsonTests
{
    private const string Payment = """{"id":"a","company":"nvidia","effective":"2026-01-01","command":{"type":"pay-external-cash","amount":"100 USD","category":"opex"}}""";

    public static TheoryData<string> Commands => [.. AnyCommand.CommandTypes.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_is_read_as_it_was_written(string name)
    {
        var type = AnyCommand.CommandTypes.Single(command => command.Name == name);
        Gen.Int.Sample(
            seed =>
            {
                var envelope = AnyCommand.Envelope(new Random(seed), type);
                var json = CommandJson.Serialize(envelope);
                var read = CommandJson.Parse(json);
                read.ShouldBe(envelope, Encoding.UTF8.GetString(json));
                CommandJson.DigestOf(read).ShouldBe(CommandJson.DigestOf(envelope));
            },
            iter: Effort.Samples(100),
            threads: 1);
    }

    /// <summary>Bytes of real commands, and the same with something cut, doubled or replaced: both readers take the same ones and make the same of them.</summary>
    [Fact]
    public void The_fast_reader_takes_what_the_other_takes_and_nothing_else()
    {
        var taken = (Whole: 0, Broken: 0, Refused: 0);
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var json = CommandJson.Serialize(AnyCommand.Envelope(random));
                var isBroken = random.Next(4) > 0;
                var bytes = isBroken ? Broken(json, random) : json;
                CommandEnvelope? expected;
                try
                {
                    expected = CommandJson.Parse(bytes);
                }
                catch (Exception refused) when (refused is JsonException or InvalidOperationException)
                {
                    expected = null;
                }

                CommandJson.TryParse(bytes, rank: 0).ShouldBe(expected, Encoding.UTF8.GetString(bytes));
                taken = expected is null ? taken with { Refused = taken.Refused + 1 }
                    : isBroken ? taken with { Broken = taken.Broken + 1 }
                    : taken with { Whole = taken.Whole + 1 };
            },
            iter: Effort.Samples(4_000),
            threads: 1);
        taken.Whole.ShouldBeGreaterThan(500);
        taken.Broken.ShouldBeGreaterThan(100);
        taken.Refused.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void The_fast_reader_gives_a_rank_to_a_command_that_states_none()
    {
        CommandJson.TryParse(Encoding.UTF8.GetBytes(Payment), rank: 7)!.Rank.ShouldBe(7);
        CommandJson.TryParse(Encoding.UTF8.GetBytes(Payment.Replace("\"company\"", "\"rank\":0,\"company\"", StringComparison.Ordinal)), rank: 7)!.Rank.ShouldBe(0);
    }

    private static byte[] Broken(byte[] json, Random random)
    {
        var text = Encoding.UTF8.GetString(json);
        var members = text[1..^1].Split(',');
        var (at, other) = (random.Next(members.Length), random.Next(members.Length));
        switch (random.Next(6))
        {
            case 0:
                members[at] += "," + members[other];
                break;
            case 1:
                members = [.. members.Where((_, index) => index != at)];
                break;
            case 2:
                members[at] = members[at].Split(':')[0] + ":" + new[] { "null", "5", "true", "\"x\"", "{}", "[]", "\"\\ud800\"" }[random.Next(7)];
                break;
            case 3:
                (members[at], members[other]) = (members[other], members[at]);
                break;
            case 4:
                members[at] = members[at].Replace("\":", "\" :\t", StringComparison.Ordinal).Replace("\"i", "\"\\u0069", StringComparison.Ordinal);
                break;
            default:
                var bytes = json.ToArray();
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
        }

        return Encoding.UTF8.GetBytes("{" + string.Join(',', members) + "}");
    }

    [Fact]
    public void Every_command_type_has_a_name_in_kebab_case()
    {
        var names = typeof(CompanyCommand).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>()
            .ToDictionary(attribute => attribute.DerivedType, attribute => (string)attribute.TypeDiscriminator!);
        names.Keys.ShouldBe(AnyCommand.CommandTypes, ignoreOrder: true);
        foreach (var (type, name) in names)
        {
            name.ShouldBe(JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name));
        }
    }

    [Fact]
    public void The_digest_is_that_of_the_order_and_not_of_who_sent_it_from_where()
    {
        AnyCommand.Envelopes.Sample(envelope =>
        {
            var digest = CommandJson.DigestOf(envelope);
            CommandJson.DigestOf(envelope with { Id = Value.Parse<CommandId>("another") }).ShouldBe(digest);
            CommandJson.DigestOf(envelope with { Rank = envelope.Rank + 1 }).ShouldBe(digest);
            CommandJson.DigestOf(envelope with { IssuedBy = "another" }).ShouldBe(digest);
            CommandJson.DigestOf(envelope with { Causation = Id(77_777) }).ShouldBe(digest);

            CommandJson.DigestOf(envelope with { Company = Company("another") }).ShouldNotBe(digest);
            CommandJson.DigestOf(envelope with { EffectiveAt = Instant.Of(1999, 1, 1) }).ShouldNotBe(digest);
            CommandJson.DigestOf(envelope with { KnownAt = Instant.Of(1999, 1, 1) }).ShouldNotBe(digest);
            CommandJson.DigestOf(envelope with { Deal = Value.Parse<DealId>("another") }).ShouldNotBe(digest);
            CommandJson.DigestOf(envelope with { Leg = "another" }).ShouldNotBe(digest);
            CommandJson.DigestOf(envelope with { Tranche = "another" }).ShouldNotBe(digest);
            CommandJson.DigestOf(envelope with { Source = "another" }).ShouldNotBe(digest);
            CommandJson.DigestOf(envelope with { Confidence = envelope.Confidence == Confidence.High ? Confidence.Low : Confidence.High }).ShouldNotBe(digest);
        });
    }

    [Fact]
    public void Different_commands_have_different_digests()
    {
        Gen.Select(AnyCommand.Envelopes, AnyCommand.Envelopes).Sample((left, right) =>
        {
            var mine = left with { Command = right.Command };
            (CommandJson.DigestOf(mine) == CommandJson.DigestOf(left)).ShouldBe(mine.Command == left.Command);
        });
    }

    [Fact]
    public void The_same_amount_in_another_spelling_is_the_same_order()
    {
        var digest = CommandJson.DigestOf(Parse(Payment));
        CommandJson.DigestOf(Parse(Payment.Replace("100 USD", "100.00 USD", StringComparison.Ordinal))).ShouldBe(digest);
        CommandJson.DigestOf(Parse(Payment.Replace("100 USD", "0.1k USD", StringComparison.Ordinal))).ShouldBe(digest);
        CommandJson.DigestOf(Parse(Payment.Replace("2026-01-01", "2026-01-01T01:00:00+01:00", StringComparison.Ordinal))).ShouldBe(digest);
        CommandJson.DigestOf(Parse(Payment.Replace("100 USD", "100.01 USD", StringComparison.Ordinal))).ShouldNotBe(digest);
    }

    [Fact]
    public void A_digest_once_taken_stays_what_it_is() =>
        CommandJson.DigestOf(Parse(Payment)).ToString().ShouldBe("302853a1c1a30500e3fd3fb21f79f9bbf623b72631fefc3d452c6f8300b54d0d");

    [Fact]
    public void What_is_left_out_is_nothing_false_or_empty()
    {
        var contract = Parse("""{"id":"a","company":"nvidia","effective":"2026-01-01","deal":"d","command":{"type":"contract-deal","terms":{"kind":"investment","from":"nvidia"}}}""");
        contract.Command.ShouldBe(new ContractDeal(Terms(Nvidia, null)));
        var commit = Parse("""{"id":"a","company":"nvidia","effective":"2026-01-01","command":{"type":"commit-investment","terms":{"commitment":"promise-1","from":"nvidia","amount":"5 USD"}}}""");
        commit.Command.ShouldBe(new CommitInvestment(Committed("5", Nvidia)));
    }

    [Fact]
    public void The_type_may_stand_anywhere() =>
        Parse("""{"command":{"amount":"100 USD","category":"opex","type":"pay-external-cash"},"effective":"2026-01-01","company":"nvidia","id":"a"}""").ShouldBe(Parse(Payment));

    [Theory]
    [InlineData("unknown field", "\"id\":\"a\"", "\"id\":\"a\",\"extra\":1", null, "extra")]
    [InlineData("unknown field of the command", "\"category\":\"opex\"", "\"category\":\"opex\",\"extra\":1", null, "extra")]
    [InlineData("twice", "\"id\":\"a\"", "\"id\":\"a\",\"id\":\"b\"", null, "id")]
    [InlineData("missing field", "\"id\":\"a\",", "", null, "id")]
    [InlineData("missing field of the command", ",\"category\":\"opex\"", "", null, "category")]
    [InlineData("missing type", "\"type\":\"pay-external-cash\",", "", "$.command", "type")]
    [InlineData("unknown type", "pay-external-cash", "pay-everything", null, "pay-everything")]
    [InlineData("no currency", "\"100 USD\"", "100", "$.command.amount", "'100' must be an amount")]
    [InlineData("null amount", "\"100 USD\"", "null", "$.command.amount", "must be an amount")]
    [InlineData("bad company", "\"nvidia\"", "\"NVIDIA\"", "$.company", "'NVIDIA' must be a slug")]
    [InlineData("bad date", "\"2026-01-01\"", "\"2027-02-29\"", "$.effective", "'2027-02-29' must be a date")]
    [InlineData("bad name", "\"opex\"", "\"fun\"", "$.command.category", "")]
    [InlineData("number for a name", "\"opex\"", "3", "$.command.category", "")]
    [InlineData("two names", "\"opex\"", "\"opex, capex\"", "$.command.category", "must be one of")]
    [InlineData("object for an id", "\"a\"", "{}", "$.id", "")]
    [InlineData("half a surrogate pair", "\"a\"", "\"\\ud800\"", null, "")]
    [InlineData("null command", "{\"type\":\"pay-external-cash\",\"amount\":\"100 USD\",\"category\":\"opex\"}", "null", null, "command")]
    [InlineData("not JSON", "}}", "}", null, "")]
    public void A_line_that_is_no_command_is_refused_with_the_place(string what, string replace, string with, string? path, string says)
    {
        var text = Payment.Replace(replace, with, StringComparison.Ordinal);
        text.ShouldNotBe(Payment, what);
        var refused = Should.Throw<JsonException>(() => Parse(text), what);
        refused.Message.ShouldContain(says);
        if (path is not null)
        {
            refused.Path.ShouldBe(path);
        }
    }

    [Theory]
    [InlineData("""{"type":"declare-dividend","shares":[null]}""")]
    [InlineData("""{"type":"declare-dividend","shares":[{"holder":"h"}]}""")]
    [InlineData("""{"type":"declare-dividend","shares":[{"holder":"h","amount":"1 USD","extra":1}]}""")]
    [InlineData("""{"type":"commit-investment","terms":{"commitment":"p","from":"nvidia","amount":"5 USD","due":[null]}}""")]
    [InlineData("""{"type":"commit-investment","terms":null}""")]
    [InlineData("""{"type":"grant-warrant","warrant":"w","holder":"h","class":"c","strike":"1 USD","tranches":null}""")]
    [InlineData("""{"type":"register-company","name":null,"currency":"USD"}""")]
    public void No_null_gets_in_where_something_must_be(string command) =>
        Should.Throw<JsonException>(() => Parse($$"""{"id":"a","company":"nvidia","effective":"2026-01-01","command":{{command}}}"""));

    private static CommandEnvelope Parse(string json) => CommandJson.Parse(Encoding.UTF8.GetBytes(json));
}
