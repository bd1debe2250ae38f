using System.Numerics;
using ActorFinance.Analysis.Networks;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Tests.Networks;
using CsCheck;

namespace ActorFinance.Analysis.Tests.Ownership;

public sealed class IndirectOwnershipLawTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e", "f", "g"];

    /// <summary>Parts of up to seven companies in thousandths, some held by a fund; acyclic books hold only later companies.</summary>
    private static Gen<(string Holder, decimal Part, string Issuer)[]> Book(bool acyclic) =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 7], Gen.Int[1, 240])
            .Where(h => h.Item2 == 7 || !acyclic || h.Item2 < h.Item1)
            .Array[1, 25]
            .Select(hs => hs
                .DistinctBy(h => (h.Item1, h.Item2))
                .GroupBy(h => h.Item1)
                .SelectMany(g => g.Take(4))
                .Select(h => (h.Item2 == 7 ? "fund" : Names[h.Item2], h.Item3 / 1000m, Names[h.Item1]))
                .ToArray());

    [Fact]
    public void Each_of_the_two_sets_of_ultimate_owners_adds_up_to_one() =>
        Book(acyclic: false).Sample(book =>
        {
            var walk = Walk(book);
            foreach (var company in walk.Companies)
            {
                var ultimate = UltimateOwnership.Of(walk, company).Value!;
                ultimate.Companies.Sum(c => c.Part).ShouldBe(1, 1e-12);
                ultimate.Holders.Sum(h => h.Part).ShouldBe(1, 1e-12);
            }
        });

    [Fact]
    public void Without_circles_look_through_is_the_sum_over_all_chains() =>
        Book(acyclic: true).Sample(book =>
        {
            var walk = Walk(book);
            foreach (var holder in Names.Append("fund"))
            {
                var parts = LookThrough.Of(walk, Holdings.Holder(holder)).Value!.Parts.ToDictionary(p => p.Issuer.Value, p => p.Part);
                foreach (var issuer in Names.Where(n => n != holder))
                {
                    parts.GetValueOrDefault(issuer).ShouldBe((double)Chains(book, holder, issuer), 1e-14);
                }
            }
        });

    [Fact]
    public void Every_figure_is_that_of_the_inverse_in_exact_fractions() =>
        Book(acyclic: false).Sample(book =>
        {
            var walk = Walk(book);
            var inverse = ExactInverse.OfIdentityMinus(Thousandths(book), 1000);
            foreach (var (i, j) in from i in Enumerable.Range(0, 7) from j in Enumerable.Range(0, 7) select (i, j))
            {
                // The exact inverse is of rows that are issuers: entry [j, i] is n_ij.
                var lookThrough = LookThrough.Of(walk, Holdings.Holder(Names[i])).Value!;
                var expected = i == j ? 1 - (1 / inverse[i, i]) : inverse[j, i] / inverse[i, i];
                var found = i == j ? lookThrough.SelfOwnership : lookThrough.Parts.FirstOrDefault(p => p.Issuer.Value == Names[j])?.Part ?? 0;
                found.ShouldBe(expected, 1e-14);
                if (walk.Companies.Any(c => c.Value == Names[j]))
                {
                    var table = IndirectOwnership.Of(walk, Holdings.Company(Names[j])).Value!.Holders.ToDictionary(h => h.Holder.Value);
                    (table.GetValueOrDefault(Names[i])?.LookThrough ?? 0).ShouldBe(expected, 1e-14);
                    (table.GetValueOrDefault(Names[i])?.Ultimate ?? 0).ShouldBe(inverse[j, i] * (1 - (Enumerable.Range(0, 7).Sum(k => Thousandths(book)[i, k]) / 1000.0)), 1e-14);
                }
            }
        });

    [Fact]
    public void Renaming_companies_changes_nothing() =>
        Gen.Select(Book(acyclic: false), Gen.Shuffle(Names)).Sample((book, renamed) =>
        {
            string New(string name) => name == "fund" ? name : renamed[Array.IndexOf(Names, name)];
            var (before, after) = (Walk(book), Walk([.. book.Select(h => (New(h.Holder), h.Part, New(h.Issuer)))]));
            foreach (var company in before.Companies)
            {
                var expected = IndirectOwnership.Of(before, company).Value!.Holders.ToDictionary(h => h.Holder.Value);
                foreach (var holder in IndirectOwnership.Of(after, Holdings.Company(New(company.Value))).Value!.Holders)
                {
                    var own = holder.Holder.Value is "fund" or "outside" ? holder.Holder.Value : Names[Array.IndexOf(renamed, holder.Holder.Value)];
                    holder.Ultimate.ShouldBe(expected[own].Ultimate, 1e-14);
                    holder.LookThrough.ShouldBe(expected[own].LookThrough, 1e-14);
                }
            }
        });

    [Fact]
    public void A_group_that_leaks_a_millionth_of_a_millionth_keeps_its_digits()
    {
        // Three companies in a ring; all that is held from outside is 1e-12 of a by x and 2e-12 of b by y: of any of them x has nearly a third.
        var walk = Holdings.Walk("c 0.999999999999 a\nx 0.000000000001 a\na 0.999999999998 b\ny 0.000000000002 b\nb 1 c");
        // Value that comes to a ends there with chance 1e-12, else goes to c and on to b, where it ends with chance 2e-12.
        var (atA, atB) = (new BigInteger(1), new BigInteger(2));
        var unit = BigInteger.Pow(10, 12);
        var once = (atA * unit) + ((unit - atA) * atB);
        var x = Ratio(atA * unit, once);

        UltimateOwnership.Of(walk, Holdings.Company("a")).Value!.Holders.Single(h => h.Holder.Value == "x").Part.ShouldBe(x, 1e-15);
        var look = LookThrough.Of(walk, Holdings.Holder("x")).Value!;
        look.Parts.Single(p => p.Issuer.Value == "a").Part.ShouldBe(x, 1e-15);
        LookThrough.Of(walk, Holdings.Holder("a")).Value!.SelfOwnership.ShouldBe(Ratio((unit - atA) * (unit - atB), unit * unit), 1e-15);
    }

    [Fact]
    public void A_large_component_is_solved_by_iteration_to_what_elimination_finds()
    {
        var random = new Random(7);
        var (sparse, factors, size) = RandomWalk(random, 700, 5);
        var start = new double[size];
        start[3] = 1;

        var (visits, bound) = sparse.Visits(start);
        bound.ShouldBeLessThan(1e-12);
        var expected = factors.Visits(start);
        Enumerable.Range(0, size).Max(i => Math.Abs(visits[i] - expected[i])).ShouldBeLessThan(1e-12);

        var (chances, wrong) = sparse.Hitting(new double[size], 5);
        wrong.ShouldBeLessThan(1e-12);
        var column = new double[size];
        column[5] = 1;
        var collected = factors.Collected(column);
        Enumerable.Range(0, size).Max(i => Math.Abs(chances[i] - (collected[i] / collected[5]))).ShouldBeLessThan(wrong + 1e-15);
    }

    [Fact]
    public void A_large_ring_in_any_order_that_leaks_a_hundredth_is_settled()
    {
        var order = Enumerable.Range(0, 2_000).ToArray();
        new Random(3).Shuffle(order);
        var book = order.Select((company, i) => ($"c{order[(i + 1) % order.Length]}", 0.99m, $"c{company}")).Append(("fund", 0.01m, "c7")).ToArray();
        var walk = OwnershipWalk.Of(Holdings.Of(book), Holdings.IsCompany(Holdings.Of(book)));
        var once = Math.Pow(0.99, 2_000);

        var look = LookThrough.Of(walk, Holdings.Holder("c7"));
        look.Value!.SelfOwnership.ShouldBe(once, 1e-9);
        var next = look.Value.Parts.MaxBy(p => p.Part)!;
        next.Part.ShouldBe(0.99, 1e-9);
        var ultimate = UltimateOwnership.Of(walk, Holdings.Company("c7")).Value!;
        ultimate.Holders.Single(h => h.Holder.Value == "fund").Part.ShouldBe(0.01 / (1 - once), 1e-9);
        ultimate.Companies.Sum(c => c.Part).ShouldBe(1, 1e-9);
    }

    /// <summary>The table divides one solve by the diagonal of the inverse; each holder's own question is a solve of its own.</summary>
    [Fact]
    public void The_table_of_an_issuer_in_a_large_circle_has_the_look_through_of_every_holder()
    {
        var random = new Random(11);
        var book = Enumerable.Range(0, 640)
            .SelectMany(i => Enumerable.Range(0, 4).Select(k => (Holder: k == 0 ? (i + 1) % 640 : random.Next(640), Part: random.Next(1, 249) / 1000m)).Where(h => h.Holder != i).DistinctBy(h => h.Holder).Select(h => ($"c{h.Holder}", h.Part, $"c{i}")))
            .ToArray();
        var answer = Holdings.Of(book);
        var walk = OwnershipWalk.Of(answer, Holdings.IsCompany(answer));
        walk.Components.Count.ShouldBe(1);

        var table = IndirectOwnership.Of(walk, Holdings.Company("c5")).Value!.Holders;
        table.Count.ShouldBe(641);
        foreach (var holder in table.Where((_, i) => i % 16 == 0 && i < 640))
        {
            var own = LookThrough.Of(walk, holder.Holder).Value!;
            holder.LookThrough.ShouldBe(own.Parts.FirstOrDefault(p => p.Issuer.Value == "c5")?.Part ?? own.SelfOwnership, 1e-12);
        }

        table.Single(h => h.Holder.Value == "c5").LookThrough.ShouldBe(LookThrough.Of(walk, Holdings.Holder("c5")).Value!.SelfOwnership, 1e-12);
    }

    [Fact]
    public void A_large_group_that_is_all_but_closed_is_settled_or_an_error_and_never_a_wrong_number()
    {
        foreach (var leak in new[] { 0.001m, 0.000001m, 0.000000000001m })
        {
            var book = Enumerable.Range(0, 600).Select(i => ($"c{(i + 1) % 600}", i == 0 ? 1 - leak : 1m, $"c{i}")).Append(("fund", leak / 2, "c0")).ToArray();
            var walk = OwnershipWalk.Of(Holdings.Of(book), Holdings.IsCompany(Holdings.Of(book)));

            var ultimate = UltimateOwnership.Of(walk, Holdings.Company("c5"));
            (ultimate.Error is OwnershipError.TooNearlyClosed || Math.Abs(ultimate.Value!.Holders.Single(h => h.Holder.Value == "fund").Part - 0.5) < 1e-9).ShouldBeTrue($"{leak}: {ultimate}");
            var look = LookThrough.Of(walk, Holdings.Holder("fund"));
            (look.Error is OwnershipError.TooNearlyClosed || look.Value!.Parts.All(p => Math.Abs(p.Part - 0.5) < 1e-9)).ShouldBeTrue($"{leak}: {look}");
        }
    }

    private static OwnershipWalk Walk((string Holder, decimal Part, string Issuer)[] book)
    {
        var answer = Holdings.Of(book);
        return OwnershipWalk.Of(answer, Holdings.IsCompany(answer, Names));
    }

    private static decimal Chains((string Holder, decimal Part, string Issuer)[] book, string holder, string issuer) =>
        book.Where(h => h.Issuer == issuer).Sum(h => h.Part * (h.Holder == holder ? 1 : h.Holder == "fund" ? 0 : Chains(book, holder, h.Holder)));

    private static int[,] Thousandths((string Holder, decimal Part, string Issuer)[] book)
    {
        var matrix = new int[7, 7];
        foreach (var (holder, part, issuer) in book.Where(h => h.Holder != "fund"))
        {
            matrix[Array.IndexOf(Names, issuer), Array.IndexOf(Names, holder)] += (int)(part * 1000);
        }

        return matrix;
    }

    private static double Ratio(BigInteger top, BigInteger bottom) => (double)(top * BigInteger.Pow(10, 25) / bottom) / 1e25;

    private static (SparseWalk Sparse, AbsorbingFactors Factors, int Size) RandomWalk(Random random, int size, int degree)
    {
        var (firstArcs, targets, steps, exits, dense) = (new int[size + 1], new List<int>(), new List<double>(), new double[size], new double[size * size]);
        for (var node = 0; node < size; node++)
        {
            var row = Enumerable.Range(0, degree).Select(_ => random.Next(size)).Append((node + 1) % size).Where(t => t != node).Distinct().Order().ToArray();
            exits[node] = random.NextDouble() * 0.1;
            foreach (var target in row)
            {
                targets.Add(target);
                steps.Add((1 - exits[node]) / row.Length);
                dense[(node * size) + target] = steps[^1];
            }

            firstArcs[node + 1] = targets.Count;
        }

        return (new(firstArcs, [.. targets], [.. steps], exits), AbsorbingFactors.Of(dense, exits)!, size);
    }
}
