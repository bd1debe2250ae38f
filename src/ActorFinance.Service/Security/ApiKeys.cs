using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Security;

/// <summary>
/// The callers, by the SHA-256 of their keys: a key is 256 random bits, so that a plain hash cannot be searched. Keys are added and withdrawn without a restart.
/// </summary>
public sealed class ApiKeys
{
    /// <summary>Tells our keys apart from other secrets, for people and for scanners of leaked ones.</summary>
    public const string Prefix = "afk_";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    private readonly WatchedFile<FrozenDictionary<string, Caller>> _callers;

    private ApiKeys(string file, TimeProvider clock) => _callers = new(file, clock, Parse);

    /// <exception cref="ServiceStartException">The file cannot be read, or has no key.</exception>
    public static ApiKeys Read(string file, TimeProvider clock)
    {
        try
        {
            return new(file, clock);
        }
        catch (Exception unreadable) when (WatchedFile<FrozenDictionary<string, Caller>>.IsUnreadable(unreadable))
        {
            throw new ServiceStartException(StartFault.Settings, $"the API keys in '{file}' cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>A new key and what is kept of it.</summary>
    public static (string Key, string Entry) Create(string name, Role role)
    {
        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (key, JsonSerializer.Serialize(new { name, role = role.ToString().ToLowerInvariant(), sha256 = HashOf(key) }));
    }

    /// <summary>Null for a key that nobody has.</summary>
    public Caller? Find(string key) =>
        // The table is of hashes: how long the look-up takes tells nothing about a key.
        _callers.Current.GetValueOrDefault(HashOf(key));

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static FrozenDictionary<string, Caller> Parse(byte[] json)
    {
        var entries = JsonSerializer.Deserialize<Entry[]>(json, Strict) ?? [];
        var callers = new Dictionary<string, Caller>(StringComparer.Ordinal);
        foreach (var (entry, at) in entries.Select((entry, at) => (entry, at)))
        {
            var role = entry.Role switch { "read" => Role.Read, "write" => Role.Write, "admin" => Role.Admin, _ => Role.Anyone };
            if (role == Role.Anyone)
            {
                throw new JsonException($"entry {at + 1}: role '{entry.Role}' must be read, write or admin");
            }

            if (string.IsNullOrWhiteSpace(entry.Name) || entry.Name.Length > 64 || entry.Name.Any(char.IsControl))
            {
                throw new JsonException($"entry {at + 1}: name '{entry.Name}' must be 1 to 64 characters");
            }

            if (entry.Sha256 is not { Length: 64 } hash || !hash.All(char.IsAsciiHexDigitLower) || !callers.TryAdd(hash, new(entry.Name, role)))
            {
                throw new JsonException($"entry {at + 1}: sha256 must be 64 lower-case hexadecimal digits, each key once ('actorfinance key' makes one)");
            }
        }

        return callers.Count == 0 ? throw new JsonException("it has no key ('actorfinance key NAME --role read' makes one)") : callers.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private sealed record Entry(string? Name, string? Role, string? Sha256);
}
