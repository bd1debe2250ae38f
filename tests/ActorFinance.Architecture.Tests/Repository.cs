using System.Runtime.CompilerServices;

namespace ActorFinance.Architecture.Tests;

internal static class Repository
{
    public static string Source { get; } = Path.GetFullPath(Path.Combine(FolderOf(), "..", "..", "src"));

    private static string FolderOf([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
