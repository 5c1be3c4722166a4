using Escapement.Events;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Events;

public sealed class EventFeedTests : IDisposable
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly TenantId Globex = TenantId.Parse("globex");

    private readonly FakeTimeProvider time = new();
    private readonly EventFeed feed;
    private readonly List<EventStream> open = [];

    public EventFeedTests() => feed = new EventFeed(time);

    public void Dispose() => open.ForEach(s => s.Dispose());

    [Fact]
    public void Open_AsOftenAsOneCallerMay_LeavesTheRestToOthers()
    {
        for (var i = 0; i < EventFeed.MostOfCaller; i++)
        {
            Assert.True(Opens(Acme, "anna"));
        }

        Assert.False(Opens(Globex, "anna"));
        Assert.True(feed.IsShareTaken(Globex, "anna"));
        Assert.True(Opens(Acme, "bert"));
        open[0].Dispose();
        Assert.True(Opens(Globex, "anna"));
    }

    [Fact]
    public void Open_AsOftenAsOneTenantMay_LeavesTheRestToOthersAndToOperators()
    {
        for (var i = 0; i < EventFeed.MostOfTenant; i++)
        {
            Assert.True(Opens(Acme, $"caller {i}"));
        }

        Assert.False(Opens(Acme, "one more"));
        Assert.True(Opens(Globex, "one more"));
        Assert.True(Opens(Acme, caller: null));
    }

    [Fact]
    public void Open_ByAnOperator_CanHaveAllThereAre()
    {
        for (var i = 0; i < EventFeed.MostStreams; i++)
        {
            Assert.True(Opens(tenant: null, caller: null));
        }

        Assert.False(Opens(tenant: null, caller: null));
        Assert.False(feed.IsShareTaken(Acme, "anna"));
    }

    /// <summary>Whoever watches the same is told the same, each as much as one alone would be.</summary>
    [Fact]
    public void Tell_MoreThanAreToldOneByOne_ReachesEachAsMuchAndAsCounts()
    {
        foreach (var tenant in (TenantId?[])[Acme, Acme, Globex, null, null])
        {
            Assert.True(Opens(tenant, caller: null));
        }

        for (var i = 0; i < 25; i++)
        {
            feed.Tell(new HostEvent(Acme, EventKind.Run, "failed", Guid.NewGuid()));
        }

        feed.Tell(new HostEvent(Globex, EventKind.Run, "succeeded", Guid.NewGuid()));
        feed.Tell(new HostEvent(Tenant: null, EventKind.Schedule, "paused", Id: null, Count: 2));
        open.ForEach(s => s.EndSecond());
        Assert.Equal([20, 20, 1, 20, 20], open.Select(s => s.Told.Count));
        time.Advance(TimeSpan.FromSeconds(1));
        open.ForEach(s => s.EndSecond());

        const string all = "failed 5, paused 2, succeeded 1";
        Assert.Equal(["failed 5, paused 2", "failed 5, paused 2", "paused 2", all, all], open.Select(Counts));
        Assert.All(open, s => Assert.Equal(0, s.Told.Count));

        open[0].Dispose();
        feed.Tell(new HostEvent(Acme, EventKind.Run, "failed", Guid.NewGuid()));
        Assert.Equal([0, 1, 0, 1, 1], open.Select(s => s.Told.Count));
    }

    /// <summary>What happened while nobody watched is nothing that somebody is told later.</summary>
    [Fact]
    public void Tell_WhileNobodyWatchesThat_IsKeptForNobody()
    {
        Assert.True(Opens(Globex, caller: null));
        for (var i = 0; i < 25; i++)
        {
            feed.Tell(new HostEvent(Acme, EventKind.Run, "failed", Guid.NewGuid()));
        }

        Assert.True(Opens(tenant: null, caller: null));
        time.Advance(TimeSpan.FromSeconds(1));
        open.ForEach(s => s.EndSecond());
        Assert.All(open, s => Assert.Equal(0, s.Told.Count));
    }

    private static string Counts(EventStream stream)
    {
        Sent? last = null;
        while (stream.Told.TryRead(out var one))
        {
            last = one;
        }

        return string.Join(", ", Assert.IsType<Sent.Counts>(last).Numbers.Select(n => $"{n.Key.What} {n.Value}").Order());
    }

    private bool Opens(TenantId? tenant, string? caller)
    {
        if (feed.Open(tenant, caller) is not { } stream)
        {
            return false;
        }

        open.Add(stream);
        return true;
    }
}
