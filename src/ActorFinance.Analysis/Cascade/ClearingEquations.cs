using ActorFinance.Analysis.Networks;
using ActorFinance.Model;

namespace ActorFinance.Analysis.Cascade;

/// <summary>
/// p[i] = b[i] + sum_j share[j,i] p[j] over the debtors that pay what they have: one strongly connected component after the other, payers first.
/// Up to <see cref="ExactSize"/> debtors in exact fractions; a larger circle in doubles, corrected by what is exactly left over until that is far
/// below the last place of an amount. A fraction that has grown past <see cref="BitsMax"/> is rounded to <see cref="Places"/> places.
/// </summary>
internal static class ClearingEquations
{
    /// <summary>Fractions grow with every step of an elimination: of 20 it takes some 30 ms.</summary>
    private const int ExactSize = 20;

    private const int BitsMax = 2048;

    /// <summary>An amount has 10.</summary>
    private const int Places = 20;

    /// <param name="shares">Of each debtor the creditors and the parts that they get; all debtors.</param>
    /// <param name="payers">Those whose equations these are.</param>
    /// <param name="own">b: what a payer has beside what the payers pay it.</param>
    /// <param name="paid">p: those of the payers are written.</param>
    public static void Solve((int Creditor, ExactRatio Share)[][] shares, int[] payers, Func<int, ExactRatio> own, ExactRatio[] paid)
    {
        var places = new Dictionary<int, int>();
        foreach (var payer in payers)
        {
            places.Add(payer, places.Count);
        }

        var arcs = payers.SelectMany(p => shares[p].Where(s => places.ContainsKey(s.Creditor)).Select(s => new Arc<int>(places[p], places[s.Creditor], 1))).ToArray();
        var components = StronglyConnectedComponents.Of(SparseGraph.FromArcs<int>(payers.Length, arcs));
        var gathered = payers.Select(own).ToArray();
        for (var component = components.Count - 1; component >= 0; component--)
        {
            var members = components.Members(component).ToArray();
            var local = members.Select((m, i) => (m, i)).ToDictionary(x => x.m, x => x.i);
            var inside = members
                .Select(m => shares[payers[m]].Where(s => places.TryGetValue(s.Creditor, out var at) && local.ContainsKey(at)).Select(s => (To: local[places[s.Creditor]], s.Share)).ToArray())
                .ToArray();
            var right = members.Select(m => gathered[m]).ToArray();
            var solved = members.Length <= ExactSize ? Exactly(inside, right) : Nearly(inside, right);
            for (var i = 0; i < members.Length; i++)
            {
                var amount = paid[payers[members[i]]] = solved[i].Denominator.GetBitLength() > BitsMax ? solved[i].RoundedTo(Places) : solved[i];
                foreach (var (creditor, share) in shares[payers[members[i]]])
                {
                    if (places.TryGetValue(creditor, out var at) && !local.ContainsKey(at))
                    {
                        gathered[at] += share * amount;
                    }
                }
            }
        }
    }

    private static ExactRatio[] Exactly((int To, ExactRatio Share)[][] inside, ExactRatio[] right)
    {
        var size = right.Length;
        var rows = new ExactRatio[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                rows[i, j] = i == j ? ExactRatio.Of(1) : ExactRatio.Zero;
            }
        }

        for (var from = 0; from < size; from++)
        {
            foreach (var (to, share) in inside[from])
            {
                rows[to, from] -= share;
            }
        }

        var x = (ExactRatio[])right.Clone();
        // I - shares is an M-matrix: every pivot is above 0, in any order.
        for (var k = 0; k < size; k++)
        {
            for (var i = k + 1; i < size; i++)
            {
                if (rows[i, k].Sign == 0)
                {
                    continue;
                }

                var factor = rows[i, k] / rows[k, k];
                for (var j = k + 1; j < size; j++)
                {
                    rows[i, j] -= factor * rows[k, j];
                }

                x[i] -= factor * x[k];
            }
        }

        for (var k = size - 1; k >= 0; k--)
        {
            for (var j = k + 1; j < size; j++)
            {
                x[k] -= rows[k, j] * x[j];
            }

            x[k] /= rows[k, k];
        }

        return x;
    }

    private static ExactRatio[] Nearly((int To, ExactRatio Share)[][] inside, ExactRatio[] right)
    {
        var size = right.Length;
        var (firstArcs, targets, steps, exits) = (new int[size + 1], new List<int>(), new List<double>(), new double[size]);
        for (var from = 0; from < size; from++)
        {
            var leaving = ExactRatio.Of(1);
            foreach (var (to, share) in inside[from])
            {
                targets.Add(to);
                steps.Add((double)share);
                leaving -= share;
            }

            exits[from] = (double)leaving;
            firstArcs[from + 1] = targets.Count;
        }

        var walk = new SparseWalk(firstArcs, [.. targets], [.. steps], exits);
        var x = new ExactRatio[size];
        Array.Fill(x, ExactRatio.Zero);
        var left = right;
        // Each turn gains the digits of a double.
        for (var turn = 0; turn < 6; turn++)
        {
            var (gains, _) = walk.Visits([.. left.Select(l => (double)l)]);
            for (var i = 0; i < size; i++)
            {
                x[i] = (x[i] + ExactRatio.Of((decimal)gains[i])).RoundedTo(Places);
            }

            left = LeftOver(inside, right, x);
            if (left.All(l => Math.Abs((double)l) < 1e-15))
            {
                break;
            }
        }

        return x;
    }

    private static ExactRatio[] LeftOver((int To, ExactRatio Share)[][] inside, ExactRatio[] right, ExactRatio[] x)
    {
        var left = right.Zip(x, (b, p) => b - p).ToArray();
        for (var from = 0; from < x.Length; from++)
        {
            foreach (var (to, share) in inside[from])
            {
                left[to] += share * x[from];
            }
        }

        return left;
    }
}
