using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.HostApi.Scheduler;

/// <summary>The six operations as an extension meets them: each allowed and denied, each answer of the contract's section 3.</summary>
public class SchedulerHostTests
{
    private static readonly ScheduleInput Daily = new("POST /api/sync", "0 9 * * *");

    [Fact]
    public async Task Create_Minimal_HasTheGuidesDefaults()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();

        var created = await scheduler.CreateAsync(Daily);
        var info = (await scheduler.GetAsync(created.Schedule!.Id.ToString())).Value;

        Assert.Equal(
            new ScheduleInfo(
                created.Schedule!.Id.ToString(), "/api/sync", "POST", null, "0 9 * * *", "UTC", true, null, null, null, null, "2026-03-02T08:58:00.000Z"),
            info);
        Assert.Equal(7, Guid.Parse(created.Schedule!.Id.ToString()).Version);
    }

    [Fact]
    public async Task Create_EveryFieldWrong_NamesEveryField()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();

        var result = await scheduler.CreateAsync(new ScheduleInput("DELETE /x", "* * * * *", "Mars/Olympus", true, new string('n', 129), "7"));

        Assert.False(result.IsDone);
        Assert.Null(result.Schedule);
        Assert.Equal(["cron", "endpoint", "name", "payload", "timezone"], result.FieldErrors!.Keys.Order());
        Assert.StartsWith("Endpoint not found or not schedulable", result.FieldErrors["endpoint"], StringComparison.Ordinal);
        Assert.StartsWith("Cron too frequent (minimum interval is 5 minutes)", result.FieldErrors["cron"], StringComparison.Ordinal);
        Assert.StartsWith("Invalid timezone", result.FieldErrors["timezone"], StringComparison.Ordinal);
        Assert.StartsWith("Name too long", result.FieldErrors["name"], StringComparison.Ordinal);
        Assert.StartsWith("Payload must be a JSON object or array", result.FieldErrors["payload"], StringComparison.Ordinal);
        Assert.All(result.FieldErrors.Keys, field => Assert.Contains(field, result.Error, StringComparison.Ordinal));
        Assert.Empty((await scheduler.ListAsync()).Value!);
    }

    [Fact]
    public async Task Create_OneFieldWrong_ErrorIsItsMessage()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();

        var result = await scheduler.CreateAsync(Daily with { Cron = "* * * *" });

        Assert.Equal(Assert.Single(result.FieldErrors!).Value, result.Error);
        Assert.StartsWith("Invalid cron expression (expected 5 fields: m h dom mon dow)", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NameTakenAndCronWrong_ReportsBoth()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();
        await scheduler.CreateAsync(Daily with { Name = "Daily Sync" });

        var result = await scheduler.CreateAsync(new ScheduleInput("POST /api/sync", "61 * * * *", Name: "  Daily Sync "));

        Assert.Equal(["cron", "name"], result.FieldErrors!.Keys.Order());
        Assert.StartsWith("Schedule name already in use", result.FieldErrors["name"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_SameNameInAnotherCase_IsAnotherName()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();
        await scheduler.CreateAsync(Daily with { Name = "Daily" });

        Assert.True((await scheduler.CreateAsync(Daily with { Name = "daily" })).IsDone);
    }

    [Fact]
    public async Task Create_TwoHundredAtOnce_LeavesExactlyFifty()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();

        var results = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => Task.Run(async () => await scheduler.CreateAsync(Daily with { Name = $"n{i % 80}" }))));

        var stored = (await scheduler.ListAsync()).Value!;
        Assert.Equal(50, stored.Count);
        Assert.Equal(50, results.Count(r => r.IsDone));
        Assert.Equal(50, stored.Select(s => s.Name).Distinct().Count());
        Assert.All(results.Where(r => !r.IsDone), r => Assert.True(
            r.Error!.StartsWith("Too many schedules (max 50 per extension install)", StringComparison.Ordinal)
            || r.Error.StartsWith("Schedule name already in use", StringComparison.Ordinal)
            || r.Error.StartsWith("Rate limit exceeded", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Create_TheFiftyFirst_IsRefusedWithoutAField()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();
        for (var i = 0; i < 50; i++)
        {
            Assert.True((await scheduler.CreateAsync(Daily)).IsDone);
        }

        var result = await scheduler.CreateAsync(Daily);

        Assert.Equal((false, "Too many schedules (max 50 per extension install)", null), (result.IsDone, result.Error, result.FieldErrors));
    }

    [Fact]
    public async Task Changes_BeyondTheBurst_AreRefusedUntilTheBucketRefills()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();
        var id = (await scheduler.CreateAsync(Daily)).Schedule!.Id.ToString();
        for (var i = 0; i < 99; i++)
        {
            Assert.True((await scheduler.UpdateAsync(id, new ScheduleInput(Name: $"name {i}"))).IsDone);
        }

        var refused = await scheduler.UpdateAsync(id, new ScheduleInput(Name: "one too many"));
        host.Time.Advance(TimeSpan.FromMilliseconds(999));
        var tooEarly = await scheduler.UpdateAsync(id, new ScheduleInput(Name: "too early"));
        host.Time.Advance(TimeSpan.FromMilliseconds(1));
        var again = await scheduler.UpdateAsync(id, new ScheduleInput(Name: "again"));

        Assert.StartsWith("Rate limit exceeded", refused.Error, StringComparison.Ordinal);
        Assert.Null(refused.FieldErrors);
        Assert.False(tooEarly.IsDone);
        Assert.True(again.IsDone);
    }

    [Fact]
    public async Task Update_AbsentFields_StayAndEmptyTextClears()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();
        var id = (await scheduler.CreateAsync(Daily with { Name = "Sync", Payload = "[1]", Timezone = "europe/berlin" })).Schedule!.Id.ToString();

        await scheduler.UpdateAsync(id, new ScheduleInput(Cron: "0 10 * * *"));
        var changed = (await scheduler.GetAsync(id)).Value!;
        await scheduler.UpdateAsync(id, new ScheduleInput(Name: "", Payload: ""));
        var cleared = (await scheduler.GetAsync(id)).Value!;

        Assert.Equal(
            ("0 10 * * *", "Europe/Berlin", "Sync", "[1]", "POST", "/api/sync", true),
            (changed.Cron, changed.Timezone, changed.Name, changed.Payload, changed.EndpointMethod, changed.EndpointPath, changed.Enabled));
        Assert.Equal((null, null, "0 10 * * *"), (cleared.Name, cleared.Payload, cleared.Cron));
    }

    [Theory]
    [InlineData(PauseLayer.Schedule)]
    [InlineData(PauseLayer.Install)]
    public async Task Update_EnabledAndDisabledUnderAPause_LeavesThePause(PauseLayer layer)
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var (scope, scheduler) = (extension.Install.Scope, host.HostApis.For(extension).Get<ISchedulerHost>());
        var id = (await scheduler.CreateAsync(Daily)).Schedule!.Id;
        var note = new PauseInput { Note = "billing" };
        await (layer == PauseLayer.Schedule
            ? host.Pauses.PauseScheduleAsync(scope, id.ToString(), note, TestHost.Admin, byOperator: false)
            : host.Pauses.PauseAsync(PauseTarget.Of(scope), note, TestHost.Admin, byOperator: false));

        foreach (var enabled in (bool[])[false, true])
        {
            Assert.True((await scheduler.UpdateAsync(id.ToString(), new ScheduleInput(Enabled: enabled))).IsDone);

            var schedule = (await host.Store.Schedules.GetAsync(scope, id))!;
            var pause = Assert.Single(host.Pauses.Over(schedule, await host.Pauses.AboveAsync(scope)));
            Assert.Equal((enabled, layer, "billing"), (schedule.Enabled, pause.Layer, pause.Note));
        }
    }

    [Fact]
    public async Task Update_KeepingItsOwnName_IsFine()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();
        var id = (await scheduler.CreateAsync(Daily with { Name = "Sync" })).Schedule!.Id.ToString();

        Assert.True((await scheduler.UpdateAsync(id, new ScheduleInput(Name: "Sync", Cron: "0 10 * * *"))).IsDone);
    }

    [Theory]
    [InlineData("not an id")]
    [InlineData("")]
    [InlineData("00000000-0000-7000-8000-000000000000")]
    [InlineData("another install's")]
    public async Task AnyOperation_IdOfNobodysBusiness_LeaksNothing(string id)
    {
        await using var host = await TestHost.CreateAsync();
        var mine = host.HostApis.For(await host.InstallAsync("acme")).Get<ISchedulerHost>();
        var others = await host.Installs.InstallAsync(TenantId.Parse("globex"), "com.acme.sync", null, ["cap:scheduler.manage"], TestHost.Admin);
        var theirs = host.HostApis.For(others.Value).Get<ISchedulerHost>();
        var foreign = (await theirs.CreateAsync(Daily)).Schedule!.Id.ToString();
        id = id == "another install's" ? foreign : id;

        var got = await mine.GetAsync(id);
        var updated = await mine.UpdateAsync(id, new ScheduleInput(Name: "mine now"));
        var deleted = await mine.DeleteAsync(id);

        Assert.Null(got.Error);
        Assert.Null(got.Value);
        Assert.Equal((ScheduleChangeKind.NotFound, "Schedule not found"), (updated.Kind, updated.Error));
        Assert.Equal((ScheduleChangeKind.NotFound, "Schedule not found"), (deleted.Kind, deleted.Error));
        Assert.Empty((await mine.ListAsync()).Value!);
        Assert.Null((await theirs.GetAsync(foreign)).Value!.Name);
    }

    [Fact]
    public async Task List_Several_IsOldestFirst()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();
        foreach (var name in new[] { "c", "a", "b" })
        {
            await scheduler.CreateAsync(Daily with { Name = name });
        }

        Assert.Equal(["c", "a", "b"], (await scheduler.ListAsync()).Value!.Select(s => s.Name));
    }

    [Fact]
    public async Task GetEndpoints_Granted_ListsAllWithSchedulable()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync(endpoints: ["DELETE /api/items/:id", "GET /api/status", "POST /api/sync"]);
        var scheduler = host.HostApis.For(extension).Get<ISchedulerHost>();

        var endpoints = (await scheduler.GetEndpointsAsync()).Value!;

        Assert.Equal(
            [("DELETE", "/api/items/:id", false), ("GET", "/api/status", true), ("POST", "/api/sync", true)],
            endpoints.Select(e => (e.Method, e.Path, e.Schedulable)));
    }

    [Fact]
    public async Task EveryOperation_NotGranted_IsDeniedAndAudited()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync(schedulerGranted: false);
        var scheduler = host.HostApis.For(extension).Get<ISchedulerHost>();
        const string Denied = "Permission denied: cap:scheduler.manage not granted";

        Assert.Equal(SchedulerError.Denied, (await scheduler.ListAsync()).Error);
        Assert.Equal(SchedulerError.Denied, (await scheduler.GetAsync("x")).Error);
        Assert.Equal(SchedulerError.Denied, (await scheduler.GetEndpointsAsync()).Error);
        ScheduleChange[] changes =
        [
            await scheduler.CreateAsync(Daily),
            await scheduler.UpdateAsync("x", new ScheduleInput()),
            await scheduler.DeleteAsync("x"),
        ];
        Assert.All(changes, c => Assert.Equal((ScheduleChangeKind.Denied, Denied, null), (c.Kind, c.Error, c.FieldErrors)));

        var entries = (await host.AuditAsync(extension)).Where(e => e.Actor.Kind == ActorKind.Extension).ToList();
        Assert.Equal(6, entries.Count);
        Assert.All(entries, e => Assert.Equal(AuditOutcome.Denied, e.Outcome));
    }

    [Fact]
    public async Task EveryOperation_Granted_LeavesOneAuditEntry()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var scheduler = host.HostApis.For(extension).Get<ISchedulerHost>();

        var id = (await scheduler.CreateAsync(Daily)).Schedule!.Id.ToString();
        await scheduler.CreateAsync(Daily with { Cron = "nonsense" });
        await scheduler.UpdateAsync(id, new ScheduleInput(Name: "x"));
        await scheduler.UpdateAsync("nobody's", new ScheduleInput(Name: "x"));
        await scheduler.ListAsync();
        await scheduler.GetAsync(id);
        await scheduler.GetEndpointsAsync();
        await scheduler.DeleteAsync(id);
        await scheduler.DeleteAsync(id);

        var entries = (await host.AuditAsync(extension))
            .Where(e => e.Actor == new Actor(ActorKind.Extension, "com.acme.sync"))
            .OrderBy(e => e.Id.ToString(), StringComparer.Ordinal);
        Assert.Equal(
            [
                ("schedule.create", AuditOutcome.Done),
                ("schedule.create", AuditOutcome.Refused),
                ("schedule.update", AuditOutcome.Done),
                ("schedule.update", AuditOutcome.Refused),
                ("schedule.list", AuditOutcome.Done),
                ("schedule.get", AuditOutcome.Done),
                ("schedule.get-endpoints", AuditOutcome.Done),
                ("schedule.delete", AuditOutcome.Done),
                ("schedule.delete", AuditOutcome.Refused),
            ],
            entries.Select(e => (e.Action, e.Outcome)));
    }

    [Fact]
    public async Task Changes_AThousandThatAreRefused_CostTokensAndShareAnEntryOfEachKind()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var scheduler = host.HostApis.For(extension).Get<ISchedulerHost>();
        var errors = new List<string?>();
        for (var i = 0; i < 1_000; i++)
        {
            errors.Add((i % 2 == 0 ? await scheduler.DeleteAsync(new string('x', 100_000)) : await scheduler.DeleteAsync(Guid.NewGuid().ToString())).Error);
        }

        Assert.All(errors[..100], e => Assert.Equal(ScheduleMessages.NotFound, e));
        Assert.All(errors[100..], e => Assert.StartsWith(ScheduleMessages.RateLimited, e, StringComparison.Ordinal));
        var entries = (await host.AuditAsync(extension)).Where(e => e.Outcome == AuditOutcome.Refused).ToList();
        Assert.Equal([(ScheduleMessages.NotFound, 100), (errors[^1], 900)], entries.Select(e => (e.Detail, e.Count)).OrderBy(e => e.Count));
    }

    [Fact]
    public async Task Create_WithoutTheCapabilityAThousandTimes_IsDeniedAndSharesAnEntry()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync(schedulerGranted: false);
        var scheduler = host.HostApis.For(extension).Get<ISchedulerHost>();
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(ScheduleChangeKind.Denied, (await scheduler.CreateAsync(Daily)).Kind);
        }

        Assert.Equal(1_000, Assert.Single(await host.AuditAsync(extension), e => e.Outcome == AuditOutcome.Denied).Count);
    }

    [Fact]
    public async Task Audit_AfterHalfASecond_HoldsTheReads()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        await host.HostApis.For(extension).Get<ISchedulerHost>().ListAsync();

        for (var i = 0; i < 1_000; i++)
        {
            host.Time.Advance(AuditLog.MaxDelay);
            var entries = await host.Store.Audit.ListAsync(new AuditWalk(extension.Install.Scope.Tenant), 10);
            if (entries.Any(e => e.Action == "schedule.list"))
            {
                return;
            }

            // The writer is a real thread: give it the processor until it has answered.
            await Task.Delay(10);
        }

        Assert.Fail("The read was not written although its time had passed many times over");
    }

    [Fact]
    public async Task Payload_OddButValidJson_IsKeptByteForByte()
    {
        await using var host = await TestHost.CreateAsync();
        var scheduler = host.HostApis.For(await host.InstallAsync()).Get<ISchedulerHost>();
        const string Payload = "{ \"a\" : 1.0e0,\n\t\"ü\\u0041\":[ ],\"a\":2 }";

        var id = (await scheduler.CreateAsync(Daily with { Payload = Payload })).Schedule!.Id.ToString();

        Assert.Equal(Payload, (await scheduler.GetAsync(id)).Value!.Payload);
    }
}
