using Escapement;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Scheduling;
using Escapement.Sqlite;

// Creates schedules from several callers until it is killed, and prints the id of each once it is acknowledged.
// Arguments: the data folder, the tenant and the install, both of which are there already.
var scope = new InstallScope(TenantId.Parse(args[1]), new InstallId(Guid.Parse(args[2])));
await using var store = await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = args[0] }, TimeProvider.System);
await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
{
    while (true)
    {
        var now = TimeProvider.System.GetUtcNow();
        var schedule = new Schedule
        {
            Id = new ScheduleId(Ids.Next(TimeProvider.System)),
            Scope = scope,
            Endpoint = new EndpointKey("POST", "/api/sync"),
            Cron = "*/5 * * * *",
            TimeZone = "UTC",
            Enabled = true,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var entry = new AuditEntry
        {
            Id = Ids.Next(TimeProvider.System),
            At = now,
            Tenant = scope.Tenant,
            Install = scope.Install,
            Actor = new Actor(ActorKind.Admin, "test"),
            Action = "schedule.create",
            Outcome = AuditOutcome.Done,
        };
        var outcome = await store.Schedules.CreateAsync(schedule, new ScheduleChangeLimits(now, int.MaxValue, new TokenBucket(int.MaxValue)), entry);
        if (outcome.Kind != ScheduleChangeKind.Done)
        {
            throw new InvalidOperationException($"Not created: {outcome}");
        }

        lock (store)
        {
            Console.Out.WriteLine(schedule.Id);
            Console.Out.Flush();
        }
    }
})));
