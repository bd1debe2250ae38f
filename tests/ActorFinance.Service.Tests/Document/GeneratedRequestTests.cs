using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace ActorFinance.Service.Tests.Document;

/// <summary>
/// The OpenAPI document is kept: whatever is asked of any operation, allowed by the document or not, the status is one that it names, with the content type
/// and the schema that it names, and nothing of what is inside.
/// </summary>
public sealed class GeneratedRequestTests(DealsService deals) : IClassFixture<DealsService>
{
    private readonly RunningService _service = deals.Service;
    private readonly ConcurrentDictionary<string, int> _succeeded = new(StringComparer.Ordinal);
    private string? _lastJob;

    [Fact]
    public async Task Every_operation_answers_as_the_document_says_whatever_it_is_asked()
    {
        await WalkAsync();
        Operation.All.Select(operation => operation.ToString()).Where(operation => !_succeeded.ContainsKey(operation)).ShouldBeEmpty("operations that the walk did not reach with success");
        var asked = new ConcurrentDictionary<(string Operation, int Status), int>();
        await RequestGen.Any.SampleAsync(
            async sent =>
            {
                var status = await SendAsync(sent);
                asked.AddOrUpdate((sent.Operation.ToString(), status), 1, (_, count) => count + 1);
            },
            iter: Effort.Samples(3_000));
        Operation.All.Select(operation => operation.ToString()).Except(asked.Keys.Select(one => one.Operation)).ShouldBeEmpty("operations that were not asked");
    }

    /// <summary>Each operation once with success, in an order that gives each what it needs.</summary>
    private async Task WalkAsync()
    {
        await SuccessAsync("POST", "/v1/commands", "application/json", """{"id":"walk-1","company":"openai","effective":"2026-01-01","command":{"type":"pay-purchase","seller":"nvidia","amount":"1 USD"}}""");
        await SuccessAsync("POST", "/v1/commands", "application/x-ndjson", """{"id":"walk-2","company":"openai","effective":"2026-01-01","command":{"type":"complete-deal"}}""");
        foreach (var address in (string[])[
            "/v1/events?limit=5", "/v1/stream", "/v1/companies", "/v1/companies/nvidia", "/v1/deals", "/v1/deals/NVDA-OAI-LOI", "/v1/cash?company=openai", "/v1/ownership", "/v1/circular?hops=2", "/v1/verify?seal=true", "/v1/status",
            "/health/live", "/health/ready", "/metrics", "/problems/busy", "/openapi.json"])
        {
            await SuccessAsync("GET", address);
        }

        await WalkSubscriptionsAsync();
        await SuccessAsync("POST", "/v1/what-if?probability=40%25", "application/yaml", Words.WhatIf);
        await JobAsync();
        await SuccessAsync("POST", "/v1/simulate", "application/yaml", Words.Simulation);
        await JobAsync();
        await SuccessAsync("PUT", "/v1/branches/kept", "application/yaml", Words.WhatIf);
        await JobAsync();
        await SuccessAsync("POST", "/v1/branches/kept/edit?append=true", "application/yaml", Words.WhatIf.Replace("oracle", "amd", StringComparison.Ordinal));
        await JobAsync();
        await SuccessAsync("GET", "/v1/branches");
        await SuccessAsync("GET", "/v1/branches/kept");
        foreach (var work in (string[])["/v1/branches/kept/show", "/v1/branches/compare?name=kept"])
        {
            await SuccessAsync("POST", work);
            await JobAsync();
        }

        await SuccessAsync("PUT", "/v1/branches/offered", "application/yaml", Words.Files[1]);
        await JobAsync();
        await SuccessAsync("POST", "/v1/branches/offered/promote");
        await JobAsync();
        await SuccessAsync("POST", "/v1/branches/offered/rename?to=was-offered");
        await SuccessAsync("POST", "/v1/branches/was-offered/archive?reason=done");
        await SuccessAsync("GET", "/v1/jobs");
        await SuccessAsync("DELETE", $"/v1/jobs/{_lastJob}");
    }

    private async Task WalkSubscriptionsAsync()
    {
        foreach (var name in (string[])["held", "spare", "second"])
        {
            await SuccessAsync("PUT", $"/v1/subscriptions/{name}", "application/json", "{}");
        }

        await SuccessAsync("GET", "/v1/subscriptions");
        await SuccessAsync("GET", "/v1/subscriptions/held");
        await SuccessAsync("GET", "/v1/subscriptions/spare/stream?consumer=me");
        await using var consumer = await Consumer.ConnectAsync(_service.Client, "held", "walk");
        await consumer.TakeAsync(8);
        await SuccessAsync("POST", "/v1/subscriptions/held/acknowledge", "application/json", $$"""{"epoch":{{consumer.Epoch}},"offset":1}""");
        foreach (var offset in (int[])[2, 3, 4])
        {
            await SuccessAsync("POST", "/v1/subscriptions/held/park", "application/json", $$"""{"epoch":{{consumer.Epoch}},"offset":{{offset}},"reason":"no"}""");
        }

        await SuccessAsync("GET", "/v1/subscriptions/held/parked");
        await SuccessAsync("POST", "/v1/subscriptions/held/parked/2/replay");
        await SuccessAsync("DELETE", "/v1/subscriptions/held/parked/3");
        await SuccessAsync("DELETE", "/v1/subscriptions/second");
    }

    private async Task JobAsync()
    {
        JsonNode? job;
        do
        {
            job = await SuccessAsync("GET", $"/v1/jobs/{_lastJob}");
        }
        while ((string?)job!["state"] is "waiting" or "running");

        ((string?)job["state"]).ShouldBe("done", job.ToJsonString());
        await SuccessAsync("GET", $"/v1/jobs/{_lastJob}/result");
    }

    private async Task<JsonNode?> SuccessAsync(string method, string address, string? type = null, string? body = null)
    {
        var sent = new Sent(Operation.Of(method, address), address, [], type, body is null ? null : Encoding.UTF8.GetBytes(body), IsAllowed: true);
        using var request = sent.ToMessage(_lastJob);
        using var response = await _service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var json = await AnswerCheck.CheckAsync(sent, response);
        ((int)response.StatusCode).ShouldBe(sent.Operation.SuccessStatus, $"{sent}\n{json}");
        Note(sent, response);
        return json;
    }

    private async Task<int> SendAsync(Sent sent)
    {
        using var request = sent.ToMessage(_lastJob);
        using var response = await _service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await AnswerCheck.CheckAsync(sent, response);
        Note(sent, response);
        return (int)response.StatusCode;
    }

    private void Note(Sent sent, HttpResponseMessage response)
    {
        if ((int)response.StatusCode == sent.Operation.SuccessStatus)
        {
            _succeeded.AddOrUpdate(sent.Operation.ToString(), 1, (_, count) => count + 1);
        }

        if (response.Headers.Location is { } job)
        {
            _lastJob = job.OriginalString.Split('/')[^1];
        }
    }
}
