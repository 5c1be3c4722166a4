using Escapement.Compiling;
using Escapement.PostgreSql.Connections;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Compiling;

/// <inheritdoc/>
internal sealed class PostgreSqlCompilationStore(Pool pool) : ICompilationStore
{
    public ValueTask<Compilation?> GetAsync(string component, string engine, CancellationToken cancellationToken) =>
        pool.ReadAsync((session, ct) => FindAsync(session, component, engine, ct), cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, Compilation>> ListAsync(string engine, CancellationToken cancellationToken) =>
        pool.ReadAsync<IReadOnlyDictionary<string, Compilation>>(
            async (session, ct) =>
            {
                session.Sql("list_compilations").Set("engine", engine);
                await using var rows = await session.OpenAsync(ct);
                return (await rows.ListAsync(StoredCompilation.Read, ct)).ToDictionary(StringComparer.Ordinal);
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<UncompiledVersion>> ListUncompiledAsync(string engine, DateTimeOffset now, CancellationToken cancellationToken) =>
        pool.ReadAsync<IReadOnlyList<UncompiledVersion>>(
            async (session, ct) =>
            {
                session.Sql("list_uncompiled").Set("engine", engine).Set("now", now);
                await using var rows = await session.OpenAsync(ct);
                return await rows.ListAsync(StoredCompilation.ReadUncompiled, ct);
            },
            cancellationToken);

    public ValueTask<CompilationClaim> ClaimAsync(CompilationLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        pool.WriteAsync<CompilationClaim>(
            async (session, ct) =>
            {
                StoredCompilation.WriteLease(session.Sql("claim_compilation"), lease).Set("until", lease.Until).Set("now", now);
                await using (var rows = await session.OpenAsync(ct))
                {
                    if (await rows.FirstAsync(r => new CompilationClaim.Taken(r.Int(0)), ct) is { } taken)
                    {
                        return taken;
                    }
                }

                return await FindAsync(session, lease.Component, lease.Engine, ct) is { State: >= CompilationState.Compiled } ended
                    ? new CompilationClaim.Ended(ended)
                    : new CompilationClaim.Elsewhere();
            },
            cancellationToken);

    public ValueTask<bool> ExtendAsync(CompilationLease lease, CancellationToken cancellationToken) => ChangeAsync(
        session => StoredCompilation.WriteLease(session.Sql("extend_compilation"), lease).Set("until", lease.Until), cancellationToken);

    public ValueTask<bool> EndAsync(CompilationLease lease, CompilationEnd end, DateTimeOffset now, CancellationToken cancellationToken) => ChangeAsync(
        session => StoredCompilation.WriteEnd(StoredCompilation.WriteLease(session.Sql("end_compilation"), lease), end).Set("now", now), cancellationToken);

    public async ValueTask ReleaseAsync(CompilationLease lease, CancellationToken cancellationToken) => await ChangeAsync(
        session => StoredCompilation.WriteLease(session.Sql("release_compilation"), lease), cancellationToken);

    public ValueTask<byte[]> GetKeyAsync(string name, ReadOnlyMemory<byte> candidate, DateTimeOffset now, CancellationToken cancellationToken) =>
        pool.WriteAsync(
            async (session, ct) =>
            {
                session.Sql("add_key").Set("name", name).Set("content", candidate).Set("now", now);
                await session.RunAsync(ct);
                session.Sql("get_key").Set("name", name);
                await using var rows = await session.OpenAsync(ct);
                return (await rows.FirstAsync(r => r.Blob(0), ct))!;
            },
            cancellationToken);

    private static async ValueTask<Compilation?> FindAsync(Session session, string component, string engine, CancellationToken cancellationToken)
    {
        session.Sql("get_compilation").Set("component", component).Set("engine", engine);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? StoredCompilation.Read(rows).Value : null;
    }

    private ValueTask<bool> ChangeAsync(Action<Session> statement, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            statement(session);
            return await session.RunAsync(ct) > 0;
        },
        cancellationToken);
}
