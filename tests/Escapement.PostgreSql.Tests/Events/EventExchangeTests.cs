using Escapement.Events;
using Escapement.Storage;
using Npgsql;

namespace Escapement.PostgreSql.Tests.Events;

/// <summary>What happens on one node is told on the others, while somebody watches there.</summary>
public sealed class EventExchangeTests(PostgreSqlFixture store) : IClassFixture<PostgreSqlFixture>, IAsyncLifetime
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly TenantId Globex = TenantId.Parse("globex");

    private readonly PostgreSqlStoreOptions options = store.Options;
    private readonly EventFeed here = new(TimeProvider.System);
    private readonly EventFeed there = new(TimeProvider.System);
    private readonly CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
    private IStore one = null!;
    private IStore other = null!;

    private string Listening => $"LISTEN escapement_events_{options.Schema}";

    public async ValueTask InitializeAsync()
    {
        (one, other) = (await PostgreSqlStore.OpenAsync(options, TimeProvider.System), await PostgreSqlStore.OpenAsync(options, TimeProvider.System));
        one.ConnectEvents(here);
        other.ConnectEvents(there);
        await ListenersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
        patience.Dispose();
    }

    [Fact]
    public async Task Tell_WhileSomebodyWatchesOnAnotherNode_IsHeardThereOnceAndNotHereAgain()
    {
        using var theirs = there.Open(Acme)!;
        await UntilAsync(() => here.IsWatched);
        using var ours = here.Open(Acme)!;
        var run = new HostEvent(Acme, EventKind.Run, "failed", Guid.CreateVersion7(), Guid.CreateVersion7());
        var paused = new HostEvent(null, EventKind.Schedule, "paused", Id: null);

        here.Tell(run with { Tenant = Globex });
        here.Tell(run);
        here.Tell(paused);

        Assert.Equal([run, paused], [await NextAsync(theirs), await NextAsync(theirs)]);
        Assert.Equal([run, paused], [await NextAsync(ours), await NextAsync(ours)]);

        // Told until it is known there that somebody watches here. What was told here first would come back first.
        HostEvent? back = null;
        await UntilAsync(() =>
        {
            there.Tell(run with { What = "succeeded" });
            return ours.Told.TryRead(out var one) && (back = (one as Sent.One)?.Event) is not null;
        });
        Assert.Equal("succeeded", back!.What);
    }

    [Fact]
    public async Task Tell_WhileNobodyWatchesElsewhere_SendsNothingUntilSomebodyDoes()
    {
        await using var beside = await TestDatabase.OpenAsync(options);
        var heard = System.Threading.Channels.Channel.CreateUnbounded<string>();
        beside.Notification += (_, e) => heard.Writer.TryWrite(e.Payload);
        await using (var listen = new NpgsqlCommand(Listening, beside))
        {
            await listen.ExecuteNonQueryAsync(patience.Token);
        }

        here.Tell(new HostEvent(Acme, EventKind.Run, "failed", Guid.CreateVersion7()));
        using var theirs = there.Open(Acme)!;
        string? first;
        while (!heard.Reader.TryRead(out first))
        {
            await beside.WaitAsync(patience.Token);
        }

        Assert.Equal("watching", first.Split('\n') is [_, var only] ? only : first);
    }

    [Fact]
    public async Task Tell_MoreThanANotificationHolds_ArrivesToTheLast()
    {
        using var theirs = there.Open(Acme)!;
        await UntilAsync(() => here.IsWatched);

        for (var i = 0; i < 500; i++)
        {
            var (tenant, what) = (i % 5 == 4 ? Globex : Acme, i % 2 == 0 ? "missed" : "succeeded");
            here.Tell(new HostEvent(tenant, EventKind.Run, what, Guid.CreateVersion7(), Guid.CreateVersion7()));
        }

        // In few notifications, which say only how many; one by one or counted, none is missing.
        var counts = new Dictionary<string, int> { ["missed"] = 0, ["succeeded"] = 0 };
        await UntilAsync(() =>
        {
            theirs.EndSecond();
            while (theirs.Told.TryRead(out var told))
            {
                foreach (var (what, number) in told is Sent.Counts many
                    ? many.Numbers.Select(n => (n.Key.What, n.Value))
                    : [(Assert.IsType<Sent.One>(told).Event.What, 1)])
                {
                    counts[what] += number;
                }
            }

            return counts.Values.Sum() >= 400;
        });

        Assert.Equal((200, 200), (counts["missed"], counts["succeeded"]));
    }

    [Fact]
    public async Task Listening_ConnectionIsLost_WhoeverWatchesIsToReadAgainAndHearsOn()
    {
        using var theirs = there.Open(Acme)!;
        await UntilAsync(() => here.IsWatched);
        var run = new HostEvent(Acme, EventKind.Run, "failed", Guid.CreateVersion7());
        here.Tell(run);
        Assert.Equal(run, await NextAsync(theirs));
        Assert.True(theirs.TakeMissing());
        Assert.False(theirs.TakeMissing());

        await TestDatabase.RunAsync(options, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = '{Listening}'");

        await UntilAsync(theirs.TakeMissing);
        here.Tell(run with { What = "succeeded" });
        Assert.Equal("succeeded", (await NextAsync(theirs)).What);
    }

    private async Task<HostEvent> NextAsync(EventStream stream) => Assert.IsType<Sent.One>(await stream.Told.ReadAsync(patience.Token)).Event;

    private async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task ListenersAsync()
    {
        while (await TestDatabase.ReadAsync<long>(options, $"SELECT count(*) FROM pg_stat_activity WHERE query = '{Listening}' AND state = 'idle'") < 2)
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
