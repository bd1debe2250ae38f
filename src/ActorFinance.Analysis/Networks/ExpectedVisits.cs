namespace ActorFinance.Analysis.Networks;

/// <summary>
/// How often, on average, what starts at a node of a network that loses something visits that node: n_ii of N = (I - G)^-1, where G[i,j] is
/// the part of what i passes on or loses that goes to j. 1 off every cycle, more on one.
/// <para>
/// Only the diagonal is wanted, so the network is first made small: nodes with few neighbours are taken out (<see cref="LeakyElimination"/>),
/// the core that is left is inverted (<see cref="LeakyInverse"/>), and the others are put back in turn, each from entries of the inverse that
/// belong to an arc the other way in the network it was taken from, so that no other entry is ever needed (Takahashi, Fagan and Chen 1973;
/// Erisman and Tinney 1975, Communications of the ACM 18:177).
/// </para>
/// <para>
/// There is no subtraction anywhere, so that every n_ii has a small relative error however little the network loses: at worst some 2 n^3
/// roundings for n nodes (C. O'Cinneide 1993, Numerische Mathematik 65:109), against exact fractions no more than some n of them.
/// </para>
/// <example>0 pays 1 to 1 and loses 1, 1 pays 1 to 0 and loses 1: 4/3 and 4/3.</example>
/// </summary>
public static class ExpectedVisits
{
    /// <param name="paid">Weights of at least 0. An arc from a node to itself counts as no visit.</param>
    /// <param name="lost">By node, what leaves the network, at least 0. From every node some loss must be within reach.</param>
    /// <param name="progress">Told which part is done, from 0 to 1.</param>
    public static double[] Of(SparseGraph<double> paid, double[] lost, Action<double>? progress = null)
    {
        var outflows = (double[])lost.Clone();
        foreach (var (from, to, weight) in paid.ToArcs())
        {
            outflows[from] += from == to ? 0 : weight;
        }

        var elimination = new LeakyElimination(paid, lost);
        var taken = elimination.WhileSparse().ToArray();
        var inverse = new KnownEntries(paid.NodeCount, Core(elimination, progress), elimination.Rest().Nodes);
        foreach (var node in taken.Reverse())
        {
            inverse.PutBack(node);
        }

        return [.. outflows.Select((outflow, node) => inverse[node, node] * outflow)];
    }

    private static DenseMatrix Core(LeakyElimination elimination, Action<double>? progress)
    {
        var (nodes, lost) = elimination.Rest();
        var places = nodes.Index().ToDictionary(node => node.Item, node => node.Index);
        var core = new DenseMatrix(nodes.Length, nodes.Length + 1);
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var (payee, weight) in elimination.PaidBy(nodes[i]))
            {
                core[i, places[payee]] = weight;
            }

            core[i, nodes.Length] = lost[i];
        }

        LeakyInverse.InPlace(core, progress);
        return core;
    }

    /// <summary>The entries of (D - P)^-1 that are known: all of the core's, and of a node put back its own and those at its neighbours then.</summary>
    private sealed class KnownEntries
    {
        private readonly DenseMatrix _core;
        private readonly int[] _place;
        private readonly int[] _putBackAt;
        private readonly double[] _own;
        private readonly Dictionary<int, double>[] _rows;
        private readonly Dictionary<int, double>[] _columns;
        private int _count;

        public KnownEntries(int nodeCount, DenseMatrix core, int[] coreNodes)
        {
            _core = core;
            _place = new int[nodeCount];
            Array.Fill(_place, -1);
            _putBackAt = new int[nodeCount];
            _own = new double[nodeCount];
            _rows = new Dictionary<int, double>[nodeCount];
            _columns = new Dictionary<int, double>[nodeCount];
            for (var i = 0; i < coreNodes.Length; i++)
            {
                _place[coreNodes[i]] = i;
            }
        }

        /// <summary>Entries of a node are kept with whichever of the two was put back later: it was taken out earlier, when both had the arc.</summary>
        public double this[int row, int column] =>
            row == column ? (_place[row] >= 0 ? _core[_place[row], _place[row]] : _own[row])
            : _place[row] >= 0 && _place[column] >= 0 ? _core[_place[row], _place[column]]
            : _putBackAt[row] > _putBackAt[column] ? _rows[row][column]
            : _columns[column][row];

        public void PutBack(Eliminated node)
        {
            var (row, column) = (new Dictionary<int, double>(node.From.Length), new Dictionary<int, double>(node.To.Length));
            var own = 1 / node.Outflow;
            foreach (var (payer, _) in node.From)
            {
                row[payer] = 0;
            }

            foreach (var (payee, onward) in node.To)
            {
                var entry = 0.0;
                foreach (var (payer, paid) in node.From)
                {
                    var between = this[payee, payer];
                    entry += between * paid;
                    row[payer] += between * onward / node.Outflow;
                }

                column[payee] = entry / node.Outflow;
                own += onward / node.Outflow * column[payee];
            }

            (_rows[node.Node], _columns[node.Node], _own[node.Node]) = (row, column, own);
            _putBackAt[node.Node] = ++_count;
        }
    }
}
