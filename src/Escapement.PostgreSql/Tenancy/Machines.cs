using Escapement.PostgreSql.Connections;
using Microsoft.Extensions.Logging;

namespace Escapement.PostgreSql.Tenancy;

/// <summary>
/// The machines that the buckets lie on. Looks over all buckets pass over those whose machine is away, so that the others are fired. A
/// schema that is not distributed has one machine, which is never asked about; nor is that of a distributed one before a look fails.
/// </summary>
internal sealed class Machines(Pool pool, TimeProvider time, ILogger logger)
{
    private readonly SemaphoreSlim one = new(1);
    private volatile IReadOnlyList<Machine> machines = [];
    private int rounds;

    /// <summary>Looks into the buckets whose machine is there, as far as is known; when one turns out to be away, into those of the others.</summary>
    /// <exception cref="StoreUnavailableException">All are away, or one went away a moment after it had answered.</exception>
    public async ValueTask<T> LookAsync<T>(Func<IReadOnlyList<short>, CancellationToken, ValueTask<T>> look, CancellationToken cancellationToken)
    {
        if (!pool.IsDistributed)
        {
            return await look(Bucket.All, cancellationToken);
        }

        var round = Volatile.Read(ref rounds);
        try
        {
            return await look(await ThereAsync(cancellationToken), cancellationToken);
        }
        catch (StoreUnavailableException e) when (e.InPart)
        {
            await AskAllAsync(round, cancellationToken);
            return await look(await ThereAsync(cancellationToken), cancellationToken);
        }
    }

    private async ValueTask<IReadOnlyList<short>> ThereAsync(CancellationToken cancellationToken)
    {
        var all = machines;
        if (all.Any(IsToBeAsked) && await one.WaitAsync(0, cancellationToken))
        {
            try
            {
                foreach (var machine in all.Where(IsToBeAsked))
                {
                    await AskAsync(machine, cancellationToken);
                }
            }
            finally
            {
                one.Release();
            }
        }

        var away = all.Where(m => m.Problem is not null).ToList();
        if (away.Count == 0)
        {
            return Bucket.All;
        }

        return away.Count < all.Count
            ? [.. Bucket.All.Except(away.SelectMany(m => m.Buckets))]
            : throw new StoreUnavailableException(away[0].Problem!.Message, away[0].Problem!.InnerException!);
    }

    private bool IsToBeAsked(Machine machine) => machine.Problem is not null && machine.AskAt <= time.GetUtcNow();

    // Where the buckets lie is read again each time, because they can be moved. Looks that failed together ask once.
    private async ValueTask AskAllAsync(int round, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (rounds != round)
            {
                return;
            }

            machines = await ReadAsync(cancellationToken);
            foreach (var machine in machines.Where(m => m.Problem is null || IsToBeAsked(m)))
            {
                await AskAsync(machine, cancellationToken);
            }

            Interlocked.Increment(ref rounds);
        }
        finally
        {
            one.Release();
        }
    }

    private async ValueTask<IReadOnlyList<Machine>> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await pool.ListAsync(BatchStatement.Of("list_machines"), r => (Bucket: r.Short(0), Name: $"{r.Text(1)}:{r.Int(2)}"), cancellationToken);
        var known = machines.ToDictionary(m => m.Name);
        return [.. rows.GroupBy(r => r.Name).Select(group =>
        {
            var machine = known.GetValueOrDefault(group.Key) ?? new Machine(group.Key);
            machine.Buckets = [.. group.Select(r => r.Bucket)];
            return machine;
        })];
    }

    private async ValueTask AskAsync(Machine machine, CancellationToken cancellationToken)
    {
        var wasAway = machine.Problem is not null;
        try
        {
            await pool.ListAsync(BatchStatement.Of("ask_bucket").Set("bucket", machine.Buckets[0]), r => r.Short(0), cancellationToken);
            machine.Answered();
            if (wasAway)
            {
                PostgreSqlLog.MachineBack(logger, machine.Name, machine.Buckets.Count);
            }
        }
        catch (StoreUnavailableException e) when (e.InPart)
        {
            machine.Silent(e, time.GetUtcNow());
            if (!wasAway)
            {
                PostgreSqlLog.MachineAway(logger, machine.Name, machine.Buckets.Count, e.Message);
            }
        }
    }
}
