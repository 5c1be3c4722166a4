using Escapement.Compiling;
using Escapement.Wasm.Compiling;

namespace Escapement.Wasm.Tests.Compiling;

public sealed class CompileQueueTests
{
    private const long Large = CompileQueue.SmallBelow;

    private readonly CompileQueue queue = new();
    private long number;

    [Fact]
    public void Begin_SmallOnes_TwoAtOnce()
    {
        Add("a", "a");
        Add("a", "b");
        Add("a", "c");

        var first = queue.Begin()!;
        Assert.NotNull(queue.Begin());
        Assert.Null(queue.Begin());
        queue.End(first);
        Assert.NotNull(queue.Begin());
    }

    [Theory]
    [InlineData(Large - 1, true)]
    [InlineData(Large, false)]
    public void Begin_WhileALargeOneGoesOn_OnlyASmallOneMay(long bytes, bool may)
    {
        Add("a", "large", Large);
        Add("b", "next", bytes);
        Assert.Equal("large", queue.Begin()!.ExtensionId);

        Assert.Equal(may ? "next" : null, queue.Begin()?.ExtensionId);
    }

    [Fact]
    public void Begin_ManyLargeOnesWait_SmallOneDoesNot()
    {
        for (var i = 0; i < 20; i++)
        {
            Add("a", $"large{i}", Large);
        }

        var running = queue.Begin()!;
        Add("b", "small");
        Assert.Equal("small", queue.Begin()!.ExtensionId);

        // The small one is done, and the place stays the small ones'.
        Assert.Null(queue.Begin());
        queue.End(running);
        Assert.StartsWith("large", queue.Begin()!.ExtensionId, StringComparison.Ordinal);
        Add("b", "another");
        Assert.Null(queue.Begin());
    }

    [Fact]
    public void Begin_OnePublisherHasMany_OthersTakeTurnsWithIt()
    {
        for (var i = 0; i < 3; i++)
        {
            Add("flood", $"f{i}");
        }

        Add("honest", "h0");
        Add("honest", "h1");

        Assert.Equal(["f0", "h0", "f1", "h1", "f2"], InTurn());
    }

    [Fact]
    public void Begin_OnePublisherComesBackAtOnce_DoesNotGoBeforeThoseWhoWait()
    {
        Add("flood", "f0");
        Add("honest", "h0");
        Add("honest", "h1");
        Assert.Equal("f0", Next());
        Add("flood", "f1");
        Assert.Equal("h0", Next());
        Add("flood", "f2");

        Assert.Equal(["f1", "h1", "f2"], InTurn());
    }

    [Fact]
    public void Begin_WithinOnePublisher_ExtensionsTakeTurnsAndEachIsFirstComeFirstServed()
    {
        Add("a", "one", component: "1.0");
        Add("a", "one", component: "1.1");
        Add("a", "one", component: "1.2");
        Add("a", "two", component: "2.0");

        Assert.Equal(["1.0", "2.0", "1.1", "1.2"], InTurn(j => j.Component));
    }

    [Fact]
    public void Begin_RunsWaitForOne_GoesFirst()
    {
        Add("a", "new");
        Add("b", "later", purpose: CompileFor.Later);
        Add("a", "runs", purpose: CompileFor.Runs);

        Assert.Equal(["runs", "new", "later"], InTurn());
    }

    [Fact]
    public void MakingRoom_RunsWaitBehindWhatNobodyInstalled_TheOneThatBeganLastDoes()
    {
        Add("a", "first");
        Add("a", "second");
        var (first, second) = (queue.Begin()!, queue.Begin()!);
        Assert.Empty(queue.MakingRoom());

        Add("b", "runs", purpose: CompileFor.Runs);
        Assert.Equal([second], queue.MakingRoom());
        Assert.Null(queue.Begin());
        Add("b", "more", purpose: CompileFor.Runs);
        Assert.Equal([first, second], queue.MakingRoom());

        queue.End(second);
        queue.Add(second);
        Assert.Equal("runs", queue.Begin()!.ExtensionId);
        queue.End(first);
        queue.Add(first);
        Assert.Equal("more", queue.Begin()!.ExtensionId);
        Assert.Empty(queue.MakingRoom());
        Assert.Null(queue.Begin());
    }

    [Theory]
    [InlineData(CompileFor.Publisher, CompileFor.Publisher, false)]
    [InlineData(CompileFor.Runs, CompileFor.Runs, false)]
    [InlineData(CompileFor.Later, CompileFor.Publisher, true)]
    [InlineData(CompileFor.Publisher, CompileFor.Runs, true)]
    [InlineData(CompileFor.Runs, CompileFor.Publisher, false)]
    public void MakingRoom_ALargeOneWaitsForTheLargePlace_DoesIfItIsWantedMore(CompileFor underWay, CompileFor waits, bool makes)
    {
        Add("a", "large", Large, underWay);
        var large = queue.Begin()!;
        Add("a", "small", purpose: underWay);
        queue.Begin();
        Add("b", "next", Large, waits);

        Assert.Equal(makes ? [large] : [], queue.MakingRoom());
    }

