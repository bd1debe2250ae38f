using System.Numerics;

namespace ActorFinance.Analysis.Networks;

/// <summary>
/// The sets of nodes that can each reach all others of their set. Found by Tarjan's algorithm (R. Tarjan 1972, SIAM J. Comput. 1:146)
/// with an explicit stack, since a chain of a million nodes would overflow the thread's. O(nodes + arcs).
/// Components are numbered against the arcs: an arc between two components leads to the one with the lower number.
/// The same graph always gives the same numbers.
/// </summary>
public sealed class StronglyConnectedComponents
{
    private readonly int[] _componentOf;
    private readonly int[] _firstMembers;
    private readonly int[] _members;

    private StronglyConnectedComponents(int[] componentOf, int count)
    {
        _componentOf = componentOf;
        _firstMembers = new int[count + 1];
        _members = new int[componentOf.Length];
        foreach (var component in componentOf)
            _firstMembers[component + 1]++;
        for (var component = 0; component < count; component++)
            _firstMembers[component + 1] += _firstMembers[component];
        var next = _firstMembers.AsSpan(0, count).ToArray();
        for (var node = 0; node < componentOf.Length; node++)
            _members[next[componentOf[node]]++] = node;
    }

    public int Count => _firstMembers.Length - 1;

    /// <summary>For each node the number of its component.</summary>
    public ReadOnlySpan<int> ComponentOf => _componentOf;

    /// <summary>The nodes of a component, ascending.</summary>
    public ReadOnlySpan<int> Members(int component) =>
        _members.AsSpan(_firstMembers[component].._firstMembers[component + 1]);

    public static StronglyConnectedComponents Of<TWeight>(SparseGraph<TWeight> graph)
        where TWeight : struct, INumber<TWeight>
    {
        const int Unvisited = -1;
        var firstArcs = graph.FirstArcs;
        var targets = graph.Targets;
        var nodeCount = graph.NodeCount;
        var componentOf = new int[nodeCount];
        var componentCount = 0;
        var visitedAt = new int[nodeCount];
        var lowestReached = new int[nodeCount];
        var nextArc = new int[nodeCount];
        // Nodes visited and not yet in a component, and the path of the depth-first walk: two stacks, as in the paper.
        var open = new int[nodeCount];
        var openCount = 0;
        var path = new int[nodeCount];
        var pathLength = 0;
        var visits = 0;
        Array.Fill(visitedAt, Unvisited);
        Array.Fill(componentOf, Unvisited);

        for (var root = 0; root < nodeCount; root++)
        {
            if (visitedAt[root] == Unvisited)
                Enter(root);
            while (pathLength > 0)
            {
                var node = path[pathLength - 1];
                if (nextArc[node] < firstArcs[node + 1])
                {
                    var target = targets[nextArc[node]++];
                    if (visitedAt[target] == Unvisited)
                        Enter(target);
                    else if (componentOf[target] == Unvisited)
                        lowestReached[node] = Math.Min(lowestReached[node], visitedAt[target]);
                    continue;
                }

                pathLength--;
                if (lowestReached[node] == visitedAt[node])
                    CloseComponent(node);
                if (pathLength > 0)
                    lowestReached[path[pathLength - 1]] = Math.Min(lowestReached[path[pathLength - 1]], lowestReached[node]);
            }
        }

        return new StronglyConnectedComponents(componentOf, componentCount);

        void Enter(int node)
        {
            visitedAt[node] = lowestReached[node] = visits++;
            nextArc[node] = graph.FirstArcs[node];
            open[openCount++] = node;
            path[pathLength++] = node;
        }

        void CloseComponent(int root)
        {
            int member;
            do
            {
                member = open[--openCount];
                componentOf[member] = componentCount;
            }
            while (member != root);
            componentCount++;
        }
    }
}
