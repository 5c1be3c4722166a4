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

        public List<string> Written { get; } = [];

        public ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken = default)
        {
            if (entries.Any(e => e.Action == Refused))
            {
                throw new InvalidOperationException("It breaks a rule of the store.");
            }

            Written.AddRange(entries.Select(e => e.Action));
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(
            TenantId tenant, InstallId? install, Guid? before, int limit, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
