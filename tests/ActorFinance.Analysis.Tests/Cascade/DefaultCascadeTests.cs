using ActorFinance.Analysis.Cascade;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Cascade;

public sealed class DefaultCascadeTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e"];

    [Fact]
    public void One_failure_brings_the_next_round_by_round()
    {
        // docs/measures/default-cascade.md
        var answer = Debts.Clear("a 10, b 5", "a -> b 30, b -> c 20, b -> outside 10");

        Debts.Rounds(answer).ShouldBe("1: a; 2: b");
        Debts.Paid(answer).ShouldBe("a 10 of 30, b 15 of 30");
        Debts.Received(answer).ShouldBe("a->b 10, b->outside 5, b->c 10");
        answer.Rounds[0].Received.Single(r => r.Creditor?.Value == "c").Received.ShouldBe(20);
        answer.Rounds[1].Received.Single(r => r.Creditor?.Value == "c").Received.ShouldBe(10);
    }

    [Fact]
    public void Two_that_owe_each_other_one_and_have_nothing_pay_in_full_as_in_Eisenberg_and_Noe_2001() =>
        // Their example of many clearing vectors, all t(1,1) with t from 0 to 1; the greatest is asked for.
        Debts.Paid(Debts.Clear("", "a -> b 1, b -> a 1")).ShouldBe("a 1 of 1, b 1 of 1");

    [Fact]
    public void The_greatest_vector_of_example_3_3_of_Rogers_and_Veraart_2013_pays_all()
    {
        // Two banks with 1 each, debts 2 and 2.2, half recovered: paying nothing in full would clear too.
        var answer = Debts.Clear("a 1, b 1", "a -> b 2, b -> a 2.2", recovery: 0.5m);

        Debts.Paid(answer).ShouldBe("a 2 of 2, b 2.2 of 2.2");
        answer.Rounds.ShouldBeEmpty();
    }

    [Fact]
    public void The_three_banks_of_an_exercise_by_Barucca_after_a_shock_of_a_tenth()
    {
        // github.com/paolobarucca/eisenbergnoe, Exercise2: assets 20, 20, 10 less a tenth; solved by hand: bank 1 gets 2 of bank 3 and has 20 of 21.
        var answer = Debts.Clear("a 18, b 18, c 9", "a -> b 4, b -> c 3, c -> a 2, a -> outside 17, b -> outside 18, c -> outside 8");

        // a pays 20, of it 20 x 4/21 to b, which then has 18 + 80/21 of 21 and pays in full.
        Debts.Rounds(answer).ShouldBe("1: a");
        Debts.Paid(answer).ShouldBe("a 20 of 21, b 21 of 21, c 10 of 10");
        answer.Creditors.Single(c => c.Debtor.Value == "a" && c.Creditor?.Value == "b").Received.ShouldBe(3.8095238095m);
    }

    [Fact]
    public void The_three_banks_of_the_R_package_systemicrisk_by_hand()
    {
        // A. Gandy and L. Veraart, systemicrisk, example of default_cascade: assets 1/2, 5/8, 3/4, debts to the outside 3/2, 1/2, 1/2, each owes each 1/2.
        var answer = Debts.Clear(
            "a 0.5, b 0.625, c 0.75",
            "a -> b 0.5, a -> c 0.5, a -> outside 1.5, b -> a 0.5, b -> c 0.5, b -> outside 0.5, c -> a 0.5, c -> b 0.5, c -> outside 0.5");

        // c pays in full; a = 1 + b/3 and b = 9/8 + a/5: b = 159/112, a = 165/112.
        Debts.Rounds(answer).ShouldBe("1: a; 2: b");
        Debts.Paid(answer).ShouldBe("a 1.4732142857 of 2.5, b 1.4196428571 of 1.5, c 1.5 of 1.5");
    }

    [Fact]
    public void A_circle_in_which_all_fail_is_solved_and_not_iterated()
    {
        // a = 1 + b/2, b = 1 + a/2: both pay 2 of 4.
        var answer = Debts.Clear("a 1, b 1", "a -> b 2, a -> outside 2, b -> a 2, b -> outside 2");

        Debts.Paid(answer).ShouldBe("a 2 of 4, b 2 of 4");
    }

    [Fact]
    public void What_a_failure_destroys_is_the_share_that_is_not_recovered() =>
        Debts.Paid(Debts.Clear("a 10, b 30", "a -> b 20, b -> outside 30", recovery: 0.4m)).ShouldBe("a 4 of 20, b 30 of 30");

    [Fact]
    public void A_company_that_is_made_to_fail_pays_nothing()
    {
        var answer = Debts.Clear("a 100, b 5", "a -> b 10, b -> outside 12", forced: "a");

        Debts.Rounds(answer).ShouldBe("0: a; 1: b");
        Debts.Paid(answer).ShouldBe("a 0 of 10, b 5 of 12");
    }

    [Fact]
    public void Who_has_less_than_nothing_fills_the_hole_first() =>
        Debts.Paid(Debts.Clear("a 20, b -5", "a -> b 20, b -> outside 20")).ShouldBe("a 20 of 20, b 15 of 20");

    [Fact]
    public void A_long_chain_and_a_large_circle_clear_to_the_last_place()
    {
        // Each of 200 has 1 and owes the next 2 and the outside 1: the ring settles at p = 1 + 2/3 p = 3 of 3.
        var ring = Enumerable.Range(0, 200).Select(i => $"c{i} -> c{(i + 1) % 200} 2, c{i} -> outside 1");
        var answer = Debts.Clear(string.Join(", ", Enumerable.Range(0, 200).Select(i => $"c{i} {(i == 0 ? "0.5" : "1")}")), string.Join(", ", ring));

        // With half missing at c0: p = c + 2/3 of the one before, so what is missing falls by a third from one to the next.
        var missing = answer.Companies.Single(c => c.Company.Value == "c0").Shortfall;
        missing.ShouldBe(0.5m); // 0.5 x (1 + (2/3)^200 + ...) to 10 places
        answer.Companies.Single(c => c.Company.Value == "c1").Shortfall.ShouldBe(0.3333333333m);
        answer.Creditors.Sum(c => c.Received).ShouldBe(answer.Companies.Sum(c => c.Paid));
    }

    [Fact]
    public void Every_vector_is_the_limit_from_above_of_all_paying_what_they_have() =>
        Book.Sample(
            book =>
            {
                var (cash, owed, recovery) = book;
                var answer = DefaultCascade.Of(Debts.Obligations(cash, owed), recovery, []);
                var expected = FromAbove(cash, owed, recovery is { } r ? (double)r : 1);
                foreach (var company in answer.Companies)
                {
                    ((double)company.Paid).ShouldBe(expected[company.Company.Value], 1e-6);
                }
            },
            iter: Effort.Samples(2000));

    [Fact]
    public void What_is_paid_is_what_is_received_and_nobody_who_fails_keeps_anything() =>
        Book.Sample(
            book =>
            {
                var (cash, owed, recovery) = book;
                var answer = DefaultCascade.Of(Debts.Obligations(cash, owed), recovery, []);
                answer.Creditors.Sum(c => c.Received).ShouldBe(answer.Companies.Sum(c => c.Paid));
                foreach (var company in answer.Companies)
                {
                    company.Paid.ShouldBeInRange(0, company.Obligations);
                    (company.Obligations - company.Paid).ShouldBe(company.Shortfall);
                    answer.Creditors.Where(c => c.Debtor == company.Company).Sum(c => c.Received).ShouldBe(company.Paid);
                    (company.Round is null).ShouldBe(answer.Rounds.All(r => !r.Failed.Contains(company.Company)));
                    if (company.Round is not null)
                    {
                        var has = Math.Max(0, (company.Cash > 0 ? company.Cash * (recovery ?? 1) : company.Cash) + company.Received);
                        Math.Abs(company.Paid - has).ShouldBeLessThan(1e-8m);
                    }
                }
            },
            iter: Effort.Samples(500));

    [Fact]
    public void Renaming_companies_changes_nothing() =>
        Gen.Select(Book, Gen.Shuffle(Names)).Sample(
            (book, renamed) =>
            {
                string New(string name) => name == "outside" ? name : renamed[Array.IndexOf(Names, name)];
                var (cash, owed, recovery) = book;
                var before = DefaultCascade.Of(Debts.Obligations(cash, owed), recovery, []);
                var after = DefaultCascade.Of(
                    Debts.Obligations(cash.ToDictionary(c => New(c.Key), c => c.Value), [.. owed.Select(o => (New(o.Debtor), New(o.Creditor), o.Amount))]), recovery, []);
                foreach (var company in before.Companies)
                {
                    var same = after.Companies.Single(c => c.Company.Value == New(company.Company.Value));
                    (same.Paid, same.Round).ShouldBe((company.Paid, company.Round));
                }
            },
            iter: Effort.Samples(300));

    private static Gen<(Dictionary<string, decimal> Cash, (string Debtor, string Creditor, decimal Amount)[] Owed, decimal? Recovery)> Book { get; } =
        Gen.Select(
            Gen.Int[-30, 80].Array[5],
            Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5], Gen.Int[1, 60]).Where(o => o.Item1 != o.Item2).Array[1, 12],
            Gen.Frequency((2, Gen.Const((decimal?)null)), (1, Gen.Int[0, 10].Select(r => (decimal?)(r / 10m)))),
            (cash, owed, recovery) => (
                Names.Zip(cash).ToDictionary(c => c.Item1, c => (decimal)c.Item2),
                owed.Select(o => (Names[o.Item1], o.Item2 == 5 ? "outside" : Names[o.Item2], (decimal)o.Item3)).ToArray(),
                recovery));

    /// <summary>All pay in full, then what they have, and so on: slow, plain, and in doubles.</summary>
    private static Dictionary<string, double> FromAbove(Dictionary<string, decimal> cash, (string Debtor, string Creditor, decimal Amount)[] owed, double recovery)
    {
        var total = owed.GroupBy(o => o.Debtor).ToDictionary(g => g.Key, g => (double)g.Sum(o => o.Amount));
        var paid = total.ToDictionary();
        for (var turn = 0; turn < 20_000; turn++)
        {
            var received = Names.ToDictionary(n => n, n => owed.Where(o => o.Creditor == n).Sum(o => (double)o.Amount / total[o.Debtor] * paid[o.Debtor]));
            var next = total.ToDictionary(t => t.Key, t =>
            {
                var has = (double)cash[t.Key];
                return has + received[t.Key] >= t.Value - 1e-11 ? t.Value : Math.Max(0, (has > 0 ? has * recovery : has) + received[t.Key]);
            });
            if (next.All(n => Math.Abs(n.Value - paid[n.Key]) < 1e-12))
            {
                return next;
            }

            paid = next;
        }

        return paid;
    }
}
