using ActorFinance.Analysis.Checks;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Branches;
using ActorFinance.Scenarios.Tests.Truth;

namespace ActorFinance.Scenarios.Tests.Branches;

/// <summary>
/// Edits of every operation in any order, by words that the bundled books hold and by some that they do not: each ends in a branch or in a rule, the same each time,
/// and a branch keeps every invariant once its misfits are out.
/// </summary>
public sealed class HostileEditTests(ImportedSeed seed, ImportedDeals deals) : IClassFixture<ImportedSeed>, IClassFixture<ImportedDeals>
{
    private static readonly string[] s_dates = ["0001-01-01", "2023-01-01", "2025-11-01", "2026-02-28", "2026-12-31", "2028-02-29", "2029-06-30", "2031-12-31", "9999-12-31"];
    private static readonly string[] s_amounts = ["1 USD", "0.0000000001 USD", "7bn USD", "9000tn USD", "5bn EUR"];
    private static readonly string[] s_factors = ["0.5", "1", "130%", "3.5", "0.00000000000001", "1000000"];
    private static readonly string[] s_spans = ["6M", "-18M", "90D", "-1Q", "999Y", "-999Y"];

    [Fact]
    public void Whatever_is_asked_ends_in_a_branch_or_in_a_rule()
    {
        var (applied, refused, withMisfits) = (0, new Dictionary<string, int>(), 0);
        foreach (var book in new[] { seed.Book, deals.Book })
        {
            var (based, words) = (new BranchBase(book, AsKnown.All), new Words(book));
            for (var number = 1; number <= Effort.Samples(150); number++)
            {
                var random = new Random(number);
                var edits = Enumerable.Range(0, random.Next(1, 6)).Select(_ => words.Edit(random)).OfType<Edit>().ToList();
                switch (Branch.Apply(based, edits))
                {
                    case BranchResult.Applied branch:
                        applied++;
                        withMisfits += branch.Misfits.Count > 0 ? 1 : 0;
                        Branch.Apply(based, edits).ShouldBeOfType<BranchResult.Applied>().Changes.ShouldBe(branch.Changes, $"seed {number}");
                        var counted = branch.Book.At(Cut.Everything);
                        Invariants.Of(counted).ShouldBeEmpty($"seed {number}");
                        StockFlowMatrix.Of(counted).SelectMany(matrix => matrix.Check()).ShouldBeEmpty($"seed {number}");
                        branch.Book.Recorded.OrderBy(recorded => recorded.Key).GroupBy(recorded => recorded.Header.Emitter).SelectMany(company => Misfits.Of(company.Key, company.Select(recorded => recorded.Envelope)))
                            .ShouldBeEmpty($"seed {number}");
                        break;
                    case BranchResult.Refused no:
                        no.Problems.ShouldHaveSingleItem().Rule.ShouldNotBeNullOrWhiteSpace();
                        var name = edits[no.Problems[0].Edit].GetType().Name;
                        refused[name] = refused.GetValueOrDefault(name) + 1;
                        break;
                }
            }
        }

        applied.ShouldBeGreaterThan(30);
        withMisfits.ShouldBeGreaterThan(3);
        refused.Count.ShouldBeGreaterThan(8);
    }

    /// <summary>What can be named in one book.</summary>
    private sealed class Words(Book book)
    {
        private readonly string[] _deals = [.. book.Recorded.Select(recorded => recorded.Header.Deal?.Value).OfType<string>().Distinct()];
        private readonly string[] _companies = [.. book.Recorded.Select(recorded => recorded.Header.Emitter.Value).Distinct()];
        private readonly string[] _types = [.. book.Recorded.Select(recorded => TypeNames.Of(recorded.Event.GetType())).Distinct()];
        private readonly string[] _events = [.. book.Recorded.Select(recorded => recorded.Header.Id.ToString())];
        private readonly string[] _guarantees = ["none", .. book.Recorded.Select(recorded => recorded.Event).OfType<GuaranteeGiven>().Select(given => given.Guarantee.Value)];

