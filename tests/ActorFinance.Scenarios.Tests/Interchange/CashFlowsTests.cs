using static ActorFinance.Scenarios.Tests.Files.Reading;

namespace ActorFinance.Scenarios.Tests.Interchange;

public sealed class CashFlowsTests
{
    private const string Header = "effective,from,to,amount,currency,kind\n";

    [Theory]
    [InlineData("2026-02-01,a,b,30,USD,investment", "a", """{"type":"invest","investee":"b","amount":"30 USD"}""")]
    [InlineData("2026-02-01,a,b,30,USD,purchase", "a", """{"type":"pay-purchase","seller":"b","amount":"30 USD"}""")]
    [InlineData("2026-02-01,a,b,30,USD,refund", "a", """{"type":"refund-purchase","buyer":"b","amount":"30 USD"}""")]
    [InlineData("2026-02-01,a,b,1.5bn,USD,loan", "a", """{"type":"draw-loan","loan":"a/b","borrower":"b","amount":"1500000000 USD"}""")]
    [InlineData("2026-02-01,b,a,30,USD,repayment", "b", """{"type":"repay-loan","loan":"a/b","lender":"a","amount":"30 USD"}""")]
    [InlineData("2026-02-01,b,a,30,USD,interest", "b", """{"type":"pay-interest","loan":"a/b","lender":"a","amount":"30 USD"}""")]
    [InlineData("2026-02-01,a,b,30,USD,dividend", "a", """{"type":"declare-dividend","shares":[{"holder":"b","amount":"30 USD"}]}""")]
    [InlineData("2026-02-01,a,b,30,USD,transfer", "a", """{"type":"pay-transfer","payee":"b","amount":"30 USD","purpose":"other"}""")]
    [InlineData("2026-02-01,,a,30,EUR,opening", "a", """{"type":"receive-external-cash","amount":"30 EUR","category":"opening"}""")]
    [InlineData("2026-02-01,a,,30,USD,opex", "a", """{"type":"pay-external-cash","amount":"30 USD","category":"opex"}""")]
    public void A_row_becomes_the_command_of_its_kind(string row, string company, string command)
    {
        var book = Accepted("flows.csv", Header + row + "\n");
        var envelope = book.Commands.Single(sourced => !sourced.OnlyIfUnknown).Envelope;
        envelope.Company.Value.ShouldBe(company);
        CommandOf(envelope).ShouldBe(command);
    }

    [Fact]
    public void Every_column_reaches_the_command()
    {
        var book = Accepted(
            "flows.csv",
            "id,confidence,source,unit,quantity,item,deal,known,kind,currency,amount,to,from,effective\n"
            + "row-1,high,\"a page, quoted\",GPU,400k,GB200,ORCL-NVDA-40,2025-05-23,purchase,USD,40bn,nvidia,oracle,2026-06-01\n");
        book.Commands[^1].ShouldBe(new(
            new(Id<CommandId>("row-1"), Id<CompanyId>("oracle"), Instant.Of(2026, 6, 1), new PayPurchase(Id<CompanyId>("nvidia"), Usd("40bn"), null, "GB200", Quantity.Of(400_000), "GPU"))
            {
                Rank = 1,
                KnownAt = Instant.Of(2025, 5, 23),
                Deal = Id<DealId>("ORCL-NVDA-40"),
                Source = "a page, quoted",
                Confidence = Confidence.High,
            },
            "flows.csv",
            2));
    }

    [Fact]
    public void A_company_is_registered_in_the_currency_of_the_row_that_names_it_first()
    {
        var book = Accepted("flows.csv", Header + "2026-01-01,,a,1,EUR,opening\n2026-01-02,a,b,1,USD,purchase\n");
        book.Registered.Select(company => company.Value).ShouldBe(["a", "b"]);
        book.Commands.Where(sourced => sourced.OnlyIfUnknown).Select(sourced => ((RegisterCompany)sourced.Envelope.Command).Currency.Code).ShouldBe(["EUR", "USD"]);
    }

    [Fact]
    public void A_loan_is_keyed_by_its_deal_where_one_is_named()
    {
        var book = Accepted("flows.csv", "effective,from,to,amount,currency,kind,deal\n2026-01-01,a,b,1,USD,loan,D-1\n2026-01-02,b,a,1,USD,repayment,D-1\n");
        book.Commands.Select(sourced => sourced.Envelope.Command).OfType<DrawLoan>().Single().Loan.Value.ShouldBe("D-1");
        book.Commands.Select(sourced => sourced.Envelope.Command).OfType<RepayLoan>().Single().Loan.Value.ShouldBe("D-1");
    }

    [Fact]
    public void A_grown_file_keeps_the_ids_and_contents_of_the_rows_it_had()
    {
        var file = Header + "2026-01-01,,a,10,USD,opening\n2026-01-02,a,b,1,USD,purchase\n2026-01-02,a,b,1,USD,purchase\n";
        var before = Accepted("flows.csv", file).Commands;
        var after = Accepted("flows.csv", file + "2025-12-01,a,c,1,USD,purchase\n2026-01-02,a,b,1,USD,purchase\n").Commands;
        after.Count.ShouldBe(before.Count + 3);
        foreach (var sourced in before)
        {
            after.ShouldContain(sourced);
        }

        after.Select(sourced => sourced.Envelope.Id).Distinct().Count().ShouldBe(after.Count);
        after[^1].Envelope.Id.Value.ShouldEndWith(":3");
    }

    [Fact]
    public void An_empty_column_more_changes_no_id()
    {
        var narrow = Accepted("flows.csv", Header + "2026-01-01,,a,10,USD,opening\n").Commands;
        var wide = Accepted("flows.csv", "effective,from,to,amount,currency,kind,deal\n2026-01-01,,a,10,USD,opening,\n").Commands;
        wide.Select(sourced => sourced.Envelope).ShouldBe(narrow.Select(sourced => sourced.Envelope));
    }

    [Fact]
    public void Two_rows_of_one_id_and_one_content_are_one_order()
    {
        var book = Accepted("flows.csv", "effective,from,to,amount,currency,kind,id\n2026-01-01,,a,10,USD,opening,x\n2026-01-01,,a,10,USD,opening,x\n");
        book.Commands.Count(sourced => !sourced.OnlyIfUnknown).ShouldBe(1);
    }

    [Fact]
    public void A_byte_order_mark_windows_line_ends_and_blank_lines_are_taken()
    {
        var book = Accepted("flows.csv", "\uFEFFeffective,from,to,amount,currency,kind\r\n\r\n2026-01-01,,a,10,USD,opening\r\n\r\n");
        book.Commands[^1].Line.ShouldBe(3);
        book.Commands[^1].Envelope.Rank.ShouldBe(1);
    }

    [Fact]
    public void A_quoted_field_may_span_lines_and_the_next_row_still_knows_its_own()
    {
        var book = Accepted("flows.csv", "effective,from,to,amount,currency,kind,source\n2026-01-01,,a,10,USD,opening,\"two\nlines, \"\"quoted\"\"\"\n2026-01-02,,a,10,USD,opening,\n");
        book.Commands.Where(sourced => !sourced.OnlyIfUnknown).Select(sourced => sourced.Line).ShouldBe([2, 4]);
        book.Commands[1].Envelope.Source.ShouldBe("two\nlines, \"quoted\"");
    }

    private static string CommandOf(CommandEnvelope envelope)
    {
        using var json = System.Text.Json.JsonDocument.Parse(CommandJson.Serialize(envelope));
        return json.RootElement.GetProperty("command").GetRawText();
    }
}
