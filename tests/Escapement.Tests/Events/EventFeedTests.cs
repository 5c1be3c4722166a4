using Escapement.Events;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Events;

public sealed class EventFeedTests : IDisposable
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly TenantId Globex = TenantId.Parse("globex");

    private readonly EventFeed feed = new(new FakeTimeProvider());
    private readonly List<EventStream> open = [];

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
