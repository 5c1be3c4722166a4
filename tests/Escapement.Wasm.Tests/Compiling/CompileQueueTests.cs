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
    public void Begin_FailedHere_ComesAfterOthersRunsAndTakesTurnsWithPublishers()
    {
        AddFailed("z", "failed");
        Add("a", "a0");
        Add("a", "a1");
        Add("b", "later", purpose: CompileFor.Later);
        Add("c", "runs", purpose: CompileFor.Runs);

        Assert.Equal(["runs", "failed", "a0", "a1", "later"], InTurn());
    }

    [Fact]
    public void Begin_FailsWhileItWaits_GoesBehindRunsThatCameLater()
    {
        var failing = Add("a", "failing", purpose: CompileFor.Runs);
        Add("b", "runs", purpose: CompileFor.Runs);
        failing.FailedHere = Failure;

        Assert.Equal(["runs", "failing"], InTurn());
    }

    [Fact]
    public void MakingRoom_FailsWhileOthersRunsWait_Does()
    {
        Add("a", "first", Large, CompileFor.Runs);
        var first = queue.Begin()!;
        Add("b", "runs", Large, CompileFor.Runs);
        Assert.Empty(queue.MakingRoom());

        first.FailedHere = Failure;

        Assert.Equal([first], queue.MakingRoom());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Begin_PublishersNeverStop_WhatFailedHereHasItsTurn(bool underNewNames)
    {
        Add("a", "a");
        Add("b", "b");
        AddFailed("z", "failed");
        for (var i = 0; i < 4; i++)
        {
            Add(underNewNames ? $"new{i}" : "a", $"a{i}");
            Add("b", $"b{i}");
            if (Next() == "failed")
            {
                return;
            }
        }

        Assert.Fail("It has not had its turn, though every publisher that came before it has.");
    }

    [Fact]
    public void Begin_PublisherHasNewExtensionsWithoutEnd_EachHasItsTurnInTheOrderInWhichTheyCame()
    {
        Add("a", "old", component: "old.0");
        Add("a", "old", component: "old.1");
        var begun = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            Add("a", $"new{i}");
            begun.Add(Next());
        }

        Assert.Equal(["old", "new0", "old", "new1"], begun);
    }

    /// <summary>The rules of the queue, held against each step of what may come in any order.</summary>
    [Fact]
    public void Begin_WhateverComesInWhateverOrder_NobodyIsPassedTwice()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            new AnyOrder(seed).Run();
        }
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

    /// <summary>Who publishes one version after the other keeps the node compiling and not sorting: no place is free all that time.</summary>
    [Fact]
    public void Begin_PlacesAreTakenAndThousandsWait_NothingIsMadeOfThem()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Add($"p{i % 7}", $"e{i}", i % 2 == 0 ? Large : 1);
        }

        Assert.NotNull(queue.Begin());
        Assert.NotNull(queue.Begin());
        AskTwice();
        var before = GC.GetAllocatedBytesForCurrentThread();
        AskTwice();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000);

        void AskTwice()
        {
            Assert.Null(queue.Begin());
            Assert.Empty(queue.MakingRoom());
        }
    }

    [Fact]
    public void MakingRoom_ManyAreWantedMore_BothDoAndNoMore()
    {
        Add("a", "large", Large);
        Add("a", "small");
        var (large, small) = (queue.Begin()!, queue.Begin()!);
        for (var i = 0; i < 9; i++)
        {
            Add("b", $"runs{i}", Large, CompileFor.Runs);
        }

        // One large one is all that fits of them.
        Assert.Equal([large], queue.MakingRoom());
        Add("b", "runs", purpose: CompileFor.Runs);
        Assert.Equal([large, small], queue.MakingRoom());
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

    private static FailureHere Failure { get; } = new(1, DateTimeOffset.UnixEpoch, "The test says so.", IsOfCode: false);

    private CompileJob Add(string publisher, string extension, long bytes = 1, CompileFor purpose = CompileFor.Publisher, string? component = null)
    {
        var job = Job(++number, publisher, extension, bytes, purpose, component);
        queue.Add(job);
        return job;
    }

    private void AddFailed(string publisher, string extension) => Add(publisher, extension, purpose: CompileFor.Runs).FailedHere = Failure;

    private static CompileJob Job(long number, string publisher, string extension, long bytes, CompileFor purpose, string? component = null) => new()
    {
        Component = component ?? extension,
        Bytes = bytes,
        Name = extension,
        ExtensionId = extension,
        PublishedBy = publisher,
        Purpose = purpose,
        Number = number,
    };

    /// <summary>Jobs that come, end, take long and fail by a seed; what begins is held to the rules, and to how often it may pass each that waits.</summary>
    private sealed class AnyOrder(int seed)
    {
        private readonly Random random = new(seed);
        private readonly CompileQueue queue = new();
        private readonly Dictionary<CompileJob, Passed> waiting = [];
        private readonly List<CompileJob> underWay = [];
        private int number;

        public void Run()
        {
            for (var step = 0; step < 150; step++)
            {
                Step();
                Settle();
            }

            // Once nothing more comes, all have their turn.
            while (underWay.Count > 0)
            {
                End(underWay[random.Next(underWay.Count)]);
                Settle();
            }

            Assert.True(waiting.Count == 0, $"Seed {seed}: {waiting.Count} wait for ever.");
        }

        private void Step()
        {
            switch (random.Next(10))
            {
                case < 5:
                    number++;
                    var publisher = random.Next(8) == 0 ? $"new{number}" : $"p{random.Next(3)}";
                    var extension = random.Next(3) == 0 ? $"new{number}" : $"e{random.Next(3)}";
                    var purpose = random.Next(10) switch { 0 => CompileFor.Later, < 4 => CompileFor.Runs, _ => CompileFor.Publisher };
                    var job = Job(number, publisher, extension, random.Next(2) == 0 ? Large : 1, purpose);
                    job.FailedHere = random.Next(4) == 0 ? Failure : null;
                    Add(job);
                    break;
                case < 8 when underWay.Count > 0:
                    End(underWay[random.Next(underWay.Count)]);
                    break;
                case 8 when underWay.Find(j => j.IsSmall) is { } slow:
                    queue.TakesLong(slow);
                    if (!queue.MakingRoom().Contains(slow))
                    {
                        Served(slow);
                    }

                    break;
                case 9 when waiting.Count + underWay.Count > 0:
                    var failing = waiting.Keys.Concat(underWay).ElementAt(random.Next(waiting.Count + underWay.Count));
                    failing.FailedHere = Failure;
                    if (waiting.ContainsKey(failing))
                    {
                        waiting[failing] = new Passed(waiting.Keys);
                    }

                    break;
            }
        }

        // As whoever carries them out does: what begins, and what makes room and waits again.
        private void Settle()
        {
            do
            {
                while (queue.Begin() is { } begun)
                {
                    Begun(begun);
                }

                foreach (var job in queue.MakingRoom())
                {
                    End(job);
                    Add(job);
                }
            }
            while (queue.Begin() is { } next && Begun(next));

            Assert.True(underWay.Count <= CompileQueue.Places && underWay.Count(j => !j.IsSmall) <= 1, $"Seed {seed}: too many at once.");
        }

        private bool Begun(CompileJob begun)
        {
            Assert.True(waiting.Remove(begun), $"Seed {seed}: what begins did not wait.");
            foreach (var (job, passed) in waiting)
            {
                var wouldFit = underWay.Count < CompileQueue.Places && (job.IsSmall || underWay.TrueForAll(j => j.IsSmall));
                Assert.False(wouldFit && job.Rank < begun.Rank, $"Seed {seed}: {begun.Number} begins before {job.Number}, which is wanted more.");
                if (job.Rank == begun.Rank && job.IsSmall == begun.IsSmall)
                {
                    Assert.True(passed.MayBePassed(job, begun), $"Seed {seed}: {begun.Number} of {begun.PublishedBy} passes {job.Number} once too often.");
                }
            }

            underWay.Add(begun);
            Served(begun);
            return true;
        }

        private void Served(CompileJob served)
        {
            foreach (var (job, passed) in waiting.Where(w => w.Key.PublishedBy == served.PublishedBy && w.Key.IsSmall == served.IsSmall))
            {
                passed.Turns++;
                passed.ExtensionTurns += job.ExtensionId == served.ExtensionId ? 1 : 0;
            }
        }

        private void Add(CompileJob job)
        {
            queue.Add(job);
            waiting.Add(job, new Passed(waiting.Keys));
        }

        private void End(CompileJob job)
        {
            queue.End(job);
            underWay.Remove(job);
        }
    }

    /// <summary>How often others passed one that waits, and how often it was its publisher's and its extension's turn.</summary>
    /// <param name="before">Those that wait since before it.</param>
    private sealed class Passed(IEnumerable<CompileJob> before)
    {
        private readonly HashSet<(string, string?)> cameBefore = [.. before.SelectMany<CompileJob, (string, string?)>(
            j => [(j.PublishedBy, null), (j.PublishedBy, j.ExtensionId)])];

        private readonly Dictionary<string, int> publishers = [];
        private readonly Dictionary<string, int> extensions = [];

        public int Turns { get; set; }

        public int ExtensionTurns { get; set; }

        public bool MayBePassed(CompileJob job, CompileJob by)
        {
            if (by.PublishedBy != job.PublishedBy)
            {
                return Count(publishers, by.PublishedBy) <= Turns + (cameBefore.Contains((by.PublishedBy, null)) ? 1 : 0);
            }

            return by.ExtensionId == job.ExtensionId
                ? by.Number < job.Number
                : Count(extensions, by.ExtensionId) <= ExtensionTurns + (cameBefore.Contains((by.PublishedBy, by.ExtensionId)) ? 1 : 0);
        }

        private static int Count(Dictionary<string, int> times, string name) => times[name] = times.GetValueOrDefault(name) + 1;
    }
}
