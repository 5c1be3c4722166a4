using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Noting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Installs;

public sealed class CapabilityUsesTests
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 2, 9, 0, 30, TimeSpan.Zero);

    private readonly FakeTimeProvider time = new(T0);
    private readonly List<Use<InstalledCapability>> written = [];
    private readonly CapabilityUses uses;

    public CapabilityUsesTests() => uses = new CapabilityUses(
        (some, _) =>
        {
            written.AddRange(some);
            return ValueTask.CompletedTask;
        },
        time,
        NullLogger<CapabilityUses>.Instance);

    [Fact]
    public async Task Note_EachMinute_IsWrittenOnceAnHour()
    {
        var extension = Extension(Capability.LogEmit);
        await uses.StartAsync(CancellationToken.None);
        for (var minute = 0; minute < 130; minute++)
        {
            uses.Note(extension, ["logging.info"]);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        await uses.StopAsync(CancellationToken.None);
        Assert.Equal([T0.AddSeconds(-30), T0.AddSeconds(-30).AddHours(1), T0.AddSeconds(-30).AddHours(2)], written.Select(n => n.At));
    }

    [Fact]
    public async Task Note_WhatIsNotGrantedOrNotKnown_IsNoUse()
    {
        var extension = Extension(Capability.LogEmit, Capability.SchedulerManage);
        uses.Note(extension, ["scheduler.create", "scheduler.list", "storage.get", "logging.warn", "timers.sleep", "unheard"]);
        await uses.StopAsync(CancellationToken.None);
        Assert.Equal([Capability.LogEmit, Capability.SchedulerManage], written.Select(n => n.Of.Capability));
    }

    [Fact]
    public async Task Note_OfManyInstalls_IsWrittenInOneOrder()
    {
        var extensions = Enumerable.Range(0, 20).Select(_ => Extension(Capability.LogEmit)).ToList();
        extensions.ForEach(e => uses.Note(e, ["logging.info"]));
        await uses.StopAsync(CancellationToken.None);
        Assert.Equal(extensions.Select(e => e.Install.Scope.Install.Value).Order(), written.Select(n => n.Of.Scope.Install.Value));
    }

    private static InstalledExtension Extension(params string[] granted) => TestExtension.Of(new VersionId(Guid.Empty), granted);
}
