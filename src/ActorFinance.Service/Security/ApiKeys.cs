using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Security;

/// <summary>
/// The callers, by the SHA-256 of their keys: a key is 256 random bits, so that a plain hash cannot be searched. The file is looked at again at most
/// once a second, so keys are added and withdrawn without a restart; a file that has become unreadable leaves the last good keys in force.
/// </summary>
public sealed class ApiKeys
{
    /// <summary>Tells our keys apart from other secrets, for people and for scanners of leaked ones.</summary>
    public const string Prefix = "afk_";

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    private readonly string _file;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private volatile FrozenDictionary<string, Caller> _callers;
    private DateTime _written;
    private long _looked;

    private ApiKeys(string file, TimeProvider clock, FrozenDictionary<string, Caller> callers, DateTime written) =>
        (_file, _clock, _callers, _written, _looked) = (file, clock, callers, written, clock.GetTimestamp());

    /// <exception cref="ServiceStartException">The file cannot be read, or has no key.</exception>
    public static ApiKeys Read(string file, TimeProvider clock)
    {
        try
        {
            var written = File.GetLastWriteTimeUtc(file);
            return new(file, clock, Parse(File.ReadAllBytes(file)), written);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
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
    public Caller? Find(string key)
    {
        Refresh();

        // The table is of hashes: how long the look-up takes tells nothing about a key.
        return _callers.GetValueOrDefault(HashOf(key));
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private void Refresh()
    {
        if (_clock.GetElapsedTime(_looked) < LookAgain || !_lock.TryEnter())
        {
            return;
        }

        try
        {
            _looked = _clock.GetTimestamp();
            var written = File.GetLastWriteTimeUtc(_file);
            if (written != _written)
            {
                _callers = Parse(File.ReadAllBytes(_file));
                _written = written;
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            // Half written: it is looked at again.
        }
        finally
        {
            _lock.Exit();
        }
    }

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
