using Escapement.Audit;
using Escapement.Installs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class ScheduleCreateFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Create_EveryField_ComesBackAsGiven()
    {
        var scope = await Installed();
        var retry = new RetryPolicy(4, TimeSpan.FromSeconds(10), 1.5, TimeSpan.FromMinutes(7));
        var policy = new SchedulePolicy
        {
            Overlap = OverlapPolicy.QueueOne,
            Missed = MissedPolicy.All,
            MissedMax = 7,
            CatchUp = TimeSpan.FromMinutes(90),
            Spread = TimeSpan.FromSeconds(90),
            Retry = retry,
            TimeLimit = TimeSpan.FromSeconds(12),
            PauseAfterFailures = 3,
        };
        var given = NewSchedule(scope, Minute(5), "nightly") with { Policy = policy };

        var stored = await Created(given);

        Assert.Equal(given, stored);
        Assert.Equal(given, await Reloaded(given));
    }

    [Fact]
    public async Task Create_Minimal_ComesBackAsGiven()
    {
        var given = NewSchedule(await Installed()) with { Payload = null, Enabled = false };

        await Created(given);

        Assert.Equal(given, await Reloaded(given));
    }

    [Fact]
    public async Task Create_PayloadWithAnyCharacter_IsKeptByteForByte()
    {
        var payload = "{ \"a\" :\r\n \"\\u0000 \u0000 \u2028\ud83d\ude00\" , \"b\":1.0e+2 }" + new string('x', 100_000);
        var given = NewSchedule(await Installed()) with { Payload = payload };

        await Created(given);

        Assert.Equal(payload, (await Reloaded(given)).Payload);
    }

    [Fact]
    public async Task Create_UnknownInstall_IsGone()
    {
        var scope = await Installed();
        var stranger = scope with { Install = new InstallId(NewId()) };

        var outcome = await Store.Schedules.CreateAsync(NewSchedule(stranger), Limits(), Entry("schedule.create", install: stranger.Install));

        Assert.Equal(ScheduleChangeKind.InstallGone, outcome.Kind);
        Assert.Empty(await Store.Audit.ListAsync(Acme, 10, stranger.Install));
    }

    [Fact]
    public async Task Create_InstallOfAnotherTenant_IsGone()
    {
        var scope = await Installed();

        var outcome = await Store.Schedules.CreateAsync(NewSchedule(scope with { Tenant = Globex }), Limits(), Entry("schedule.create", Globex));

        Assert.Equal(ScheduleChangeKind.InstallGone, outcome.Kind);
        Assert.Empty(await Store.Schedules.ListAsync(scope));
    }

    [Fact]
    public async Task Create_InstallDisabled_IsStoredWithoutNextOccurrence()
    {
        var scope = await Installed(enabled: false);

        var stored = await Created(scope, Minute(5));

        Assert.Null(stored.NextDueAt);
        Assert.True(stored.Enabled);
        Assert.Null((await Reloaded(stored)).NextDueAt);
    }

    [Fact]
    public async Task Create_NameTaken_IsRefusedAndLeavesTheAuditToTheCaller()
    {
        var scope = await Installed();
        await Created(scope, name: "nightly");
        var entry = Entry("schedule.create", install: scope.Install);

        var outcome = await Store.Schedules.CreateAsync(NewSchedule(scope, name: "nightly"), Limits(), entry);

        Assert.Equal(ScheduleMessages.NameTaken, outcome.FieldErrors?["name"]);
        Assert.Single(await Store.Schedules.ListAsync(scope));
        Assert.DoesNotContain(await Store.Audit.ListAsync(Acme, 10, scope.Install), e => e.Id == entry.Id);
    }

    [Fact]
    public async Task Create_NameThatDiffersInCase_IsAnotherName()
    {
        var scope = await Installed();
        await Created(scope, name: "nightly");

        await Created(scope, name: "Nightly");

        Assert.Equal(2, (await Store.Schedules.ListAsync(scope)).Count);
    }

    [Fact]
    public async Task Create_SameNameInAnotherInstall_IsStored()
    {
        await Created(await Installed(), name: "nightly");

        await Created(await Installed(extension: "com.acme.other"), name: "nightly");
        await Created(await Installed(Globex), name: "nightly");
    }

    [Fact]
    public async Task Create_SeveralWithoutName_AreStored()
    {
        var scope = await Installed();

        await Created(scope);
        await Created(scope);

        Assert.Equal(2, (await Store.Schedules.ListAsync(scope)).Count);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Create_OneStepEitherSideOfTheQuota_IsStoredOrRefused(int already, bool stored)
    {
        var scope = await Installed();
        for (var i = 0; i < already; i++)
        {
            await Created(scope);
        }

        var outcome = await Store.Schedules.CreateAsync(NewSchedule(scope), Limits(max: 3), Entry("schedule.create"));

        Assert.Equal(stored, outcome.Kind == ScheduleChangeKind.Done);
        Assert.Equal(!stored, outcome.Kind == ScheduleChangeKind.QuotaExceeded);
    }

    [Fact]
    public async Task Create_NameTakenAndQuotaFull_NamesTheName()
    {
        var scope = await Installed();
        await Created(scope, name: "nightly");

        var outcome = await Store.Schedules.CreateAsync(NewSchedule(scope, name: "nightly"), Limits(max: 1), Entry("schedule.create"));

        Assert.Equal(ScheduleMessages.NameTaken, outcome.FieldErrors?["name"]);
    }

    [Fact]
    public async Task Create_TwoHundredAtOnce_LeaveExactlyFiftyAndNoNameTwice()
    {
        var scope = await Installed();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
            await Store.Schedules.CreateAsync(NewSchedule(scope, Minute(5), $"name {i % 70}"), Limits(), Entry("schedule.create", install: scope.Install)))));

        var stored = await Store.Schedules.ListAsync(scope);
        Assert.Equal(50, stored.Count);
        Assert.Equal(50, stored.Select(s => s.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(50, outcomes.Count(o => o.Kind == ScheduleChangeKind.Done));
        Assert.All(outcomes, o => Assert.True(o.Kind is ScheduleChangeKind.Done or ScheduleChangeKind.Invalid or ScheduleChangeKind.QuotaExceeded));
        var audit = await Store.Audit.ListAsync(Acme, 1000, scope.Install);
        Assert.Equal(50, audit.Count(e => e is { Action: "schedule.create", Outcome: AuditOutcome.Done }));
        Assert.Equal(50, audit.Count(e => e.Action == "schedule.create"));
    }

    [Fact]
    public async Task List_Several_OldestFirst()
    {
        var scope = await Installed();
        var younger = await Created(NewSchedule(scope, name: "a") with { CreatedAt = Minute(2) });
        var older = await Created(NewSchedule(scope, name: "b") with { CreatedAt = Minute(1) });

        var list = await Store.Schedules.ListAsync(scope);

        Assert.Equal([older.Id, younger.Id], list.Select(s => s.Id));
    }

    [Fact]
    public async Task FindByName_ComparesOrdinally()
    {
        var scope = await Installed();
        var schedule = await Created(scope, name: "nightly");

        Assert.Equal(schedule.Id, await Store.Schedules.FindByNameAsync(scope, "nightly"));
        Assert.Null(await Store.Schedules.FindByNameAsync(scope, "NIGHTLY"));
        Assert.Null(await Store.Schedules.FindByNameAsync(scope with { Tenant = Globex }, "nightly"));
    }

    [Fact]
    public async Task Reads_AnotherTenantOrInstall_AnswerNothing()
    {
        var scope = await Installed();
        var schedule = await Created(scope, name: "nightly");
        foreach (var stranger in new[] { scope with { Tenant = Globex }, await Installed(Globex), await Installed(extension: "com.acme.other") })
        {
            Assert.Null(await Store.Schedules.GetAsync(stranger, schedule.Id));
            Assert.Empty(await Store.Schedules.ListAsync(stranger));
            Assert.Null(await Store.Schedules.FindByNameAsync(stranger, "nightly"));
        }

        Assert.Null(await Store.Schedules.GetAsync(scope, new ScheduleId(NewId())));
    }
}
