namespace ActorFinance.Scenarios.Files;

/// <summary>Names that somebody may have meant.</summary>
public static class Spelling
{
    /// <summary><c> (did you mean 'amount'?)</c>, or nothing when no name is near.</summary>
    public static string Hint(string word, IEnumerable<string> names)
    {
        var (near, distance) = names
            .Select(name => (Name: name, Distance: Distance(word, name)))
            .DefaultIfEmpty((Name: "", Distance: int.MaxValue))
            .MinBy(pair => pair.Distance);
        return distance <= Math.Max(1, (Math.Min(word.Length, near.Length) + 1) / 3) ? $" (did you mean '{near}'?)" : "";
    }

    /// <summary>Levenshtein's distance, for words short enough to have been a name.</summary>
    public static int Distance(string left, string right)
    {
        if (left.Length > 64)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
