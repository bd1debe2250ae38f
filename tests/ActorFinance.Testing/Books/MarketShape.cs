namespace ActorFinance.Testing.Books;

/// <summary>
/// Who deals with whom and for how much, with the heavy tails of real books: few companies have most partners, few payments carry most of the money.
/// The same for the same sizes and seed.
/// </summary>
public sealed class MarketShape
{
    private const double PopularityExponent = 0.75;
    private const double AmountTail = 1.15;
    private const decimal AmountMin = 10_000m;
    private const decimal AmountMax = 50_000_000_000m;
    private const int PartnersMean = 10;

    private readonly double[] _cumulative;
    private readonly int[][] _partners;
    private readonly Random _random;

    public MarketShape(int companies, Random random)
    {
        _random = random;
        _cumulative = new double[companies];
        var sum = 0.0;
        for (var i = 0; i < companies; i++)
        {
            _cumulative[i] = sum += Math.Pow(i + 1, -PopularityExponent);
        }

        _partners = new int[companies][];
        for (var i = 0; i < companies; i++)
        {
            var partners = new HashSet<int>();
            var wanted = Math.Min(companies - 1, 1 + (int)(PartnersMean * -Math.Log(1 - random.NextDouble())));
            while (partners.Count < wanted)
            {
                var partner = random.Next(4) == 0 ? random.Next(companies) : Popular();
                if (partner != i)
                {
                    partners.Add(partner);
                }
            }

            _partners[i] = [.. partners];
        }
    }

    /// <summary>A company, a large one more often than a small one (Zipf).</summary>
    public int Popular()
    {
        var at = Array.BinarySearch(_cumulative, _random.NextDouble() * _cumulative[^1]);
        return Math.Min(at < 0 ? ~at : at, _cumulative.Length - 1);
    }

    /// <summary>One of those that a company deals with; the first of them most often.</summary>
    public int PartnerOf(int company)
    {
        var partners = _partners[company];
        return partners[(int)(partners.Length * Math.Pow(_random.NextDouble(), 2))];
    }

    /// <summary>From the least up, in cents, with the tail of a Pareto distribution.</summary>
    public decimal Amount() =>
        decimal.Round(Math.Min(AmountMax, AmountMin * (decimal)Math.Min(1e12, Math.Pow(1 - _random.NextDouble(), -1 / AmountTail))), 2);
}
