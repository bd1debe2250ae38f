namespace ActorFinance.Client.Transport;

/// <summary>Addresses with what is asked in them.</summary>
internal static class QueryText
{
    /// <param name="path">Without a query.</param>
    /// <param name="parameters">Those without a value are left out; a name may come several times.</param>
    public static string Of(string path, IEnumerable<(string Name, string? Value)>? parameters) =>
        $"{path}?{string.Join('&', (parameters ?? []).Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"))}".TrimEnd('?');
}
