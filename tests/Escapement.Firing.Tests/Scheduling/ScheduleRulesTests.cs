using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>The rules that only a change's own transaction can check, without a database.</summary>
public sealed class ScheduleRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleChangeLimits Limits = new(Now, 50, new TokenBucket(2, 60));
    private static readonly ChangeGate Open = ChangeGate.Of(installEnabled: true, rateLevel: null, rateAt: null, Limits);

    private static readonly Schedule Stored = new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.NewGuid())),
        Name = "nightly",
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "0 9 * * *",
        TimeZone = "UTC",
        Enabled = true,
        NextDueAt = Now.AddDays(1),
        LastDueAt = Now,
        ActiveRun = new RunId(Guid.NewGuid()),
        LastRunAt = Now,
        CreatedAt = Now.AddDays(-1),
        UpdatedAt = Now.AddDays(-1),
        Revision = 3,
    };

    private static readonly FoundForCreate Nothing = new(0, NameTaken: false, EndpointThere: true);

    [Theory]
    [InlineData(49, ScheduleChangeKind.Done)]
    [InlineData(50, ScheduleChangeKind.QuotaExceeded)]
    public void Create_Quota_HoldsExactly(int count, ScheduleChangeKind kind) =>
        Assert.Equal(kind, ScheduleRules.Create(Open, Stored, Nothing with { Count = count }, Limits).Kind);

    [Fact]
    public void Create_NameTaken_IsThatFieldsFault() =>
        Assert.Equal(ScheduleMessages.NameTaken, ScheduleRules.Create(Open, Stored, Nothing with { NameTaken = true }, Limits).FieldErrors!["name"]);

    [Fact]
    public void Create_EndpointIsNotThere_IsThatFieldsFault() => Assert.Equal(
        "Endpoint not found or not schedulable: POST /api/sync is not an endpoint of the installed version",
        ScheduleRules.Create(Open, Stored, Nothing with { EndpointThere = false }, Limits).FieldErrors!["endpoint"]);

    [Fact]
    public void Update_AsksForAnEndpointThatIsNotThere_IsThatFieldsFault() => Assert.Equal(
        ["endpoint"], ScheduleRules.Update(Open, Stored, Stored, nameTaken: false, endpointThere: false, Limits).FieldErrors!.Keys);

    [Theory]
    [InlineData(true, false, 4, true)]
    [InlineData(false, false, 4, false)]
    [InlineData(false, true, 1, true)]
    public void Update_Payload_IsNamedByTheRevisionThatBringsIt(bool open, bool same, long revision, bool used)
    {
        var current = Stored with { ActiveRun = open ? Stored.ActiveRun : null, Payload = "[1]", PayloadUsed = true };
        var wanted = current with { Payload = same ? "[1]" : "[2]" };

        var stored = ScheduleRules.Update(Open, current, wanted, nameTaken: false, endpointThere: true, Limits).Schedule!;

        Assert.Equal((revision, used), (stored.PayloadRevision, stored.PayloadUsed));
        Assert.Equal(!same, ScheduleRules.ReplacesUsedPayload(current, stored));
    }

    [Fact]
    public void Create_InstallIsDisabled_HasNoNextOccurrence()
    {
        var gate = ChangeGate.Of(installEnabled: false, rateLevel: null, rateAt: null, Limits);

        var stored = ScheduleRules.Create(gate, Stored, Nothing, Limits).Schedule!;

        Assert.Equal((true, null), (stored.Enabled, stored.NextDueAt));
    }

    [Fact]
    public void Create_InstallIsGone_IsRefusedBeforeAllElse() =>
        Assert.Equal(ScheduleChangeKind.InstallGone, ScheduleRules.Create(default, Stored, new FoundForCreate(100, true, false), Limits).Kind);

    [Theory]
    [InlineData(1, true, 0)]
    [InlineData(0.99, false, 0.99)]
    public void Gate_Tokens_AreTakenOneByOne(double level, bool passes, double left)
    {
        var gate = ChangeGate.Of(installEnabled: true, level, Now, Limits);

        Assert.Equal((passes, left), (gate.Refusal is null, gate.RateLevel));
    }

    [Fact]
    public void Update_WhateverTheChangeMakes_LeavesWhatIsTheFiringPaths()
    {
        var wanted = Stored with
        {
            Id = new ScheduleId(Guid.NewGuid()),
            Name = "other",
            Cron = "0 10 * * *",
            NextDueAt = Now.AddHours(1),
            LastDueAt = null,
            ActiveRun = null,
            LastRunAt = null,
            CreatedAt = Now,
            Revision = 100,
        };

        var stored = ScheduleRules.Update(Open, Stored, wanted, nameTaken: false, endpointThere: true, Limits).Schedule!;

        Assert.Equal(Stored with { Name = "other", Cron = "0 10 * * *", NextDueAt = Now.AddHours(1), UpdatedAt = Now, Revision = 4 }, stored);
    }

    [Theory]
    [InlineData("nightly", false)]
    [InlineData(null, false)]
    [InlineData("Nightly", true)]
    public void AsksForName_OnlyANewOne_IsLookedUp(string? name, bool asks) =>
        Assert.Equal(asks, ScheduleRules.AsksForName(Stored, Stored with { Name = name }));

    [Fact]
    public void Refusal_UnknownSchedule_IsNotFoundOnceTheGateIsPassed()
    {
        Assert.Equal(ScheduleChangeKind.NotFound, ScheduleRules.Refusal(Open, current: null, Limits)!.Kind);
        Assert.Equal(ScheduleChangeKind.InstallGone, ScheduleRules.Refusal(default, current: null, Limits)!.Kind);
        Assert.Null(ScheduleRules.Refusal(Open, Stored, Limits));
    }

    [Theory]
    [InlineData("nightly", null)]
    [InlineData("other", ScheduleChangeKind.ChangedMeanwhile)]
    public void Refusal_RowThatIsNotWhatWasExpected_IsChangedMeanwhileAndShowsIt(string expected, ScheduleChangeKind? kind)
    {
        var refusal = ScheduleRules.Refusal(Open, Stored, Limits with { Expected = s => s.Name == expected });
        Assert.Equal((kind, kind is null ? null : Stored), (refusal?.Kind, refusal?.Current));
    }
}
