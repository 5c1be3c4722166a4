using Escapement.Events;

namespace Escapement.Tests.Events;

public sealed class EventTextTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme:1");

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        HostEvent[] events =
        [
            new(Acme, EventKind.Run, "succeeded", Guid.NewGuid(), Guid.NewGuid()), new(Acme, EventKind.Schedule, "changed", Guid.NewGuid()),
            new(Acme, EventKind.Run, "failed", Id: null, Schedule: null, Count: 17), new(Tenant: null, EventKind.Schedule, "paused", Id: null),
        ];
        Assert.Equal(events, events.Select(e => EventText.Read(EventText.Write(e))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme 0 succeeded - -")]
    [InlineData("acme 9 succeeded - - 1")]
    [InlineData("acme 0 succeeded x - 1")]
    [InlineData("acme 0 succeeded - - -1")]
    [InlineData("a/b 0 succeeded - - 1")]
    public void Read_WhatIsNone_IsNone(string line) => Assert.Null(EventText.Read(line));

    [Fact]
    public void Fold_Several_BecomesOneOfEachSort()
    {
        var other = TenantId.Parse("other");
        HostEvent[] events =
        [
            new(Acme, EventKind.Run, "succeeded", Guid.NewGuid()), new(Acme, EventKind.Run, "succeeded", Guid.NewGuid()),
            new(Acme, EventKind.Run, "failed", Guid.NewGuid()), new(other, EventKind.Run, "succeeded", Id: null, Schedule: null, Count: 5),
        ];
        Assert.Equal([2, 1, 5], EventText.Fold(events).Select(e => e.Count));
    }
}
