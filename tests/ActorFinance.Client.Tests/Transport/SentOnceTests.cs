using System.Net;
using System.Net.Sockets;

namespace ActorFinance.Client.Tests.Transport;

/// <summary>A service that takes requests and is cut off before it answers: who may not know whether it was done must be told, and what can be asked again is.</summary>
public sealed class SentOnceTests : IDisposable
{
    private const string Half = "what-if: half\nedits:\n  - scale: {payer: openai, by: 50%}\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ActorFinanceClient _client;
    private int _taken;

    public SentOnceTests()
    {
        _listener.Start();
        _client = new(Book.Impatient(new($"http://{_listener.LocalEndpoint}")));
        _ = CutAsync();
    }

    [Fact]
    public async Task What_writes_a_branch_is_not_sent_again_when_its_answer_is_lost()
    {
        Func<Task>[] writes =
        [
            () => _client.Branches.KeepAsync("half", Half),
            () => _client.Branches.EditAsync("half", Half),
            () => _client.Branches.RenameAsync("half", "whole"),
            () => _client.Branches.PromoteAsync("half"),
            () => _client.Branches.ArchiveAsync("half"),
        ];
        for (var write = 0; write < writes.Length; write++)
        {
            (await Should.ThrowAsync<ServiceUnavailableException>(writes[write])).Problem.ShouldBeNull();
            Volatile.Read(ref _taken).ShouldBe(write + 1);
        }
    }

    [Fact]
    public async Task A_what_if_is_asked_again()
    {
        using var enough = new CancellationTokenSource();
        var asking = _client.Jobs.WhatIfAsync(Half, cancellation: enough.Token);
        await Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref _taken) >= 3));
        await enough.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking);
    }

    public void Dispose()
    {
        _over.Cancel();
        _client.Dispose();
        _listener.Dispose();
        _over.Dispose();
    }

    private async Task CutAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            using var connection = await _listener.AcceptTcpClientAsync(_over.Token);
            var head = new byte[16];
            if (await connection.GetStream().ReadAsync(head, _over.Token) > 0)
            {
                Interlocked.Increment(ref _taken);
            }
        }
    }
}
