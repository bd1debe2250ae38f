using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ActorFinance.Testing.Servers;

/// <summary>
/// A PostgreSQL server of our own on a free loopback port, with its data in a folder that is deleted with it. A shell that reads from this process keeps it: when
/// this process ends, however it ends, the shell reads to the end, stops the server and deletes the folder. initdb refuses to run as root, so root gives
/// all of it to an account that may do nothing.
/// </summary>
public sealed class PostgreSqlServer : IDisposable
{
    public const string User = "actorfinance";
    public const string Password = "not-a-secret";
    private const string Unprivileged = "nobody";

    /// <summary>$1 the programs, $2 where the folder goes, $3 the port, $4 the user, $5 the password, $6 more options.</summary>
    private const string Script =
        """
        trap '' INT TERM HUP
        folder=$(mktemp -d "$2/actorfinance-postgresql-XXXXXX") || exit 1
        cd "$folder" && echo "$5" > password
        "$1/initdb" -D data -U "$4" --pwfile=password --auth=scram-sha-256 --no-locale --encoding=UTF8 --no-sync > log 2>&1 &&
        "$1/pg_ctl" -D data -l log -w -o "-c listen_addresses=127.0.0.1 -c port=$3 -c unix_socket_directories='' -c max_connections=80 -c max_prepared_transactions=4 $6" start > start.log 2>&1 &&
        echo ready && cat > /dev/null || cat log start.log
        "$1/pg_ctl" -D data -m immediate stop > /dev/null 2>&1
        cd / && rm -rf "$folder"
        """;

    private readonly Process _keeper;

    private PostgreSqlServer(Process keeper, int port) => (_keeper, Port) = (keeper, port);

    public int Port { get; }

    /// <summary>The folder with <c>pg_dump</c> and its like.</summary>
    public static string Programs { get; } = FindPrograms();

    /// <param name="folder">Where its data goes: a disk for what is measured, memory for what is tested.</param>
    /// <param name="options">As <c>postgres</c> takes them.</param>
    public static async Task<PostgreSqlServer> StartAsync(string folder, string options = "")
    {
        var port = FreePort();
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] shell = ["sh", "-c", Script, "sh", Programs, folder, $"{port}", User, Password, options];
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", Unprivileged, "--", .. shell] : shell;
        start.FileName = command[0];
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        var keeper = Process.Start(start)!;
        var said = await keeper.StandardOutput.ReadLineAsync();
        return said == "ready"
            ? new(keeper, port)
            : throw new InvalidOperationException($"PostgreSQL does not start: {said}\n{await keeper.StandardOutput.ReadToEndAsync()}");
    }

    /// <summary>An address as <c>--journal</c> takes it.</summary>
    public string Journal(string schema) => $"postgres://{User}:{Password}@127.0.0.1:{Port}/postgres?schema={schema}";

    /// <summary>For whoever speaks to the server beside the program.</summary>
    public string ConnectionString(string schema) =>
        $"Host=127.0.0.1;Port={Port};Username={User};Password={Password};Database=postgres;Search Path={schema};Pooling=false";

    /// <summary>With all that is in it.</summary>
    public void Drop(string schema)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs, "psql"), ["--quiet", "--no-psqlrc", "--command", $"DROP SCHEMA IF EXISTS {schema} CASCADE", $"postgres://{User}@127.0.0.1:{Port}/postgres"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = Password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(errors);
        }
    }

    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }

    /// <summary>The newest that is installed: where Debian has them, else on the path.</summary>
    private static string FindPrograms()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return debian.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL's programs are not installed: apt-get install postgresql (tests/run.sh does)");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
