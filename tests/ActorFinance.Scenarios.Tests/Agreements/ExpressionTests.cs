using static ActorFinance.Scenarios.Tests.Agreements.Simulating;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>What expressions come to, and what is said of those that come to nothing.</summary>
public sealed class ExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 3 - 2", "5")]
    [InlineData("2 - -3", "5")]
    [InlineData("-2 * 3", "-6")]
    [InlineData("7 / 2 / 2", "1.75")]
    [InlineData("0.1 + 0.2 = 0.3", "true")]
    [InlineData("1bn USD + 500m USD", "1500000000 USD")]
    [InlineData("0.6 * 10 USD", "6 USD")]
    [InlineData("10 USD * 60%", "6 USD")]
    [InlineData("30bn USD / 730bn USD * 730", "30.000000000000000000000000003")]
    [InlineData("160m shares * 0.01 USD", "1600000 USD")]
    [InlineData("10bn USD / 500m shares", "20 USD")]
    [InlineData("ratio(10 shares) / 4", "2.5")]
    [InlineData("shares(10bn USD / 500 USD)", "20000000 shares")]
    [InlineData("2026-12-31 + 6 months", "2027-06-30")]
    [InlineData("2027-03-31 - 1 month", "2027-02-28")]
    [InlineData("2028-02-29 + 1 year", "2029-02-28")]
    [InlineData("2026-12-31 + 2 * 1 quarter + 3 days", "2027-07-03")]
    [InlineData("2026-03-01 - 2026-02-01", "28 days")]
    [InlineData("days(2026-01-01, 2026-12-31) / 365", "0.9972602739726027397260273973")]
    [InlineData("year(2026-12-31) * 100 + month(2026-12-31)", "202612")]
    [InlineData("min(3, 1, 2) + max(3, 1, 2)", "4")]
    [InlineData("min(2026-12-31, 2026-06-30)", "2026-06-30")]
    [InlineData("abs(-3 USD)", "3 USD")]
    [InlineData("round(2.5, 0) + round(3.5, 0)", "6")]
    [InlineData("floor(-2.5)", "-3")]
    [InlineData("power(1.1, 9)", "2.357947691")]
    [InlineData("power(2, -2)", "0.25")]
    [InlineData("if 2 > 1 then 1 USD else 2 USD", "1 USD")]
    [InlineData("if 1 > 2 then 1 else if 1 > 2 then 2 else 3", "3")]
    [InlineData("1 < 2 and not 2 < 1 or false", "true")]
    [InlineData("'a' = 'b' or 'a' <> 'b'", "true")]
    [InlineData("false and 1 / (cash(seller) / 1 USD) > 0", "false")]
    [InlineData("cash(buyer)", "100 USD")]
    [InlineData("cash(buyer, EUR)", "0 EUR")]
    [InlineData("received(buyer, opening)", "100 USD")]
    [InlineData("received(buyer, anything, last 1 month)", "0 USD")]
    [InlineData("spent(buyer, purchase, to seller, last 3 months)", "0 USD")]
    [InlineData("stake(buyer, seller)", "0")]
    [InlineData("outstanding(buyer)", "0 USD")]
    [InlineData("reached(buyer, '1 GW deployed')", "false")]
    [InlineData("today", "2026-12-31T23:59:59.9999999Z")]
    public void It_comes_to(string expression, string value) => Value(expression).ToString().ShouldBe(value);

    /// <summary>The character that is wrong, counted from 0.</summary>
    [Theory]
    [InlineData("1 USD + 1 shares", 6, "'money in USD + shares' must be two of one kind")]
    [InlineData("1 USD + 1", 6, "'money in USD + ratio'")]
    [InlineData("1 USD + 1 EUR", 6, "'money in USD + money in EUR'")]
    [InlineData("cash(buyer) > cash(buyer, EUR)", 12, "a comparison of one kind")]
    [InlineData("2026-01-01 + 2026-01-02", 11, "'date + date'")]
    [InlineData("1 USD * 1 USD", 6, "a ratio times money")]
    [InlineData("1 / 0", 2, "'1 / 0' must be divided by something other than 0")]
    [InlineData("1 / (2 - 1 - 1)", 2, "'1 / 0' must be divided by")]
    [InlineData("cash(buyr)", 5, "'buyr' must be a company of the book or of the file (did you mean 'buyer'?)")]
    [InlineData("csh(buyer)", 0, "'csh' must be the name of a function (did you mean 'cash'?)")]
    [InlineData("cash(buyer, 3, 4)", 12, "cash(company [, currency])")]
    [InlineData("received(buyer, investmnt)", 16, "(did you mean 'investment'?)")]
    [InlineData("todai", 0, "(did you mean 'today'?)")]
    [InlineData("1 +", 3, "'the end' must be a number, a name, a call or an expression in parentheses")]
    [InlineData("(1", 2, "'the end' must be ')' here")]
    [InlineData("1 2", 2, "'2' must be the end of the expression or an operator")]
    [InlineData("if 1 then 2 else 3", 3, "'ratio' must be true or false")]
    [InlineData("if true then 2 else 3 USD", 0, "of one kind on both sides of 'else'")]
    [InlineData("10x", 0, "'10x' must be a number such as 12.5, 10bn")]
    [InlineData("2026-02-30", 0, "'2026-02-30' must be a date such as")]
    [InlineData("1.5 months", 0, "a whole number")]
    [InlineData("today-1", 0, "(write 'today - 1' to subtract)")]
    [InlineData("power(2, 0.5)", 0, "raised to a whole number")]
    [InlineData("previous(x)", 9, "'x' must be the name of a value")]
    [InlineData("event.amount", 0, "the name of a parameter, a value or a function")]
    [InlineData("7e28 USD", 0, "'7e28' must be a number such as")]
    public void It_is_refused_at_its_place(string expression, int character, string message)
    {
        var problems = Problems($"{TwoCompanies}figures: {{define: {{x: \"{expression}\"}}}}\n");
        problems.ShouldStartWith($"test.yaml:11:{character + 24}: field 'figures.define.x': ");
        problems.ShouldContain(message);
    }

    [Fact]
    public void A_fault_in_a_folded_text_has_its_own_line_and_column()
    {
        var problems = Problems(TwoCompanies + "figures:\n  define:\n    x: >-\n      cash(buyer)\n        + 1 shares\n");
        problems.ShouldStartWith("test.yaml:15:9: field 'figures.define.x': 'money in USD + shares' must be");
    }

    [Fact]
    public void A_fault_that_only_the_run_finds_has_its_place_too()
    {
        var run = Of(TwoCompanies + """
            agreements:
              - agreement: half
                when: {date: 2026-06-30}
                then:
                  - company: buyer
                    pay-purchase: {seller: seller, amount: 1 USD * (1 / (cash(seller) / 1 USD))}
            """).Run();
        run.Fault!.ToString().ShouldBe("test.yaml:16:59: field 'agreements[0].then[0].pay-purchase.amount': '1 / 0' must be divided by something other than 0");
        run.End.ShouldBe(Instant.Of(2026, 6, 30));
    }
}
