using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Audit;

public sealed class AuditLogTests
{
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
        await StepUntilAsync(time, () => store.Written.Count == 1);

        await log.RecordAsync(Entry("a.third"), TestContext.Current.CancellationToken);
        await StepUntilAsync(time, () => store.Written.Count == 2);
        store.Away = null;
        await StepUntilAsync(time, () => store.Written.Count == 3);
        await log.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["a.first", "a.third", "a.apart"], store.Written);
        Assert.True(log.ExecuteTask!.IsCompletedSuccessfully);
    }

    private static async Task StepUntilAsync(FakeTimeProvider time, Func<bool> condition)
    {
        for (var i = 0; i < 1_000 && !condition(); i++)
        {
            time.Advance(AuditLog.MaxDelay);
            await Task.Delay(10);
        }

        Assert.True(condition());
    }

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

        public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(
            TenantId tenant, InstallId? install, Guid? before, int limit, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
