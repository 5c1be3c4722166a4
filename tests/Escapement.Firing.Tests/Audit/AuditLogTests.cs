using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Audit;

public sealed class AuditLogTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly InstallId Install = new(Guid.NewGuid());

    [Fact]
    public async Task Write_EntryThatTheStoreRefusesForGood_CostsOnlyItself()
    {
        var store = new PickyStore();
        using var log = new AuditLog(store, new FakeTimeProvider(), NullLogger<AuditLog>.Instance);
        await log.RecordAsync(Entry("a.first"), TestContext.Current.CancellationToken);
        await log.RecordAsync(Entry(PickyStore.Refused), TestContext.Current.CancellationToken);
        await log.RecordAsync(Entry("a.third"), TestContext.Current.CancellationToken);

        await log.StartAsync(TestContext.Current.CancellationToken);
        await log.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["a.first", "a.third"], store.Written);
        Assert.True(log.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Write_PartOfTheStoreAway_WritesTheOthersAtOnceAndThoseWhenItIsBack()
    {
        var store = new PickyStore { Away = TenantId.Parse("globex") };
        var time = new FakeTimeProvider();
        using var log = new AuditLog(store, time, NullLogger<AuditLog>.Instance);
        await log.RecordAsync(Entry("a.first"), TestContext.Current.CancellationToken);
        await log.RecordAsync(Entry("a.apart") with { Tenant = store.Away }, TestContext.Current.CancellationToken);
        await log.StartAsync(TestContext.Current.CancellationToken);
        await StepUntilAsync(time, AuditLog.MaxDelay, () => store.Written.Count == 1);

        await log.RecordAsync(Entry("a.third"), TestContext.Current.CancellationToken);
        await StepUntilAsync(time, AuditLog.MaxDelay, () => store.Written.Count == 2);
        store.Away = null;
        await StepUntilAsync(time, AuditLog.MaxDelay, () => store.Written.Count == 3);
        await log.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["a.first", "a.third", "a.apart"], store.Written);
        Assert.True(log.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Record_RefusalsOfOneKind_AreOneEntryAtOnceAndItsNumberWhenTheMinuteIsOver()
    {
        var time = new FakeTimeProvider(Nine);
        var store = new KeepingStore();
        using var log = new AuditLog(store, time, NullLogger<AuditLog>.Instance);
        await log.StartAsync(CancellationToken.None);
        for (var i = 0; i < 1_000; i++)
        {
            await log.RecordAsync(Refusal(time.GetUtcNow()));
        }

        await StepUntilAsync(time, TimeSpan.FromMilliseconds(50), () => store.Entries.Count > 0);
        Assert.Equal([1], store.Entries.Select(e => e.Count));
        Assert.True(time.GetUtcNow() < Nine.AddMinutes(1));
        await StepUntilAsync(time, TimeSpan.FromSeconds(5), () => store.Entries.Count > 1);

        Assert.Equal([1, 1_000], store.Entries.Select(e => e.Count));
        Assert.Single(store.Entries.Select(e => e.Id).Distinct());
        await log.StopAsync(CancellationToken.None);
        Assert.Equal(2, store.Entries.Count);
    }

    [Fact]
    public async Task Stop_WhileRefusalsAreCounted_WritesTheirNumber()
    {
        var store = new KeepingStore();
        using var log = new AuditLog(store, new FakeTimeProvider(Nine), NullLogger<AuditLog>.Instance);
        await log.StartAsync(TestContext.Current.CancellationToken);
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), async (_, _) => await log.RecordAsync(Refusal(Nine)));

        await log.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(500, store.Entries.Max(e => e.Count));
        Assert.Single(store.Entries.Select(e => e.Id).Distinct());
    }

    // Step by step, because the log's thread may not wait for the clock yet.
    private static async Task StepUntilAsync(FakeTimeProvider time, TimeSpan step, Func<bool> condition)
    {
        for (var i = 0; i < 1_000 && !condition(); i++)
        {
            time.Advance(step);
            await Task.Delay(5);
        }

        Assert.True(condition());
    }

    private static AuditEntry Refusal(DateTimeOffset at) => Entry("schedule.delete") with
    {
        At = at,
        Install = Install,
        Actor = new Actor(ActorKind.Extension, "com.acme.sync"),
        Outcome = AuditOutcome.Refused,
    };

    private static AuditEntry Entry(string action) => new()
    {
        Id = Guid.CreateVersion7(),
        At = DateTimeOffset.UnixEpoch,
        Actor = new Actor(ActorKind.Admin, "test"),
        Action = action,
        Outcome = AuditOutcome.Done,
    };

    private sealed class PickyStore : IAuditStore
    {
        public ValueTask<AuditEntry?> FindAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyDictionary<string, string>> FindValuesAsync(
            InstallScope scope, IReadOnlyCollection<string> sha256, DateTimeOffset since, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public const string Refused = "a.refused";

        public ConcurrentQueue<string> Written { get; } = new();

        /// <summary>A tenant whose part of the store is away.</summary>
        public TenantId? Away { get; set; }

        public int PartOf(TenantId? tenant) => tenant is null ? 0 : 1;

        public ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken = default)
        {
            if (entries.Any(e => e.Action == Refused))
            {
                throw new InvalidOperationException("It breaks a rule of the store.");
            }

            if (Away is { } tenant && entries.Any(e => e.Tenant == tenant))
            {
                throw new StoreUnavailableException("a machine is away") { InPart = true };
            }

            foreach (var entry in entries)
            {
                Written.Enqueue(entry.Action);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(AuditWalk walk, int limit, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }

    private sealed class KeepingStore : IAuditStore
    {
        public ValueTask<AuditEntry?> FindAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyDictionary<string, string>> FindValuesAsync(
            InstallScope scope, IReadOnlyCollection<string> sha256, DateTimeOffset since, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        private readonly Lock gate = new();
        private readonly List<AuditEntry> entries = [];

        public IReadOnlyList<AuditEntry> Entries
        {
            get
            {
                lock (gate)
                {
                    return [.. entries];
                }
            }
        }

        public ValueTask AppendAsync(IReadOnlyList<AuditEntry> more, CancellationToken cancellationToken = default)
        {
            lock (gate)
            {
                entries.AddRange(more);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(AuditWalk walk, int limit, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