    [Fact]
    public void TakesLong_NoLargeOneGoesOn_KeepsItsPlaceAndCountsAsLarge()
    {
        Add("a", "bomb");
        var bomb = queue.Begin()!;
        queue.TakesLong(bomb);
        Assert.Empty(queue.MakingRoom());

        Add("b", "large", Large);
        Assert.Null(queue.Begin());
        Add("b", "small");
        Assert.Equal("small", queue.Begin()!.ExtensionId);
    }

    [Fact]
    public void TakesLong_ALargeOneGoesOn_MakesRoomAndWaitsAmongTheLargeOnes()
    {
        Add("a", "first");
        Add("a", "second");
        var (first, second) = (queue.Begin()!, queue.Begin()!);
        Add("b", "honest");
        queue.TakesLong(second);
        Assert.Empty(queue.MakingRoom());

        // The one that turned first keeps its place, though the other began before it.
        queue.TakesLong(first);
        Assert.Equal([first], queue.MakingRoom());
        queue.End(first);
        queue.Add(first);
        var honest = queue.Begin()!;
        Assert.Equal("honest", honest.ExtensionId);
        queue.End(honest);
        Assert.Null(queue.Begin());

        queue.End(second);
        Assert.Equal(first, queue.Begin());
        Assert.Empty(queue.MakingRoom());
    }

    [Fact]
    public void TakesLong_IsWantedMoreThanTheLargeOne_TheLargeOneMakesRoom()
    {
        Add("a", "large", Large);
        Add("b", "runs", purpose: CompileFor.Runs);
        var (runs, large) = (queue.Begin()!, queue.Begin()!);

        queue.TakesLong(runs);

        Assert.Equal([large], queue.MakingRoom());
    }

    [Fact]
    public void TakesLong_NotUnderWayAnyMore_ChangesNothing()
    {
        Add("a", "gone");
        var gone = queue.Begin()!;
        queue.End(gone);

        queue.TakesLong(gone);

        Assert.True(gone.IsSmall);
        Assert.Empty(queue.MakingRoom());
    }

    [Fact]
    public void Begin_SmallOnesWithoutEnd_DoNotKeepTheOneThatTookLongFromTheLargePlace()
    {
        Add("flood", "slow", purpose: CompileFor.Publisher);
        var slow = queue.Begin()!;
        Add("b", "large", Large, CompileFor.Runs);
        queue.TakesLong(slow);
        Assert.Equal([slow], queue.MakingRoom());
        queue.End(slow);
        queue.Add(slow);
        var large = queue.Begin()!;
        for (var i = 0; i < 5; i++)
        {
            Add("flood", $"new{i}");
        }

        var small = queue.Begin()!;
        Assert.Equal("new0", small.ExtensionId);
        queue.End(large);
        Assert.Equal(slow, queue.Begin());
    }

    [Fact]
    public void Begin_OnePublishersBombs_TakeTurnsAtTheLargePlaceWithAnother()
    {
        foreach (var name in (string[])["b0", "b1", "b2", "slow"])
        {
            var job = Add(name == "slow" ? "honest" : "bomber", name);
            job.TakesLong = true;
        }

        Assert.Equal(["b0", "slow", "b1", "b2"], InTurn());
    }

    [Fact]
    public void MakingRoom_APlaceIsFree_NobodyDoes()
    {
        Add("a", "later", purpose: CompileFor.Later);
        queue.Begin();
        Add("b", "runs", purpose: CompileFor.Runs);

        Assert.Empty(queue.MakingRoom());
    }

    [Fact]
    public void Remove_Waiting_IsNotBegun()
    {
        var job = Add("a", "gone");
        Assert.True(queue.Remove(job));
        Assert.False(queue.Remove(job));
        Assert.Null(queue.Begin());
    }

    private List<string> InTurn(Func<CompileJob, string>? by = null)
    {
        var order = new List<string>();
        while (queue.Begin() is { } job)
        {
            order.Add((by ?? (j => j.ExtensionId))(job));
            queue.End(job);
        }

        return order;
    }

    private string Next()
    {
        var job = queue.Begin()!;
        queue.End(job);
        return job.ExtensionId;
    }

    private CompileJob Add(string publisher, string extension, long bytes = 1, CompileFor purpose = CompileFor.Publisher, string? component = null)
    {
        var job = new CompileJob
        {
            Component = component ?? extension,
            Bytes = bytes,
            Name = extension,
            ExtensionId = extension,
            PublishedBy = publisher,
            Purpose = purpose,
            Number = ++number,
        };
        queue.Add(job);
        return job;
    }
}
