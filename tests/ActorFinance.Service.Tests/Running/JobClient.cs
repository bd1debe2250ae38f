using System.Net;
using System.Text.Json.Nodes;

namespace ActorFinance.Service.Tests.Running;

/// <summary>Begins jobs and waits for them, as a program does.</summary>
internal static class JobClient
{
    /// <summary>The job's own address.</summary>
    public static async Task<string> BeginAsync(this RunningService service, string address, string? file = null, string method = "POST")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = file is null ? null : RunningService.Json(file, "application/yaml") };
        using var response = await service.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, text);
        var location = response.Headers.Location!.OriginalString;
        location.ShouldBe($"/v1/jobs/{JsonNode.Parse(text)!["job"]}");
        return location;
    }

    /// <summary>The job when it is over.</summary>
    public static async Task<JsonObject> EndAsync(this RunningService service, string job)
    {
        while (true)
        {
            var now = await service.GetAsync(job);
            if ((string?)now["state"] is "done" or "failed" or "cancelled")
            {
                return now;
            }

            await Task.Yield();
        }
    }

    /// <summary>The answer of a job that must have one.</summary>
    public static async Task<string> ResultAsync(this RunningService service, string address, string? file = null, string method = "POST")
    {
        var ended = await service.EndAsync(await service.BeginAsync(address, file, method));
        ((string?)ended["state"]).ShouldBe("done", ended.ToJsonString());
        ((double)ended["progress"]!).ShouldBe(1);
        return await service.Client.GetStringAsync((string?)ended["result"]);
    }

    /// <summary>The job's answer is what the program prints for the same journal, to the byte.</summary>
    public static async Task SameAsCommandLineAsync(this RunningService service, string address, string? file, params string[] arguments)
    {
        var program = await CommandLine.RunAsync(service.Folder.Path, [.. arguments, "--output", "json"]);
        program.ExitCode.ShouldBe(0, program.ToString());
        (await service.ResultAsync(address, file)).ShouldBe(program.Out);
    }
}
