using Escapement.Compiling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Compiling;

/// <inheritdoc/>
internal sealed class SqliteCompilationStore(WriteQueue writer, ReadPool reader) : ICompilationStore
{
    public ValueTask<Compilation?> GetAsync(string component, string engine, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => Find(db, component, engine), cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, Compilation>> ListAsync(string engine, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyDictionary<string, Compilation>>(
            db => db.Sql("list_compilations").Set("engine", engine).List(StoredCompilation.Read).ToDictionary(StringComparer.Ordinal), cancellationToken);

    public ValueTask<IReadOnlyList<UncompiledVersion>> ListUncompiledAsync(string engine, DateTimeOffset now, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<UncompiledVersion>>(
            db => db.Sql("list_uncompiled").Set("engine", engine).Set("now", now).List(StoredCompilation.ReadUncompiled), cancellationToken);

    public ValueTask<CompilationClaim> ClaimAsync(CompilationLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        writer.WriteAsync<CompilationClaim>(
            db =>
            {
                var claim = StoredCompilation.WriteLease(db.Sql("claim_compilation"), lease).Set("until", lease.Until).Set("now", now);
                if (claim.First(rows => new CompilationClaim.Taken(rows.Int(0))) is { } taken)
                {
                    return taken;
                }

                var there = Find(db, lease.Component, lease.Engine)!;
                return there.State >= CompilationState.Compiled ? new CompilationClaim.Ended(there) : new CompilationClaim.Elsewhere();
            },
            cancellationToken);

    public ValueTask<bool> ExtendAsync(CompilationLease lease, CancellationToken cancellationToken) => writer.WriteAsync(
        db => StoredCompilation.WriteLease(db.Sql("extend_compilation"), lease).Set("until", lease.Until).Run() > 0, cancellationToken);

    public ValueTask<bool> EndAsync(CompilationLease lease, CompilationEnd end, DateTimeOffset now, CancellationToken cancellationToken) => writer.WriteAsync(
        db => StoredCompilation.WriteEnd(StoredCompilation.WriteLease(db.Sql("end_compilation"), lease), end).Set("now", now).Run() > 0, cancellationToken);

    public async ValueTask ReleaseAsync(CompilationLease lease, CancellationToken cancellationToken) =>
        await writer.WriteAsync(db => StoredCompilation.WriteLease(db.Sql("release_compilation"), lease).Run(), cancellationToken);

    public ValueTask<byte[]> GetKeyAsync(string name, ReadOnlyMemory<byte> candidate, DateTimeOffset now, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            db =>
            {
                db.Sql("add_key").Set("name", name).Set("content", candidate).Set("now", now).Run();
                return db.Sql("get_key").Set("name", name).First(rows => rows.Blob(0))!;
            },
            cancellationToken);

    private static Compilation? Find(Database database, string component, string engine)
    {
        using var rows = database.Sql("get_compilation").Set("component", component).Set("engine", engine).Open();
        return rows.Read() ? StoredCompilation.Read(rows).Value : null;
    }
}
