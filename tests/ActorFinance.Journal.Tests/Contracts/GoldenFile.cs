namespace ActorFinance.Journal.Tests.Contracts;

/// <summary>
/// The bytes of every manifest ever written, in the source tree: two lines, an event with every optional field and one with none.
/// A file is never changed once it is committed. ACTORFINANCE_WRITE_GOLDEN=1 writes those that are missing.
/// </summary>
internal static class GoldenFile
{
    private const string OfCompanies = "Golden";

    private static readonly string Folder = Path.Combine(Root(), "tests", "ActorFinance.Journal.Tests", "Contracts");

    public static IEnumerable<string> Manifests => ManifestsIn(OfCompanies);

    public static IEnumerable<string> ManifestsIn(string folder) => Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.hex").Select(ManifestOf);

    public static (byte[] Full, byte[] Bare) Read(string manifest, Func<(byte[] Full, byte[] Bare)> written, string folder = OfCompanies)
    {
        var file = Path.Combine(Folder, folder, manifest.Replace(":", ".v") + ".hex");
        if (!File.Exists(file))
        {
            var (full, bare) = written();
            var text = $"{Convert.ToHexStringLower(full)}\n{Convert.ToHexStringLower(bare)}\n";
            if (Environment.GetEnvironmentVariable("ACTORFINANCE_WRITE_GOLDEN") != "1")
            {
                Assert.Fail($"{file} is missing. If {manifest} is new, add it (or run once with ACTORFINANCE_WRITE_GOLDEN=1):\n{text}");
            }

            using var stream = new FileStream(file, FileMode.CreateNew);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
            return (full, bare);
        }

        var lines = File.ReadAllLines(file);
        return (Convert.FromHexString(lines[0]), Convert.FromHexString(lines[1]));
    }

    private static string ManifestOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var version = name.LastIndexOf(".v", StringComparison.Ordinal);
        return $"{name[..version]}:{name[(version + 2)..]}";
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ActorFinance.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests must run below the folder of ActorFinance.sln");
        }

        return folder;
    }
}
