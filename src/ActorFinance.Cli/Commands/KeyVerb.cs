using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFinance.Cli.Output;
using ActorFinance.Service.Security;

namespace ActorFinance.Cli.Commands;

internal static class KeyVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "Who will use it: the name stands in every event that its commands become." };
        var role = new Option<string>("--role") { Description = "read asks and subscribes, write also sends commands, admin also runs the service.", HelpName = "read|write|admin", Required = true };
        var file = new Option<string>("--keys") { Description = "The file that the service reads; the key's hash is added to it.", HelpName = "FILE", DefaultValueFactory = _ => "keys.json" };
        var command = new Command("key", "Make an API key for the service. It is shown once; only its hash is kept. A running service takes it within a second.\n\nExample: actorfinance key ingest --role write --keys keys.json")
        {
            name, role, file,
        };
        role.AcceptOnlyFromAmong("read", "write", "admin");
        command.SetAction(parsed =>
        {
            var (key, entry) = ApiKeys.Create(parsed.GetValue(name)!, Enum.Parse<Role>(parsed.GetValue(role)!, ignoreCase: true));
            Add(parsed.GetValue(file)!, entry);
            terminal.Line(key);
            terminal.Error($"added to {parsed.GetValue(file)}; the key is not shown again");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Written beside the file and moved over it: a service that looks at it meanwhile sees the old one or the new one.</summary>
    private static void Add(string file, string entry)
    {
        try
        {
            var keys = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) as JsonArray ?? throw new JsonException("it is no list") : [];
            keys.Add(JsonNode.Parse(entry));
            var fresh = file + ".new";
            File.WriteAllText(fresh, keys.ToJsonString(Indented) + "\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            File.Move(fresh, file, overwrite: true);
        }
        catch (JsonException wrong)
        {
            throw new CliFailure(ExitCode.Refused, $"{file} is no file of API keys: {wrong.Message}");
        }
    }
}
