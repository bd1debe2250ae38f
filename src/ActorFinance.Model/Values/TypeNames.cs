using System.Text.Json;

namespace ActorFinance.Model;

/// <summary>What events and commands are called outside the code.</summary>
public static class TypeNames
{
    /// <summary>As manifests, files and answers have it: <c>purchase-paid</c>.</summary>
    public static string Of(Type type) => JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name);
}
