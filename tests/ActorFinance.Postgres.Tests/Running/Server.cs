using ActorFinance.Testing.Servers;

namespace ActorFinance.Postgres.Tests.Running;

/// <summary>One server for all tests, in memory where there is a place for that: what is written is written as to a disk, only sooner.</summary>
internal static class Server
{
    private const string Memory = "/dev/shm";
    private static readonly Lazy<Task<PostgreSqlServer>> s_shared = new(() => PostgreSqlServer.StartAsync(Directory.Exists(Memory) ? Memory : Path.GetTempPath()));
    private static int s_schemas;

    /// <summary>Ends with the process: the shell that keeps it sees to that.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => s_shared.Value;

    public static PostgreSqlServer Shared => s_shared.Value.GetAwaiter().GetResult();

    /// <summary>A schema that no other test has.</summary>
    public static string NewSchema() => $"test_{Interlocked.Increment(ref s_schemas)}";
}
