using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.AspNetCore;
using Escapement.Audit;
using Escapement.Firing;
using Escapement.Firing.Claiming;
using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Scheduling;
using Escapement.Stores.Conformance;
using Escapement.Waking;
using Escapement.Why;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Api.Why;

public sealed class WhyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Why_WithoutAnInstant_IsOfTheLatestThatIsDue()
    {
        await using var server = await RunningServer.StartAsync();
        var (path, due) = await DueAsync(server);
        await server.RecordedAsync();

        var why = await server.GetAsync($"{path}/why");

        Assert.Equal(("succeeded", due), ((string?)why["verdict"], (DateTimeOffset)why["at"]!));
        Assert.StartsWith("It ran at ", (string?)why["sentence"], StringComparison.Ordinal);
        Assert.Equal("Nothing to do.", (string?)why["remedy"]);
        var run = Assert.Single((await server.GetAsync($"{path}/runs"))["items"]!.AsArray())!;
        Assert.Equal(("run", (string?)run["id"]), ((string?)why["causes"]![0]!["ref"]!["kind"], (string?)why["causes"]![0]!["ref"]!["id"]));
        Assert.Equal((due.AddMinutes(-5), due.AddMinutes(5)), ((DateTimeOffset)why["before"]!, (DateTimeOffset)why["after"]!));
        var ledger = why["ledger"]!;
        Assert.Equal(("succeeded", 1), ((string?)ledger["state"], (int)ledger["occurrences"]!));
        Assert.Equal((due, due), ((DateTimeOffset)ledger["from"]!, (DateTimeOffset)ledger["to"]!));
        Assert.Null(ledger["reason"]);
    }

    [Fact]
    public async Task Why_OfNoneOfItsTimes_HasTheSentenceOfTheOneBefore()
    {
        await using var server = await RunningServer.StartAsync();
        var (path, due) = await DueAsync(server);
        await server.RecordedAsync();

        var why = await server.GetAsync($"{path}/why?at={At(due.AddSeconds(1))}");

        Assert.Equal("not-due", (string?)why["verdict"]);
        Assert.Contains(" The occurrence before: it ran at ", (string?)why["sentence"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_OfWhatIsToCome_SaysWhatStandsInItsWay()
    {
        await using var server = await RunningServer.StartAsync();
        var (path, due) = await DueAsync(server);
        await server.RecordedAsync();
        var ahead = At(due.AddHours(2));
        Assert.Equal("will-run", (string?)(await server.GetAsync($"{path}/why?at={ahead}"))["verdict"]);

        using var paused = await server.Client.PostAsJsonAsync("/api/v1/tenants/acme/pause", new { note = "database move" });

        var why = await server.GetAsync($"{path}/why?at={ahead}");
        Assert.Equal(("will-not-run", "pause"), ((string?)why["verdict"], (string?)why["causes"]![0]!["code"]));
        Assert.Contains("'database move', until somebody resumes it.", (string?)why["sentence"], StringComparison.Ordinal);
        Assert.Equal("database move", (string?)why["causes"]![0]!["note"]);
        Assert.Null(why["ledger"]);
    }

    [Fact]
    public async Task Why_DeletedAndThenUninstalled_IsAnsweredStill()
    {
        await using var server = await RunningServer.StartAsync();
        var (path, due) = await DueAsync(server);
        await server.RecordedAsync();

        using var deleted = await server.Client.DeleteAsync(path);
        using var removed = await server.Client.DeleteAsync(path[..path.IndexOf("/schedules", StringComparison.Ordinal)]);

        Assert.Equal("succeeded", (string?)(await server.GetAsync($"{path}/why?at={At(due)}"))["verdict"]);
        Assert.Equal("deleted", (string?)(await server.GetAsync($"{path}/why?at={At(due.AddDays(1))}"))["verdict"]);
    }

    [Theory]
    [InlineData("8999-12-31T23:59:59.999Z", HttpStatusCode.OK)]
    [InlineData("9000-01-01T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("9999-12-31T23:59:59Z", HttpStatusCode.BadRequest)]
    public async Task Why_AtTheEndOfTheCalendar_IsAnswered(string at, HttpStatusCode status)
    {
        await using var server = await RunningServer.StartAsync();
        var (path, _) = await DueAsync(server);

        using var answer = await server.Client.GetAsync($"{path}/why?at={at}");

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Why_OfAnotherTenant_IsAsUnknownAsNone()
    {
        await using var server = await RunningServer.StartAsync();
        var (path, _) = await DueAsync(server);
        await server.RecordedAsync();
        await server.InstallAsync("t2");

        using var theirs = await server.Client.GetAsync($"{path.Replace("/acme/", "/t2/", StringComparison.Ordinal)}/why");
        using var none = await server.Client.GetAsync($"/api/v1/tenants/t2/installs/{Guid.CreateVersion7()}/schedules/{Guid.CreateVersion7()}/why");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, none.StatusCode));
        Assert.Equal(await none.Content.ReadAsStringAsync(), await theirs.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task WhyOfATenant_OfARange_IsWhatDidNotRunByCause()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        using var paused = await server.Client.PostAsJsonAsync("/api/v1/tenants/acme/pause", new { note = "database move" });
        var (path, due) = await DueAsync(server);
        Assert.Empty(await WhyAsync(server, due));
        await ClaimAsync(server);

        var group = Assert.Single(await WhyAsync(server, due))!;

        Assert.Equal((1, 1, true), ((int)group["occurrences"]!, (int)group["schedules"]!, (bool)group["open"]!));
        Assert.StartsWith("1 occurrence of 1 schedule did not run at ", (string?)group["sentence"], StringComparison.Ordinal);
        Assert.Equal(("pause", "database move"), ((string?)group["causes"]![0]!["code"], (string?)group["causes"]![0]!["note"]));
        var answer = await server.GetAsync($"/api/v1/tenants/acme/why?from={At(due.AddMinutes(-1))}&to={At(due.AddDays(1))}");
        Assert.Equal((1, 1, 0), ((int)answer["held"]!, (int)answer["heldLookedAt"]!, (int)group["madeUp"]!));
        Assert.EndsWith($"/schedules/{group["examples"]![0]!["scheduleId"]}", path, StringComparison.Ordinal);
        Assert.Equal("POST /api/sync", (string?)group["examples"]![0]!["name"]);
    }

    [Fact]
    public async Task WhyOfATenant_WithWhatFailed_GroupsItTooAndOnlyWhenAsked()
    {
        await using var server = await RunningServer.StartAsync();
        server.Sandbox.Respond(500);
        var (_, due) = await DueAsync(server);
        await server.RecordedAsync();
        Assert.Empty(await WhyAsync(server, due));

        foreach (var whose in (string[])["/api/v1/tenants/acme/why", "/api/v1/why"])
        {
            var answer = await server.GetAsync($"{whose}?failed=true");
            var group = Assert.Single(answer["groups"]!.AsArray())!;
            Assert.Equal(("failed", 1, false), ((string?)group["verdict"], (int)group["occurrences"]!, (bool)answer["moreFailed"]!));
            Assert.Contains(" failed at ", (string?)group["sentence"], StringComparison.Ordinal);
            Assert.Equal("error-status", (string?)group["causes"]![0]!["code"]);
        }
    }

    [Fact]
    public async Task WhyOfAll_OfSeveralTenants_IsOneGroupACauseAndSaysWhose()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        using var paused = await server.Client.PostAsJsonAsync("/api/v1/pause", new { note = "database move" });
        var (_, due) = await DueAsync(server);
        await DueAsync(server, "globex");
        await ClaimAsync(server);

        var answer = await server.GetAsync($"/api/v1/why?from={At(due.AddMinutes(-1))}&to={At(due.AddDays(1))}");

        var group = Assert.Single(answer["groups"]!.AsArray())!;
        Assert.Equal((2, 2, 2, true), ((int)group["occurrences"]!, (int)group["schedules"]!, (int)group["tenants"]!, (bool)group["open"]!));
        Assert.StartsWith("2 occurrences of 2 schedules of 2 tenants did not run ", (string?)group["sentence"], StringComparison.Ordinal);
        Assert.Equal(("pause", "database move"), ((string?)group["causes"]![0]!["code"], (string?)group["causes"]![0]!["note"]));
        Assert.Equal(["acme", "globex"], group["examples"]!.AsArray().Select(e => (string?)e!["tenant"]).Order(StringComparer.Ordinal));
        Assert.Equal(["acme", "globex"], group["ofTenants"]!.AsArray().Select(t => (string?)t));
        Assert.Equal((2, 2), ((int)answer["held"]!, (int)answer["heldLookedAt"]!));
        var own = Assert.Single(await WhyAsync(server, due))!;
        Assert.Equal((1, 1), ((int)own["occurrences"]!, (int)own["tenants"]!));
    }

    [Theory]
    [InlineData("from=x")]
    [InlineData("from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z")]
    [InlineData("from=2030-01-01T00:00:00Z&to=2030-02-02T00:00:00Z")]
    [InlineData("cursor=x")]
    [InlineData("failed=x")]
    public async Task WhyOfATenant_OfNoRange_Answers400(string query)
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Client.GetAsync($"/api/v1/tenants/acme/why?{query}");
        using var ofAll = await server.Client.GetAsync($"/api/v1/why?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (answer.StatusCode, ofAll.StatusCode));
    }

    [Fact]
    public async Task Why_OfNoInstant_Answers400()
    {
        await using var server = await RunningServer.StartAsync();
        var (path, _) = await DueAsync(server);

        using var answer = await server.Client.GetAsync($"{path}/why?at=yesterday");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Why_AskerHangsUp_ReachesTheStore()
    {
        var (asked, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        async ValueTask<WhyRows> NeverAsync(CancellationToken cancellationToken)
        {
            cancellationToken.Register(gone.SetResult);
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return new WhyRows();
        }

        var slow = Intercepted.Of<IWhyStore>(null!, (_, args) => NeverAsync((CancellationToken)args[^1]!));
        await using var server = await RunningServer.StartAsync(services: s => s.AddSingleton(slow));
        var install = await server.InstallAsync("acme");
        using var hanging = new CancellationTokenSource();

        var answer = server.Client.GetAsync($"{install}/schedules/{Guid.CreateVersion7()}/why", hanging.Token);
        await asked.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await hanging.CancelAsync();

        await gone.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Find_AskerGoesBeforeAnyRead_StopsThere(bool ofTheTenant)
    {
        await using var server = await RunningServer.StartAsync();
        var (path, due) = await DueAsync(server);
        await server.RecordedAsync();
        Task Ask(Watched watched) => ofTheTenant
            ? watched.Finder<NotRunFinder>().FindAsync(
                TenantId.Parse("acme"), due.AddHours(-1), due.AddHours(1), after: null, withFailed: false, watched.Asker.Token).AsTask()
            : watched.Finder<WhyFinder>().FindAsync(ScopeOf(path), ScheduleOf(path), due.AddSeconds(1), watched.Asker.Token).AsTask();
        using var whole = new Watched(server, goesBefore: 0);
        await Ask(whole);
        Assert.InRange(whole.Reads, 3, int.MaxValue);

        for (var read = 1; read <= whole.Reads; read++)
        {
            using var watched = new Watched(server, goesBefore: read);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask(watched));
            Assert.Equal(read, watched.Reads);
        }
    }

    [Fact]
    public async Task Find_AskerGoesWithTheLastRead_ReckonsNothing()
    {
        await using var server = await RunningServer.StartAsync();
        var (path, due) = await DueAsync(server);
        await server.RecordedAsync();
        using var watched = new Watched(server, goesBefore: 0) { GoesWithNodes = true };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => watched.Finder<WhyFinder>().FindAsync(ScopeOf(path), ScheduleOf(path), due, watched.Asker.Token).AsTask());
    }

    [Fact]
    public async Task FindOfATenant_AskerGoesAmongWhatIsHeld_LooksAtNoMore()
    {
        const int Many = 100;
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        var (path, due) = await DueAsync(server);
        var schedule = (await server.Services.GetRequiredService<IScheduleStore>().GetAsync(ScopeOf(path), ScheduleOf(path)))!;
        using var watched = new Watched(server, goesBefore: 0);
        var looked = 0;
        IEnumerator<Schedule> Held()
        {
            while (looked < Many)
            {
                if (++looked == 2)
                {
                    watched.Asker.Cancel();
                }

                yield return schedule;
            }
        }

        watched.Held = new HeldSchedules(Intercepted.Of<IReadOnlyList<Schedule>>([], (name, _) => name == "GetEnumerator" ? Held() : null), Many);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watched.Finder<NotRunFinder>().FindAsync(
            TenantId.Parse("acme"), due.AddHours(-1), due.AddHours(1), after: null, withFailed: false, watched.Asker.Token).AsTask());

        Assert.Equal(2, looked);
    }

    private static async Task ClaimAsync(RunningServer server) => Assert.Empty(await server.ClaimAsync(TimeProvider.System.GetUtcNow()));

    private static async Task<JsonArray> WhyAsync(RunningServer server, DateTimeOffset due) =>
        (await server.GetAsync($"/api/v1/tenants/acme/why?from={At(due.AddMinutes(-1))}&to={At(due.AddDays(1))}"))["groups"]!.AsArray();

    private static InstallScope ScopeOf(string path) => new(TenantId.Parse("acme"), new InstallId(Guid.Parse(path.Split('/')[6])));

    private static ScheduleId ScheduleOf(string path) => new(Guid.Parse(path.Split('/')[^1]));

    private static string At(DateTimeOffset at) => Uri.EscapeDataString(Timestamps.Format(at));

    // A schedule that has come due and is fired at once; the next of its times is minutes away.
    private static async Task<(string Path, DateTimeOffset Due)> DueAsync(RunningServer server, string tenant = "acme")
    {
        var install = await server.InstallAsync(tenant);
        var now = TimeProvider.System.GetUtcNow();
        var due = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var schedule = new Schedule
        {
            Id = new ScheduleId(Ids.Next(TimeProvider.System)),
            Scope = new InstallScope(TenantId.Parse(tenant), new InstallId(Guid.Parse(install.Split('/')[^1]))),
            Endpoint = new("POST", "/api/sync"),
            Cron = $"{due.Minute % 5}-59/5 * * * *",
            TimeZone = "UTC",
            Enabled = true,
            NextDueAt = due,
            CreatedAt = due.AddMinutes(-6),
            UpdatedAt = due.AddMinutes(-6),
        };
        var limits = new ScheduleChangeLimits(schedule.CreatedAt, 50, new TokenBucket(1_000));
        var audit = AuditEntry.Of(TimeProvider.System, schedule.Scope, new Actor(ActorKind.Admin, "ops"), "schedule.create", schedule.Id.ToString());
        await server.Services.GetRequiredService<IScheduleStore>().CreateAsync(schedule, limits, audit);
        server.Services.GetRequiredService<WakeSignal>().Announce(DateTimeOffset.MinValue);
        return ($"{install}/schedules/{schedule.Id}", due);
    }

    /// <summary>The stores of a server, of which whoever asks goes before one of the reads; before none when it is 0.</summary>
    private sealed class Watched(RunningServer server, int goesBefore) : IDisposable
    {
        public CancellationTokenSource Asker { get; } = new();

        public int Reads { get; private set; }

        /// <summary>Whether they go as the list of nodes is answered, which is the last that is read.</summary>
        public bool GoesWithNodes { get; init; }

        public HeldSchedules? Held { get; set; }

        public T Finder<T>() => ActivatorUtilities.CreateInstance<T>(server.Services, Store<IWhyStore>(), Store<IPauseStore>(), Store<INodeStore>());

        public void Dispose() => Asker.Dispose();

        private T Store<T>()
            where T : class => Intercepted.Of(server.Services.GetRequiredService<T>(), (name, _) =>
        {
            if (++Reads == goesBefore)
            {
                Asker.Cancel();
            }

            return name == nameof(IWhyStore.ListHeldAsync) && Held is { } held ? ValueTask.FromResult(held)
                : typeof(T) == typeof(INodeStore) && name == nameof(INodeStore.ListAsync) && GoesWithNodes ? NodesAsync()
                : null;
        });

        private async ValueTask<IReadOnlyList<HostNode>> NodesAsync()
        {
            var nodes = await server.Services.GetRequiredService<INodeStore>().ListAsync();
            await Asker.CancelAsync();
            return nodes;
        }
    }
}
