using Escapement.Calls;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Calls;

/// <inheritdoc/>
internal sealed class SqliteCallStore(WriteQueue writer, ReadPool reader) : ICallStore
{
    public async ValueTask KeepAsync(KeptCall call, int most, CancellationToken cancellationToken) =>
        await writer.WriteAsync(
            db =>
            {
                StoredCall.Write(db.Sql("keep_call"), call)
                    .Set("status", (long?)call.Status)
                    .Set("reason", (long)call.Reason)
                    .Set("duration_ms", (long)call.Duration.TotalMilliseconds)
                    .Run();
                return db.Sql("trim_calls").Set("install", call.Scope.Install.Value).Set("others", most - 1L).Run();
            },
            cancellationToken);

    public ValueTask<KeptCall?> GetAsync(InstallScope scope, Guid id, CancellationToken cancellationToken) => reader.ReadAsync(
        db => db.Sql("get_call").Set("install", scope.Install.Value).Set("tenant", scope.Tenant.Value).Set("id", id).First(StoredCall.Read),
        cancellationToken);

    public ValueTask<IReadOnlyList<KeptCall>> ListAsync(InstallScope scope, Guid? before, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<KeptCall>>(
            db => db.Sql("list_calls")
                .Set("install", scope.Install.Value)
                .Set("tenant", scope.Tenant.Value)
                .Set("before", before ?? Guid.AllBitsSet)
                .Set("limit", (long)limit)
                .List(StoredCall.Read),
            cancellationToken);
}
