using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Escapement.PostgreSql;
using Escapement.PostgreSql.Connections;
using Escapement.Storage;

namespace Escapement.Server.CopyStore;

/// <summary>
/// Copies a SQLite installation into PostgreSQL: table by table, each in one transaction, and then compares all of them. What
/// was broken off is begun again by running it again: tables that are there already are found to be alike, others are copied anew.
/// </summary>
internal sealed class StoreCopy(string dataFolder, PostgreSqlStoreOptions options, ICopyObserver observer)
{
    /// <exception cref="CopyRefusedException">It cannot be done; nothing of the source was changed.</exception>
    public async Task<CopyReport> RunAsync(CancellationToken cancellationToken = default)
    {
        using var source = SqliteSource.Open(dataFolder);
        try
        {
            await using var target = await PostgreSqlTarget.OpenAsync(options, cancellationToken);
            var state = await target.BeginAsync(source.Id, cancellationToken);
            return state.FinishedAt is { } finishedAt
                ? CompareWithThen(source, finishedAt, state.Content)
                : await CopyAsync(source, target, cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            throw new CopyRefusedException($"--connection: {e.Message}", e);
        }
        catch (Exception e) when (PostgreSqlFailure.Explain(e, PoolSettings.Describe(options)) is { } explained)
        {
            throw new CopyRefusedException($"--connection: {explained.Message} Run copy-store again; it goes on where this stopped.", e);
        }
    }

    // The nodes have worked with it since, so the target says nothing any more; the source must be as it was.
    private CopyReport CompareWithThen(SqliteSource source, DateTimeOffset finishedAt, string? content)
    {
        observer.Checking();
        var tables = StoreTable.Copied.Select(t => new CopiedTable(t.Name, DigestOf(source, t), null)).ToList();
        return ContentOf(tables) == content
            ? new CopyReport(options.Schema, tables, finishedAt)
            : throw new CopyRefusedException(
                $"--data: {source.File} was copied to schema {options.Schema} on " +
                string.Create(CultureInfo.InvariantCulture, $"{finishedAt:yyyy-MM-dd HH:mm:ss}Z ") +
                "and has changed since: a server ran on it after the copy. The schema was not touched. " +
                $"To copy again from the start, name a schema that is new, with --schema, or drop this one: DROP SCHEMA {options.Schema} CASCADE.");
    }

    private async Task<CopyReport> CopyAsync(SqliteSource source, PostgreSqlTarget target, CancellationToken cancellationToken)
    {
        var digests = new List<(StoreTable Table, Digest Source)>();
        foreach (var table in StoreTable.Copied)
        {
            digests.Add((table, await BringAsync(source, target, table, cancellationToken)));
        }

        observer.Comparing();
        var tables = new List<CopiedTable>();
        foreach (var (table, there) in digests)
        {
            tables.Add(new CopiedTable(table.Name, there, await target.DigestAsync(table, cancellationToken)));
        }

        var report = new CopyReport(options.Schema, tables, null);
        if (report.Different is { Count: > 0 } different)
        {
            throw new CopyRefusedException(
                $"The copy differs from its source in {string.Join(", ", different)}. " +
                "Somebody changed the schema meanwhile, or what was written is not what is read. " +
                $"The source is as it was. Run copy-store again: it copies these tables anew.{Environment.NewLine}{report}");
        }

        await target.FinishAsync(source.Id, ContentOf(tables), cancellationToken);
        return report;
    }

    private async Task<Digest> BringAsync(SqliteSource source, PostgreSqlTarget target, StoreTable table, CancellationToken cancellationToken)
    {
        observer.Begun(table.Name);
        if (!await target.IsEmptyAsync(table, cancellationToken)
            && DigestOf(source, table) is var known && known == await target.DigestAsync(table, cancellationToken))
        {
            observer.Done(table.Name, known.Rows, wasThere: true);
            return known;
        }

        var digest = new TableDigest(table);
        await target.FillAsync(table, table.History is { } history ? source.Range(table, history.Column) : null, Counted(), cancellationToken);
        observer.Done(table.Name, digest.Value.Rows, wasThere: false);
        return digest.Value;

        IEnumerable<object?[]> Counted()
        {
            foreach (var row in source.Read(table))
            {
                digest.Add(row);
                observer.Copied(table.Name, digest.Value.Rows);
                yield return row;
            }
        }
    }

    private static Digest DigestOf(SqliteSource source, StoreTable table)
    {
        var digest = new TableDigest(table);
        foreach (var row in source.Read(table))
        {
            digest.Add(row);
        }

        return digest.Value;
    }

    private static string ContentOf(IEnumerable<CopiedTable> tables) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(
        string.Join('\n', tables.Select(t => FormattableString.Invariant($"{t.Name} {t.Source.Rows} {t.Source}"))))));
}
