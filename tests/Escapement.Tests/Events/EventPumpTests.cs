using Escapement.Events;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Events;

public sealed class EventPumpTests : IDisposable
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly TenantId Globex = TenantId.Parse("globex");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly EventFeed feed;
    private readonly EventStream stream;
    private readonly System.Threading.Channels.Channel<Sent> sent = System.Threading.Channels.Channel.CreateUnbounded<Sent>();
    private readonly CancellationTokenSource gone = new();
    private readonly TaskCompletionSource<bool> asked = new();
    private bool letIn = true;

    public EventPumpTests()
    {
        feed = new EventFeed(time);
        stream = feed.Open(Acme)!;
    }

    public void Dispose()
    {
        gone.Dispose();
        stream.Dispose();
    }

    [Fact]
    public async Task Run_FromTheBeginning_SaysThatWhatWasBeforeIsToBeRead()
    {
        var pumping = PumpAsync();
        Assert.IsType<Sent.Resync>(await NextAsync());
        feed.Tell(Run("running"));
        feed.Tell(Run("running") with { Tenant = Globex });
        feed.Tell(Run("failed"));
        Assert.Equal("running", Assert.IsType<Sent.One>(await NextAsync()).Event.What);
        Assert.Equal("failed", Assert.IsType<Sent.One>(await NextAsync()).Event.What);
        await EndAsync(pumping);
    }

    [Fact]
    public async Task Run_MoreThanTwentyASecond_CountsTheRest()
    {
        for (var i = 0; i < 30; i++)
        {
            feed.Tell(Run("succeeded"));
        }

        feed.Tell(Run("failed"));
        feed.Tell(new HostEvent(Acme, EventKind.Schedule, "changed", Id: null, Schedule: null, Count: 3));
        var pumping = PumpAsync();
        Assert.IsType<Sent.Resync>(await NextAsync());
        for (var i = 0; i < EventAudience.EachSecond; i++)
        {
            Assert.IsType<Sent.One>(await NextAsync());
        }

        await PassAsync();
        var counts = Assert.IsType<Sent.Counts>(await NextThingAsync()).Numbers;
        Assert.Equal(
            [((EventKind.Run, "failed"), 1), ((EventKind.Run, "succeeded"), 10), ((EventKind.Schedule, "changed"), 3)],
            counts.Select(c => (c.Key, c.Value)).OrderBy(c => c.Key));

        // While much happens, what comes waits a moment for what comes with it.
        feed.Tell(Run("running"));
        await PassAsync();
        Assert.IsType<Sent.One>(await NextThingAsync());
        await EndAsync(pumping);
    }

    [Fact]
    public async Task Run_SlowerThanWhatHappens_SaysThatSomethingIsMissing()
    {
        Assert.True(stream.TakeMissing());
        for (var i = 0; i < 1_001; i++)
        {
            Assert.False(stream.TakeMissing());
            feed.Tell(Run("succeeded"));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(stream.TakeMissing());
        Assert.False(stream.TakeMissing());
        feed.Tell(Run("succeeded"));
        var pumping = PumpAsync();
        Assert.IsType<Sent.Resync>(await NextAsync());
        await EndAsync(pumping);
    }

    [Fact]
    public async Task Run_OneWhoMayNotAnyMore_EndsWithinFiveSeconds()
    {
        letIn = false;
        var pumping = PumpAsync();
        Assert.IsType<Sent.Resync>(await NextAsync());
        while (!asked.Task.IsCompleted && !pumping.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await pumping;
        Assert.InRange(time.GetUtcNow() - time.Start, EventPump.AccessEach, TimeSpan.MaxValue);
    }

    [Fact]
    public void Open_OneTooMany_IsRefusedUntilAnotherIsClosed()
    {
        var streams = Enumerable.Range(1, EventFeed.MostStreams - 1).Select(_ => feed.Open(tenant: null)!).ToList();
        Assert.Null(feed.Open(Acme));
        streams[0].Dispose();
        using var next = feed.Open(Acme);
        Assert.NotNull(next);
    }

    [Fact]
    public void Tell_WhileNobodyWatchesElsewhere_IsNotSentThere()
    {
        var told = new List<HostEvent>();
        feed.Happened += told.Add;
        feed.Tell(Run("running"));
        Assert.Empty(told);
        feed.NoteInterest();
        feed.Tell(Run("running"));
        feed.Hear(Run("failed"));
        time.Advance(EventFeed.InterestLasts);
        feed.Tell(Run("running"));
        Assert.Equal("running", Assert.Single(told).What);
    }

    private static HostEvent Run(string what) => new(Acme, EventKind.Run, what, Guid.NewGuid(), Guid.NewGuid());

    private Task PumpAsync() => Task.Run(() => new EventPump(
        stream,
        (together, _) =>
        {
            Assert.All(together, one => Assert.True(sent.Writer.TryWrite(one)));
            return Task.CompletedTask;
        },
        _ =>
        {
            asked.TrySetResult(letIn);
            return Task.FromResult(letIn);
        },
        time).RunAsync(gone.Token));

    // Until something is sent.
    private async Task PassAsync()
    {
        while (!sent.Reader.TryPeek(out _))
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    private async Task<Sent> NextAsync() => await sent.Reader.ReadAsync(TestContext.Current.CancellationToken);

    // On a machine with much to do the clock here may run far ahead before the pump looks at it, which then says that nothing happened for long.
    private async Task<Sent> NextThingAsync()
    {
        Sent next;
        do
        {
            next = await NextAsync();
        }
        while (next is Sent.Nothing);

        return next;
    }

    private async Task EndAsync(Task pumping)
    {
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pumping);
    }
}
