using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Tests;

/// <summary>What is handed to other programs (Grafana, systemd, a container builder) names only what is there.</summary>
public sealed partial class DeploymentTests
{
    [Fact]
    public async Task Every_metric_of_the_dashboard_is_on_the_metrics_page()
    {
        var dashboard = JsonNode.Parse(await File.ReadAllTextAsync(At("grafana-dashboard.json")))!;
        var expressions = dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!).ToList();
        var named = expressions.SelectMany(expression => Metric().Matches(Labels().Replace(expression, "")).Select(match => match.Value)).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(8);

        await using var service = await RunningService.StartAsync();
        (await service.SendAsync(Orders.Register("acme"))).Dispose();
        using (await service.Client.GetAsync("/v1/stream?from=beginning", HttpCompletionOption.ResponseHeadersRead))
        {
            GC.Collect();
            string page;
            do
            {
                page = await service.Client.GetStringAsync("/metrics");
            }
            while (!page.Contains("actorfinance_stream_events_total", StringComparison.Ordinal));

            named.Where(name => !Regex.IsMatch(page, $"^{name}[ {{]", RegexOptions.Multiline)).ShouldBeEmpty(page);
        }
    }

    [Fact]
    public async Task Unit_and_container_set_only_what_is_a_setting_and_start_the_verb_as_it_is()
    {
        var (unit, container) = (await File.ReadAllTextAsync(At("actorfinance.service")), await File.ReadAllTextAsync(At("Containerfile")));
        unit.ShouldContain("ExecStart=/opt/actorfinance/actorfinance serve --journal ");
        container.ShouldContain("ENTRYPOINT [\"/program/actorfinance\"]");
        var settings = Variable().Matches(container).Select(match => match.Groups["key"].Value).ToList();
        settings.Count.ShouldBe(3);
        settings.ShouldBeSubsetOf(ServiceSettings.All.Select(setting => setting.Name));
    }

    private static string At(string name, [CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "config", "deploy", name));

    [GeneratedRegex(@"\b(actorfinance|http|kestrel|dotnet)_[a-z_]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Metric();

    [GeneratedRegex(@"by \([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex("ACTORFINANCE_Service__(?<key>[A-Za-z]+)=", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
