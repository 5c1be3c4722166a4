using System.Collections.Frozen;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Scheduling;

namespace Escapement.Tests.Installs;

public sealed class UpgradeRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleId First = new(Guid.Parse("00000000-0000-7000-8000-000000000001"));
    private static readonly ScheduleId Second = new(Guid.Parse("00000000-0000-7000-8000-000000000002"));
    private static readonly EndpointUse Sync = new(First, new EndpointKey("POST", "/api/sync"), 3);

    private static readonly ExtensionVersion One = Version("1.0.0", ["POST /api/sync", "GET /api/status"], Capability.LogEmit, Capability.StorageKv);
    private static readonly ExtensionVersion Two = Version("2.0.0", ["POST /api/sync", "POST /api/new"], Capability.LogEmit, Capability.HttpFetch);

    private static readonly Install Installed = new()
    {
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.NewGuid())),
        ExtensionId = "com.acme.sync",
        Version = One.Id,
        Enabled = true,
        Granted = Set(Capability.LogEmit, Capability.StorageKv),
        CreatedAt = Now.AddDays(-1),
        UpdatedAt = Now.AddDays(-1),
    };

    [Fact]
    public void Decide_AsPreviewedWithConsent_BecomesTheVersionAndKeepsTheOneBefore()
    {
        var change = Decide(Rules(One, Two), Installed, [Capability.LogEmit, " CAP:HTTP.Fetch "]);

        var after = change.After!;
        Assert.Equal((Two.Id, One.Id, Now, true), (after.Version, after.PreviousVersion, after.UpdatedAt, change.ResetsFailures));
        Assert.Equal([Capability.HttpFetch, Capability.LogEmit], after.Granted.Order());
        Assert.Equal(Installed.Granted, after.PreviousGranted);
        Assert.Equal(
            "1.0.0 -> com.acme.sync 2.0.0; granted: cap:log.emit, cap:storage.kv -> cap:http.fetch, cap:log.emit", change.Detail);
    }

    [Fact]
    public void Decide_NewCapabilityWithoutAWord_NeedsConsent()
    {
        var problem = Assert.Single(Decide(Rules(One, Two), Installed).Problems);

        Assert.Equal(("capabilities", "consent-needed"), (problem.Path, problem.Code));
        Assert.Contains("cap:http.fetch, which 1.0.0 did not", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_ConsentToNothingNew_UpgradesWithoutIt() =>
        Assert.Equal([Capability.LogEmit], Decide(Rules(One, Two), Installed, [Capability.LogEmit]).After!.Granted);

    [Fact]
    public void Decide_GrantsWhatIsNotDeclared_IsRefused() =>
        Assert.Equal("not-declared", Assert.Single(Decide(Rules(One, Two), Installed, [Capability.StorageKv]).Problems).Code);

    [Fact]
    public void Decide_NothingNew_KeepsWhatIsGrantedAndDeclaredStill()
    {
        var three = Version("3.0.0", ["POST /api/sync"], Capability.LogEmit, Capability.UserRead);

        Assert.Equal([Capability.LogEmit], Decide(Rules(One, three), Installed).After!.Granted);
    }

    [Fact]
    public void Decide_CapabilityThatWasWithheldBefore_IsNotNewAndStaysWithheld()
    {
        var withheld = Installed with { Granted = Set(Capability.LogEmit) };
        var same = Version("1.0.1", ["POST /api/sync"], Capability.LogEmit, Capability.StorageKv);

        var change = Decide(Rules(One, same, withheld), withheld);
        Assert.Equal([Capability.LogEmit], change.After!.Granted);
        Assert.Equal("1.0.0 -> com.acme.sync 1.0.1; granted: cap:log.emit, as before", change.Detail);
    }

    [Fact]
    public void Decide_SchedulesWouldLoseTheirEndpoint_AreAllListed()
    {
        var lost = new EndpointUse(Second, new EndpointKey("GET", "/api/status"), 1);
        var rules = Rules(One, Two, schedules: [Sync, lost]);

        var problem = Assert.Single(rules.Decide(Installed, [Sync, lost], new UpgradeConsent([]), Now, s => s).Problems);

        Assert.Equal("endpoint-gone", problem.Code);
        Assert.Contains($"{Second} calls GET /api/status", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_LostSchedulesAreToBeHeld_FollowsAndHasThemChanged()
    {
        var lost = new EndpointUse(Second, new EndpointKey("GET", "/api/status"), 1);
        var rules = Rules(One, Two, schedules: [Sync, lost]);

        var change = rules.Decide(Installed, [Sync, lost], new UpgradeConsent([], HoldsLost: true), Now, s => s);

        Assert.NotNull(change.After);
        Assert.NotNull(change.Follow);
        Assert.Null(Decide(Rules(One, Two), Installed, []).Follow);
    }

    [Fact]
    public void Decide_EndpointWasGoneAlready_IsNoReasonAgainst()
    {
        var gone = new EndpointUse(Second, new EndpointKey("GET", "/api/old"), 1);

        Assert.NotNull(Rules(One, Two, schedules: [Sync, gone]).Decide(Installed, [Sync, gone], new UpgradeConsent([]), Now, s => s).After);
    }

    [Fact]
    public void Decide_ScheduleCreatedChangedOrDeletedSince_IsListed()
    {
        var rules = Rules(One, Two, schedules: [Sync, new(Second, Sync.Endpoint, 1)]);
        var created = new EndpointUse(new ScheduleId(Guid.NewGuid()), Sync.Endpoint, 1);

        var problems = rules.Decide(Installed, [Sync with { Revision = 4 }, created], new UpgradeConsent([]), Now, s => s).Problems;

        Assert.All(problems, p => Assert.Equal(("schedules", "preview-outdated"), (p.Path, p.Code)));
        Assert.Equal(
            [
                $"Schedule {First} was changed since the preview; make another",
                $"Schedule {created.Schedule} was created since the preview; make another",
                $"Schedule {Second} was deleted since the preview; make another",
            ],
            problems.Select(p => p.Message));
    }

    [Fact]
    public void Decide_VersionOrGrantsChangedSince_IsListed()
    {
        var now = Installed with { Version = Two.Id, Granted = Set(Capability.LogEmit) };

        Assert.Equal(["version", "capabilities"], Decide(Rules(One, Two), now, []).Problems.Select(p => p.Path));
    }

    [Theory]
    [InlineData("POST", "/api/sync", ScheduleFate.Follows)]
    [InlineData("GET", "/api/status", ScheduleFate.Lost)]
    [InlineData("POST", "/api/new", ScheduleFate.Returns)]
    [InlineData("GET", "/api/old", ScheduleFate.StaysGone)]
    public void FateOf_Endpoint_IsByMethodAndPath(string method, string path, object fate) =>
        Assert.Equal(fate, Rules(One, Two).FateOf(new EndpointKey(method, path)));

    [Fact]
    public void RollBack_AsksForNothingAndBringsBackWhatOnlyTheVersionBeforeDeclares()
    {
        var upgraded = Decide(Rules(One, Two), Installed, [Capability.LogEmit, Capability.HttpFetch]).After!;
        var rules = Rules(Two, One, upgraded, rollsBack: true);

        var back = Decide(rules, upgraded).After!;

        Assert.Empty(rules.NewCapabilities);
        Assert.Equal([Capability.StorageKv], rules.ReturningGrants(upgraded));
        Assert.Equal((One.Id, Two.Id), (back.Version, back.PreviousVersion));
        Assert.Equal(Installed.Granted.Order(), back.Granted.Order());
    }

    [Fact]
    public void RollBack_AndBackAgain_NamesWhatReturnsAndMayLeaveItOut()
    {
        var upgraded = Decide(Rules(One, Two), Installed, [Capability.LogEmit, Capability.HttpFetch]).After!;
        var back = Decide(Rules(Two, One, upgraded, rollsBack: true), upgraded).After!;
        var again = Rules(One, Two, back, rollsBack: true);

        Assert.Equal([Capability.HttpFetch], again.ReturningGrants(back));
        Assert.Contains(again.KeptGrants(back), c => c == Capability.HttpFetch);
        Assert.Equal([Capability.LogEmit], Decide(again, back, [Capability.LogEmit]).After!.Granted);
        Assert.Empty(Rules(One, Two, back).ReturningGrants(back));
    }

    [Fact]
    public void RollBack_WhatWasTakenBackSince_StaysTakenBack()
    {
        var upgraded = Decide(Rules(One, Two), Installed, [Capability.LogEmit]).After! with { Granted = Set() };

        Assert.Equal([Capability.StorageKv], Decide(Rules(Two, One, upgraded, rollsBack: true), upgraded).After!.Granted);
    }

    [Fact]
    public void RollBack_UpgradedAgainSince_IsListed()
    {
        var upgraded = Installed with { Version = Two.Id, PreviousVersion = One.Id };

        var again = upgraded with { PreviousVersion = Two.Id };
        var problems = Decide(Rules(Two, One, upgraded, rollsBack: true), again).Problems;

        Assert.Equal("preview-outdated", Assert.Single(problems).Code);
    }

    private static InstallChange Decide(UpgradeRules rules, Install install, IReadOnlyList<string>? capabilities = null) =>
        rules.Decide(install, [Sync], new UpgradeConsent(capabilities), Now, s => s);

    private static UpgradeRules Rules(
        ExtensionVersion from, ExtensionVersion to, Install? install = null, bool rollsBack = false, params IReadOnlyList<EndpointUse> schedules)
    {
        var plan = new UpgradePlan
        {
            Scope = Installed.Scope,
            RollsBack = rollsBack,
            From = from.Id,
            To = to.Id,
            Granted = [.. (install ?? Installed).Granted],
            Schedules = (schedules.Count > 0 ? schedules : [Sync]).ToDictionary(u => u.Schedule, u => u.Revision),
        };
        return new UpgradeRules(plan, from, to);
    }

    private static ExtensionVersion Version(string number, string[] endpoints, params string[] capabilities)
    {
        DeclaredEndpoint[] declared = [.. endpoints.Select(e => e.Split(' ')).Select(e => new DeclaredEndpoint(e[0], e[1], e[1], Schedulable: true))];
        return new ExtensionVersion
        {
            Id = new VersionId(Guid.NewGuid()),
            Manifest = new Manifest
            {
                Name = "com.acme.sync",
                Publisher = "acme",
                Version = number,
                Runtime = "wasm-js@1",
                Capabilities = Set(capabilities),
                Endpoints = declared,
                Json = "{}",
            },
            Endpoints = [.. declared.Select(d => new Endpoint(Guid.NewGuid(), d))],
            BundleSha256 = "",
            ComponentSha256 = "",
            PublishedAt = Now,
        };
    }

    private static FrozenSet<string> Set(params string[] capabilities) => capabilities.ToFrozenSet(StringComparer.Ordinal);
}