        private readonly (string Company, string Milestone)[] _milestones =
        [
            ("openai", "IPO"), .. book.Recorded.Where(recorded => recorded.Event is MilestoneReached).Select(recorded => (recorded.Header.Emitter.Value, ((MilestoneReached)recorded.Event).Milestone)),
            .. book.Recorded.Select(recorded => recorded.Event).OfType<WarrantGranted>().SelectMany(granted => granted.Tranches).SelectMany(tranche => (IEnumerable<Condition>?)tranche.Conditions?.Conditions ?? [])
                .Where(condition => condition is { Company: not null, Milestone: not null }).Select(condition => (condition.Company!.Value.Value, condition.Milestone!)),
        ];

        /// <summary>Null where the words make no edit.</summary>
        public Edit? Edit(Random random)
        {
            T One<T>(IReadOnlyList<T> words) => words[random.Next(words.Count)];
            EditTerm Term(string name, string value) => new(name, value);
            EditTerm[] Selector() =>
            [
                .. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(11) switch
                {
                    0 or 1 or 2 => Term("deal", One(_deals)),
                    3 => Term("payer", One(_companies)),
                    4 => Term("payee", One(_companies)),
                    5 => Term("company", One(_companies)),
                    6 => Term("type", One(_types)),
                    7 => Term("kind", One(["purchase", "investment", "loan"])),
                    8 => Term("tranche", One(["1", "4..", "..3", "11"])),
                    9 => Term("from", One(s_dates)),
                    _ => Term("event", One(_events)),
                }).DistinctBy(term => term.Name),
            ];
            var (company, milestone) = (One(_companies), One(_milestones));
            (string Operation, EditTerm[] Terms) = random.Next(19) switch
            {
                0 => ("drop", [.. Selector(), Term("linked", One(["yes", "no"]))]),
                1 => ("scale", [.. Selector(), Term("by", One(s_factors)), Term("linked", One(["yes", "no"]))]),
                2 => ("shift", [.. Selector(), Term("by", One(s_spans)), Term("linked", One(["yes", "no"]))]),
                3 => ("replace", [.. Selector(), Term("amount", One(s_amounts))]),
                4 => ("replace", [.. Selector(), Term("at", One(s_dates))]),
                5 => ("split", [.. Selector(), Term("in-kind", One(["30%", "100%", "0.0000000001%"]))]),
                6 => ("merge", Selector()),
                7 => ("substitute", [.. Selector(), Term("by", One(["cash", "in-kind", "purchase", "investment", "fee"]))]),
                8 => ("set-valuation", [.. Selector(), Term("growth", One(["0", "-10%", "-99.9999%", "100000"])), Term("anti-dilution", One(["full-ratchet", "weighted-average"]))]),
                9 => ("set-valuation", [.. Selector(), Term("pre-money", One(["1 USD", "500bn USD|1tn USD", "9000tn USD", "5bn EUR"]))]),
                10 => ("set-price", [Term("company", company), Term("class", One(["common", "class-a"])), Term("path", One(["2026-06-30=600 USD|2028-01-01=1 USD", "2020-01-01=0.0000000001 USD"]))]),
                11 => ("set-rate", [Term("pair", One(["USD/KRW", "USD/EUR"])), One([Term("by", One(s_factors)), Term("path", "2026-01-01=1500")])]),
                12 => ("set-condition", [Term("company", milestone.Company), Term("milestone", milestone.Milestone), One([Term("at", One(s_dates)), Term("not-before", One(s_dates)), Term("never", "yes")])]),
                13 => ("delay", [Term("company", milestone.Company), Term("milestone", milestone.Milestone), Term("by", One(s_spans))]),
                14 => ("call", [Term("guarantee", One(_guarantees)), Term("at", One(s_dates))]),
                15 or 16 => ("default", [Term("company", company), Term("at", One(s_dates)), Term("recovery", One(["0", "40%", "100%", "0.3333333333"])), .. random.Next(3) == 0 ? new[] { Term("senior", "loans") } : []]),
                17 => ("freeze", [Term("company", company), Term("at", One(s_dates))]),
                _ => ("truncate", [Term("after", One(s_dates))]),
            };
            var faults = new List<EditFault>();
            return EditTerms.Parse(Operation, Terms, faults);
        }
    }
}
