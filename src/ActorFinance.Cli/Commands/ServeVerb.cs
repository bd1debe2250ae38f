using System.CommandLine;
using System.Runtime.CompilerServices;
using ActorFinance.Cli.Output;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Cli.Commands;

internal static class ServeVerb
{
    public static Command Create(Terminal terminal)
    {
        var journal = new Option<string?>("--journal", "-j") { Description = "The journal: a file, or postgres://USER@HOST/DATABASE?schema=NAME. Default: what the settings say, else actorfinance.db.", HelpName = "FILE|URL" };
        var url = new Option<string?>("--url") { Description = "Where to listen. Default: what the settings say, else http://127.0.0.1:5230.", HelpName = "URL" };
        var grpcUrl = new Option<string?>("--grpc-url") { Description = "Where to speak gRPC without TLS: it needs a port of its own. Default: what the settings say, else nowhere; an https --url speaks it too.", HelpName = "URL" };
        var keys = new Option<string?>("--keys") { Description = "The file of the API keys ('actorfinance key' makes one); needed where other machines reach the address.", HelpName = "FILE" };
        var settings = new Option<string?>("--settings") { Description = "A JSON file of settings that goes over config/appsettings.json; ACTORFINANCE_Service__KEY goes over both.", HelpName = "FILE" };
        var command = new Command("serve", "Serve the journal over HTTP: commands, questions, and the stream of events. Stop with Ctrl+C.\n\nExample: actorfinance serve --journal book.db --url http://127.0.0.1:5230")
        {
            journal, url, grpcUrl, keys, settings,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            terminal,
            parsed.GetValue(settings),
            new Dictionary<string, string?>
            {
                ["Service:Journal"] = parsed.GetValue(journal),
                ["Service:Url"] = parsed.GetValue(url),
                ["Service:GrpcUrl"] = parsed.GetValue(grpcUrl),
                ["Service:Keys"] = parsed.GetValue(keys),
            }.Where(pair => pair.Value is not null).ToDictionary(),
            cancellation));
        return command;
    }

    /// <summary>Apart, so that the web server is loaded by this verb only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> RunAsync(Terminal terminal, string? settings, IReadOnlyDictionary<string, string?> over, CancellationToken cancellation)
    {
        try
        {
            var configuration = ServiceSettings.Load(settings, over);
            var host = await ServiceHost.StartAsync(ServiceSettings.Read(configuration), configuration, cancellation).ConfigureAwait(false);
            await using (host.ConfigureAwait(false))
            {
                terminal.Line(host.Url.ToString());
                if (host.GrpcUrl is { } grpc && grpc != host.Url)
                {
                    terminal.Line($"gRPC: {grpc}");
                }

                return await host.RunAsync(cancellation).ConfigureAwait(false) is { } lost ? throw new CliFailure(ExitCode.InputOutput, lost) : ExitCode.Done;
            }
        }
        catch (ServiceStartException failure)
        {
            throw new CliFailure(failure.Fault == StartFault.Machine ? ExitCode.InputOutput : ExitCode.Refused, failure.Message);
        }
    }
}
