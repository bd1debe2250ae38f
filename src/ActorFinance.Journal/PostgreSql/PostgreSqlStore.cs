using ActorFinance.Journal.Reading;
using ActorFinance.Journal.Subscriptions;
using Npgsql;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>A journal in a schema of its own of a PostgreSQL database.</summary>
internal sealed class PostgreSqlStore : IJournalStore
{
    private readonly PostgreSqlAddress? _address;
    private readonly JournalOpenError? _error;

    /// <param name="journal">As it was written. What is wrong with it shows when it is opened.</param>
    public PostgreSqlStore(string journal)
    {
        _address = PostgreSqlAddress.Parse(journal, out var problem);
        Name = _address?.Name ?? "postgres://...";
        _error = _address is null ? PostgreSqlErrors.BadAddress(Name, problem) : null;
    }

    private PostgreSqlStore(PostgreSqlAddress? address, JournalOpenError? error, string name) => (_address, _error, Name) = (address, error, name);

    public string Name { get; }

    /// <summary>In the user's cache folder: the server's disk is not ours, and what is made anew need not cross the network.</summary>
    public string? CachePath => _address is not null && CacheFolder() is { } folder ? Path.Combine(folder, "actorfinance", Uri.EscapeDataString(Name)) : null;

    public IJournalStore Beside(string what)
    {
        var address = _address?.WithSchema($"{_address.Schema}_{what}");
        return new PostgreSqlStore(address, _error, address?.Name ?? Name);
    }

    public JournalOpening<IJournalReader> OpenReader() => _address is null ? _error! : PostgreSqlJournalReader.Open(_address).As<IJournalReader>();

    public JournalOpening<IHeldJournal> Hold() => _address is null ? _error! : PostgreSqlHeldJournal.Open(_address).As<IHeldJournal>();

    /// <summary>In the journal's schema, in a session of its own.</summary>
    public Task<SubscriptionStore> OpenSubscriptionsAsync(CancellationToken cancellation = default)
    {
        if (_address is null)
            throw new InvalidOperationException(_error!.Message);

        var settings = _address.Connection();
        settings.Pooling = false;
        return SubscriptionStore.OpenAsync(new NpgsqlConnection(settings.ToString()), cancellation: cancellation);
    }

    /// <summary>Refused: the server's own programs copy and restore a schema whole, with its sequence, and people who run servers have them in place.</summary>
    public JournalOpenError? CopyTo(string file) => _address is null ? _error : PostgreSqlErrors.NotAFile(_address, file);

    /// <summary>As the XDG base directory specification has it; systemd's CacheDirectory= goes before it.</summary>
    private static string? CacheFolder()
    {
        foreach (var variable in new[] { "CACHE_DIRECTORY", "XDG_CACHE_HOME" })
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder && Path.IsPathFullyQualified(folder))
                return folder;
        }

        return Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache") : null;
    }
}
