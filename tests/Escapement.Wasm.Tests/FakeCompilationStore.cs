using System.Collections.Concurrent;
using Escapement.Compiling;

namespace Escapement.Wasm.Tests;

/// <summary>A store of compilations in memory. Two sandboxes that have the same one are two nodes, or one that was started again.</summary>
internal sealed class FakeCompilationStore(byte[]? key = null, ICompiledCodeStore? code = null) : ICompilationStore
{
    private static readonly byte[] UsualKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly Lock gate = new();
    private readonly Dictionary<(string, string), Row> rows = [];

    public ICompiledCodeStore? Code => code;

    /// <summary>What <see cref="ListUncompiledAsync"/> answers, but for what is done.</summary>
    public ConcurrentQueue<UncompiledVersion> Published { get; } = [];

    public IReadOnlyList<Compilation> All
    {
        get
        {
            lock (gate)
            {
                return [.. rows.Values.Select(r => r.Compilation)];
            }
        }
    }

    public ValueTask<Compilation?> GetAsync(string component, string engine, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(rows.TryGetValue((component, engine), out var row) ? row.Compilation : null);
        }
    }

    public ValueTask<IReadOnlyDictionary<string, Compilation>> ListAsync(string engine, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(rows.Where(r => r.Key.Item2 == engine).ToDictionary(r => r.Key.Item1, r => r.Value.Compilation, StringComparer.Ordinal));
        }
    }

    public ValueTask<IReadOnlyList<UncompiledVersion>> ListUncompiledAsync(string engine, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new([.. Published.Where(v => !rows.TryGetValue((v.Component, engine), out var row)
                || row.Compilation.State < CompilationState.Compiled || row.Compilation.TriedAgainAt <= now)]);
        }
    }

    public ValueTask<CompilationClaim> ClaimAsync(CompilationLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var row = rows.GetValueOrDefault((lease.Component, lease.Engine));
            if (row?.Compilation.TriedAgainAt <= now)
            {
                row = null;
            }

            if (row?.Compilation.State >= CompilationState.Compiled)
            {
                return new(new CompilationClaim.Ended(row.Compilation));
            }

            if (row?.Lease is { } held && held.Until >= now)
            {
                return new(new CompilationClaim.Elsewhere());
            }

            var attempt = (row?.Attempts ?? 0) + 1;
            rows[(lease.Component, lease.Engine)] = new Row(new Compilation(CompilationState.Compiling, null, now), lease, attempt);
            return new(new CompilationClaim.Taken(attempt));
        }
    }

    public ValueTask<bool> ExtendAsync(CompilationLease lease, CancellationToken cancellationToken) => Change(lease, row => row with { Lease = lease });

    public ValueTask<bool> EndAsync(
        CompilationLease lease, CompilationEnd end, DateTimeOffset now, CancellationToken cancellationToken) => Change(lease, row => row with
    {
        Lease = null,
        Compilation = row.Compilation with
        {
            State = end.Reason is null ? CompilationState.Compiled : CompilationState.Refused,
            Reason = end.Reason,
            FinishedAt = now,
            TriedAgainAt = end.TriedAgainAt,
        },
    });

    public async ValueTask ReleaseAsync(CompilationLease lease, CancellationToken cancellationToken) => await Change(
        lease, row => row with { Lease = null, Attempts = row.Attempts - 1, Compilation = row.Compilation with { State = CompilationState.Pending } });

    public ValueTask<byte[]> GetKeyAsync(string name, ReadOnlyMemory<byte> candidate, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(key ?? UsualKey);

    public DateTimeOffset? HeldUntil(string component)
    {
        lock (gate)
        {
            return rows.Single(r => r.Key.Item1 == component).Value.Lease?.Until;
        }
    }

    private ValueTask<bool> Change(CompilationLease lease, Func<Row, Row> change)
    {
        lock (gate)
        {
            if (rows.GetValueOrDefault((lease.Component, lease.Engine)) is not { } row || row.Lease?.Token != lease.Token)
            {
                return new(false);
            }

            rows[(lease.Component, lease.Engine)] = change(row);
            return new(true);
        }
    }

    private sealed record Row(Compilation Compilation, CompilationLease? Lease, int Attempts);
}
