using System.Buffers;

namespace ActorFinance.Analysis.Networks;

/// <summary>
/// The numbers of a network from which nodes are taken out by a plan: what went through a node goes straight from whom it came to whom it went, and what
/// the node lost is lost by those who paid it, each in proportion. Nothing is ever subtracted: what a node passes on and loses is added up afresh (Grassmann, Taksar and
/// Heyman 1985, Operations Research 33:1107), so the smallest loss keeps all its digits and every number its relative precision.
/// <para>
/// Payer by payer, each once all before it are done: its payments lie in one row of the network's width, to which each node taken out adds what it passes on. Every sum
/// takes its parts in the plan's order. The arrays are lent and given back, so that a network asked for again and again costs no memory.
/// </para>
/// </summary>
internal sealed class LeakyElimination : IDisposable
{
    private readonly EliminationPlan _plan;

    // By place in the plan's To and From: what is paid, and the entry of the inverse the other way.
    private readonly double[] _paid;
    private readonly double[] _received;
    private readonly double[] _entryOfPaid;
    private readonly double[] _entryOfReceived;

    // By node: what it loses, passes on or loses when it is taken out, its own entry of the inverse; and one row.
    private readonly double[] _lost;
    private readonly double[] _outflow;
    private readonly double[] _own;
    private readonly double[] _row;
    private readonly int[] _place;

    public LeakyElimination(EliminationPlan plan)
    {
        _plan = plan;
        (_paid, _entryOfPaid) = (Lent(plan.To.Length), Lent(plan.To.Length));
        (_received, _entryOfReceived) = (Lent(plan.From.Length), Lent(plan.From.Length));
        (_lost, _outflow, _own, _row) = (Lent(plan.NodeCount), Lent(plan.NodeCount), Lent(plan.NodeCount), Lent(plan.NodeCount));
        _place = ArrayPool<int>.Shared.Rent(plan.NodeCount);
        Array.Fill(_place, -1);
        for (var i = 0; i < plan.Core.Length; i++)
        {
            _place[plan.Core[i]] = i;
        }

        Core = DenseMatrix.Lent(plan.Core.Length, plan.Core.Length + 1);
    }

    /// <summary>What the nodes of the core pay each other, with what each loses behind it; becomes their inverse before nodes are put back.</summary>
    public DenseMatrix Core { get; }

    /// <summary>n_ii divided by what the node passes on or loses.</summary>
    public double this[int node] => _place[node] >= 0 ? Core[_place[node], _place[node]] : _own[node];

    /// <param name="paid">Of the plan's arcs.</param>
    /// <param name="lost">By node: what leaves the network, at least 0.</param>
    public void TakeOut(SparseGraph<double> paid, double[] lost)
    {
        lost.CopyTo(_lost, 0);
        Array.Clear(_row, 0, _plan.NodeCount);
        for (var step = 0; step < _plan.Taken.Length; step++)
        {
            var node = _plan.Taken[step];
            Gather(paid, node);
            var outflow = _lost[node];
            for (var i = _plan.FirstTo[step]; i < _plan.FirstTo[step + 1]; i++)
            {
                _paid[i] = _row[_plan.To[i]];
                _row[_plan.To[i]] = 0;
                outflow += _paid[i];
            }

            _outflow[node] = outflow;
        }

        for (var i = 0; i < _plan.Core.Length; i++)
        {
            Gather(paid, _plan.Core[i]);
            var row = Core.Row(i);
            for (var j = 0; j < _plan.Core.Length; j++)
            {
                row[j] = _row[_plan.Core[j]];
                _row[_plan.Core[j]] = 0;
            }

            row[_plan.Core.Length] = _lost[_plan.Core[i]];
        }
    }

    /// <summary>The nodes in turn, the last taken out first, each from entries of the inverse that belong to an arc the other way in the network that it was taken from.</summary>
    public void PutBack()
    {
        for (var step = _plan.Taken.Length - 1; step >= 0; step--)
        {
            var (node, to) = (_plan.Taken[step], _plan.FirstTo[step].._plan.FirstTo[step + 1]);
            var (own, outflow) = (1 / _outflow[node], _outflow[node]);
            var payees = _plan.To.AsSpan(to);
            var onward = _paid.AsSpan(to);
            var columns = _entryOfPaid.AsSpan(to);
            columns.Clear();
            for (var place = _plan.FirstFrom[step]; place < _plan.FirstFrom[step + 1]; place++)
            {
                var (payer, paid, entry) = (_plan.From[place], _received[place], 0.0);
                Spread(payer, place);
                for (var i = 0; i < payees.Length; i++)
                {
                    var between = _place[payer] >= 0 && _place[payees[i]] >= 0 ? Core[_place[payees[i]], _place[payer]] : _row[payees[i]];
                    columns[i] += between * paid;
                    entry += between * onward[i];
                }

                _entryOfReceived[place] = entry / outflow;
            }

            for (var i = 0; i < payees.Length; i++)
            {
                columns[i] /= outflow;
                own += onward[i] / outflow * columns[i];
            }

            _own[node] = own;
        }
    }

    public void Dispose()
    {
        foreach (var array in (double[][])[_paid, _received, _entryOfPaid, _entryOfReceived, _lost, _outflow, _own, _row])
        {
            ArrayPool<double>.Shared.Return(array);
        }

        ArrayPool<int>.Shared.Return(_place);
        Core.GiveBack();
    }

    private static double[] Lent(int length) => ArrayPool<double>.Shared.Rent(length);

    /// <summary>Everything that the node pays once those before it are out, in the row; what it pays to nodes taken out is kept with them. What it would pay itself does not matter.</summary>
    private void Gather(SparseGraph<double> paid, int node)
    {
        for (var arc = paid.FirstArcs[node]; arc < paid.FirstArcs[node + 1]; arc++)
        {
            _row[paid.Targets[arc]] = paid.Weights[arc];
        }

        for (var i = _plan.FirstStep[node]; i < _plan.FirstStep[node + 1]; i++)
        {
            var place = _plan.Steps[i];
            var step = _plan.StepOf[place];
            var taken = _plan.Taken[step];
            _received[place] = _row[taken];
            _row[taken] = 0;
            var part = _received[place] / _outflow[taken];
            _lost[node] += part * _lost[taken];
            var payees = _plan.To.AsSpan(_plan.FirstTo[step].._plan.FirstTo[step + 1]);
            var onward = _paid.AsSpan(_plan.FirstTo[step]);
            for (var j = 0; j < payees.Length; j++)
            {
                _row[payees[j]] += part * onward[j];
            }
        }

        _row[node] = 0;
    }

    /// <summary>The entries of the inverse at what the node pays from a place on, in the row: those that a node taken out there can need.</summary>
    private void Spread(int payer, int place)
    {
        for (var i = _plan.StepPlaces[place] + 1; i < _plan.FirstStep[payer + 1]; i++)
        {
            _row[_plan.Taken[_plan.StepOf[_plan.Steps[i]]]] = _entryOfReceived[_plan.Steps[i]];
        }

        if (_plan.TakenAt[payer] is >= 0 and var step)
        {
            _row[payer] = _own[payer];
            for (var i = _plan.FirstTo[step]; i < _plan.FirstTo[step + 1]; i++)
            {
                _row[_plan.To[i]] = _entryOfPaid[i];
            }
        }
    }
}
