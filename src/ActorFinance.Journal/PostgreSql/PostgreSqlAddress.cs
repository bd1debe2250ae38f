using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Npgsql;

namespace ActorFinance.Journal.PostgreSql;

/// <summary>
/// What <c>postgres://USER:PASSWORD@HOST:PORT/DATABASE?schema=NAME</c> says. Every part may be left out: the environment (PGUSER, PGPASSWORD, PGPASSFILE and
/// <c>~/.pgpass</c>) and PostgreSQL's own defaults stand in.
/// </summary>
internal sealed partial record PostgreSqlAddress
{
    private const string DefaultSchema = "actorfinance";
    private const int DefaultPort = 5432;
    private const int SchemaLengthMax = 40;

    /// <summary>What may stand behind the question mark, and how Npgsql calls it; the schema and host apart.</summary>
    private static readonly FrozenDictionary<string, string> s_parameters = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["passfile"] = "Passfile",
        ["connect_timeout"] = "Timeout",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string _connection;
    private readonly string _place;
    private readonly string _parameters;

    private PostgreSqlAddress(string connection, string place, string parameters, string schema) =>
        (_connection, _place, _parameters, Schema) = (connection, place, parameters, schema);

    /// <summary>Where the tables are: lower-case letters, digits and underscores, so that it needs no escaping.</summary>
    public string Schema { get; private init; }

    /// <summary>The address without a password.</summary>
    public string Name => With(string.Equals(Schema, DefaultSchema, StringComparison.Ordinal) ? "" : $"schema={Schema}", _parameters);

    /// <summary>The same for PostgreSQL's own programs, which know no schema in an address.</summary>
    public string Server => With(_parameters);

    public PostgreSqlAddress WithSchema(string schema) => this with { Schema = schema };

    /// <summary>With the settings that this program's connections have.</summary>
    public NpgsqlConnectionStringBuilder Connection() => new(_connection)
    {
        SearchPath = Schema,
        ApplicationName = "actorfinance",
        // The rule about holes looks twice and must see in its second look what was committed since the first. A commit is on the disk when it is answered.
        Options = "-c default_transaction_isolation=read\\ committed -c synchronous_commit=on -c standard_conforming_strings=on -c jit=off",
        // Sessions keep no state that the next user would have to be kept from.
        NoResetOnClose = true,
        MaxAutoPrepare = 20,
        AutoPrepareMinUsages = 2,
        MaxPoolSize = 20,
        CommandTimeout = 60,
        TcpKeepAlive = true,
        IncludeErrorDetail = false,
    };

    /// <summary>
    /// For reading rows in the order of an index, some thousand at a time. Until a table has statistics the server takes a range for a few rows, and fetches and
    /// sorts all that is left of the journal for each statement.
    /// </summary>
    public NpgsqlConnectionStringBuilder OrderedConnection()
    {
        var settings = Connection();
        settings.Options += " -c enable_seqscan=off -c enable_bitmapscan=off -c enable_sort=off";
        return settings;
    }

    public static bool IsOne(string journal) =>
        journal.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || journal.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <returns>Null with the reason; the reason never shows what could be a password.</returns>
    public static PostgreSqlAddress? Parse(string text, out string problem)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0)
        {
            problem = "it is no address; characters such as / # @ and : in a password are written as %2F %23 %40 and %3A, or the password is left to PGPASSWORD";
            return null;
        }

        var connection = new NpgsqlConnectionStringBuilder();
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            connection.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            connection.Password = Uri.UnescapeDataString(user[1]);
        connection.Host = uri.Host.Length > 0 ? uri.IdnHost.Trim('[', ']') : "127.0.0.1";
        connection.Port = uri.IsDefaultPort ? DefaultPort : uri.Port;
        var database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if (database.Length > 0)
            connection.Database = database;
        var (schema, shown) = (DefaultSchema, new List<string>());
        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            var (key, value) = (pair[0], Uri.UnescapeDataString(pair[^1]));
            if (key == "schema")
            {
                if (!SchemaName().IsMatch(value) || value.Length > SchemaLengthMax)
                {
                    problem = $"schema '{value}' must be lower-case letters, digits and underscores, beginning with a letter, at most {SchemaLengthMax}";
                    return null;
                }

                schema = value;
                continue;
            }

            if (!TrySet(connection, key, value))
            {
                problem = $"'{key}' is not understood, or not its value; there are schema, host, {string.Join(", ", s_parameters.Keys.Order(StringComparer.Ordinal))}";
                return null;
            }

            shown.Add(part);
        }

        problem = "";
        var name = user[0].Length > 0 ? user[0] + "@" : "";
        var host = uri.Host.Length > 0 ? uri.IsDefaultPort || uri.Port == DefaultPort ? uri.Host : $"{uri.Host}:{uri.Port}" : "";
        return new(connection.ToString(), $"postgres://{name}{host}{uri.AbsolutePath}", string.Join('&', shown), schema);
    }

    private string With(params string[] parameters)
    {
        var query = string.Join('&', parameters.Where(part => part.Length > 0));
        return _place + (query.Length > 0 ? "?" + query : "");
    }

    private static bool TrySet(NpgsqlConnectionStringBuilder connection, string key, string value)
    {
        try
        {
            if (key == "host")
                connection.Host = value;
            else if (s_parameters.TryGetValue(key, out var name))
                connection[name] = value.Replace("-", "", StringComparison.Ordinal) is var plain && key == "sslmode" ? plain : value;
            else
                return false;
            return true;
        }
        catch (Exception unfit) when (unfit is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SchemaName();
}
