namespace ActorFinance.Analysis.Networks;

/// <summary>
/// In which order nodes are taken out of a network, the cheapest first (Markowitz 1957, Management Science 3:255: fewest in times fewest out), and which
/// arcs there are then: what went through a node goes straight from whom it came to whom it went. That depends on who pays whom and not on how much, so it is worked out
/// once for all networks of the same arcs. What is left when taking out is dearer than a dense inverse is the core. Never changes.
/// </summary>
internal sealed class EliminationPlan
{
    /// <summary>
    /// A node is taken out while in x out, so many times, is at most n^2: a dense inverse of one node more is 6 n^2 operations of 1/16 ns, and taking it out and putting it
    /// back some 5 ns for each in x out, a third of that at the limit.
    /// </summary>
    private const int DenseGain = 60;

    private readonly int[] _firstArcs;
    private readonly int[] _targets;

    private EliminationPlan(SparseGraph<double> paid)
    {
        (_firstArcs, _targets) = (paid.FirstArcs.ToArray(), paid.Targets.ToArray());
        var shrinking = new ShrinkingNetwork(paid);
        var (taken, firstTo, to, firstFrom, from) = (new List<int>(), new List<int> { 0 }, new List<int>(), new List<int> { 0 }, new List<int>());
        while (shrinking.Cheapest(DenseGain) is { } node)
        {
            taken.Add(node);
            to.AddRange(shrinking.PaidBy(node));
            from.AddRange(shrinking.PayersOf(node));
            firstTo.Add(to.Count);
            firstFrom.Add(from.Count);
            shrinking.TakeOut(node);
        }

        (Taken, FirstTo, To, FirstFrom, From) = ([.. taken], [.. firstTo], [.. to], [.. firstFrom], [.. from]);
        (TakenAt, StepOf) = (new int[paid.NodeCount], new int[From.Length]);
        Array.Fill(TakenAt, -1);
        for (var step = 0; step < Taken.Length; step++)
        {
            TakenAt[Taken[step]] = step;
            StepOf.AsSpan(FirstFrom[step]..FirstFrom[step + 1]).Fill(step);
        }

        Core = [.. Enumerable.Range(0, paid.NodeCount).Where(node => TakenAt[node] < 0)];
        (FirstStep, Steps, StepPlaces) = StepsOf(paid.NodeCount);
    }

    public int NodeCount => _firstArcs.Length - 1;

    /// <summary>The nodes in the order in which they are taken out; the i-th is the i-th step.</summary>
    public int[] Taken { get; }

    /// <summary>By node, the step that takes it out; -1 of the core.</summary>
    public int[] TakenAt { get; }

    /// <summary>The nodes that are left, ascending.</summary>
    public int[] Core { get; }

    /// <summary>Of step i, FirstTo[i] to FirstTo[i + 1] - 1 in <see cref="To"/>: the nodes that its node pays then, ascending.</summary>
    public int[] FirstTo { get; }

    public int[] To { get; }

    /// <summary>Of step i, FirstFrom[i] to FirstFrom[i + 1] - 1 in <see cref="From"/>: the nodes that pay its node then, ascending.</summary>
    public int[] FirstFrom { get; }

    public int[] From { get; }

    /// <summary>By place in <see cref="From"/>, the step.</summary>
    public int[] StepOf { get; }

    /// <summary>Of a node, FirstStep[node] to FirstStep[node + 1] - 1 in <see cref="Steps"/>: the places in <see cref="From"/> where it pays what is taken out, in order.</summary>
    public int[] FirstStep { get; }

    public int[] Steps { get; }

    /// <summary>By place in <see cref="From"/>: where it stands in <see cref="Steps"/>.</summary>
    public int[] StepPlaces { get; }

    /// <param name="paid">Its weights do not matter, nor arcs from a node to itself.</param>
    public static EliminationPlan Of(SparseGraph<double> paid) => new(paid);

    /// <summary>Whether the network has the same arcs.</summary>
    public bool IsOf(SparseGraph<double> paid) => paid.FirstArcs.SequenceEqual(_firstArcs) && paid.Targets.SequenceEqual(_targets);

    private (int[] First, int[] Steps, int[] Places) StepsOf(int nodeCount)
    {
        var (first, steps, places) = (new int[nodeCount + 1], new int[From.Length], new int[From.Length]);
        foreach (var payer in From)
        {
            first[payer + 1]++;
        }

        for (var node = 0; node < nodeCount; node++)
        {
            first[node + 1] += first[node];
        }

        var next = first.AsSpan(0, nodeCount).ToArray();
        for (var place = 0; place < From.Length; place++)
        {
            places[place] = next[From[place]]++;
            steps[places[place]] = place;
        }

        return (first, steps, places);
    }
}
