namespace ActorFinance.Analysis.Circularity;

/// <summary>What the companies and flows of one matrix are in another. O(companies + pairs).</summary>
internal sealed class OtherNumbers
{
    public OtherNumbers(FlowMatrix matrix, FlowMatrix other)
    {
        var numbers = new int[matrix.Companies.Count];
        (Known, Arcs) = (new int[other.Companies.Count], new int[matrix.Flows.ArcCount]);
        Array.Fill(Known, -1);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = other.NumberOf(matrix.Companies[i]) ?? -1;
            if (numbers[i] >= 0)
            {
                Known[numbers[i]] = i;
            }
        }

        for (var from = 0; from < numbers.Length; from++)
        {
            for (var arc = matrix.Flows.FirstArcs[from]; arc < matrix.Flows.FirstArcs[from + 1]; arc++)
            {
                var to = numbers[matrix.Flows.Targets[arc]];
                Arcs[arc] = numbers[from] < 0 || to < 0 ? -1 : other.Flows.ArcBetween(numbers[from], to);
            }
        }
    }

    /// <summary>By company of the other, its number in the one; -1 where it is not there.</summary>
    public int[] Known { get; }

    /// <summary>By arc of F in the one, its number in the other; -1 where it is not there.</summary>
    public int[] Arcs { get; }
}
