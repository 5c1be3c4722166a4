using Escapement.Compiling;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;

namespace Escapement.PostgreSql.Compiling;

/// <inheritdoc/>
internal sealed class PostgreSqlCompiledCodeStore(Pool pool) : ICompiledCodeStore
{
    // One statement each: no buffer on the way holds more than this.
    private const int PartBytes = 1 << 20;

    public async ValueTask SaveAsync(
        string component, string engine, ReadOnlyMemory<byte> code, DateTimeOffset now, DateTimeOffset dropBefore, CancellationToken cancellationToken) =>
        await pool.WriteAsync(
            async (session, ct) =>
            {
                var bucket = Bucket.Of(component);
                session.Begin().Sql("drop_old_code").Set("bucket", bucket).Set("engine", engine).Set("before", dropBefore);
                session.Sql("remove_code").Set("bucket", bucket).Set("component", component).Set("engine", engine);
                for (var part = 0; part * PartBytes < code.Length; part++)
                {
                    var content = code[(part * PartBytes)..Math.Min(code.Length, (part + 1) * PartBytes)];
                    session.Sql("save_code")
                        .Set("bucket", bucket)
                        .Set("component", component)
                        .Set("engine", engine)
                        .Set("part", part)
                        .Set("content", content)
                        .Set("now", now);
                    await session.RunAsync(ct);
                }

                return await session.Commit().RunAsync(ct);
            },
            cancellationToken);

    public ValueTask<bool> LoadAsync(string component, string engine, Stream into, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            session.Sql("load_code").Set("bucket", Bucket.Of(component)).Set("component", component).Set("engine", engine);
            await using var rows = await session.OpenAsync(ct);
            var isThere = false;
            while (await rows.ReadAsync(ct))
            {
                await into.WriteAsync(rows.Blob(0), ct);
                isThere = true;
            }

            return isThere;
        },
        cancellationToken);

    public async ValueTask RemoveAsync(string component, string engine, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (session, ct) =>
        {
            session.Sql("remove_code").Set("bucket", Bucket.Of(component)).Set("component", component).Set("engine", engine);
            return await session.RunAsync(ct);
        },
        cancellationToken);
}
