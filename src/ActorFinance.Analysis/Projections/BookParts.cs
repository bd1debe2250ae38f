namespace ActorFinance.Analysis.Projections;

/// <summary>What an index of a book keeps beside the places of its events: a question about cash pays for nothing else.</summary>
[Flags]
public enum BookParts
{
    None = 0,
    Cash = 1,
    Ownership = 2,
    CircularFlow = 4,
    All = Cash | Ownership | CircularFlow,
}
