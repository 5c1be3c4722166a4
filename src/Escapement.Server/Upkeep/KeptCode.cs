using Escapement.AspNetCore;
using Escapement.Sqlite.Connections;
using Escapement.Wasm.Components;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Server.Upkeep;

/// <summary>The compiled code that lies beside the database: whether each file is what it was sealed as. Nothing is changed.</summary>
internal static class KeptCode
{
    /// <summary>How many files there are for the engine that these options make, and the components whose files are damaged.</summary>
    public static (int Files, IReadOnlyList<string> Damaged) Check(EscapementOptions options, string file)
    {
        var engine = new EngineSettings(options.Sandbox).Key;
        var folder = options.Sandbox.CacheDirectory ?? Path.Combine(options.DataFolder, "components");
        using var cache = new CompiledCache(folder, engine, TimeSpan.MaxValue, TimeProvider.System, NullLogger.Instance);
        using var connection = Beside.Open(file);
        var key = Read(connection, "SELECT content FROM keys WHERE name = $1", SealKey.Name, r => (byte[])r[0]).SingleOrDefault();
        if (key is null)
        {
            return (0, []);
        }

        var components = Read(connection, "SELECT component_sha256 FROM compilations WHERE engine = $1 ORDER BY 1", engine, r => r.GetString(0));
        var looked = components.Select(c => (Component: c, IsSound: IsSound(cache, c, key))).Where(c => c.IsSound is not null).ToList();
        return (looked.Count, [.. looked.Where(c => c.IsSound == false).Select(c => c.Component)]);
    }

    private static bool? IsSound(CompiledCache cache, string component, byte[] key)
    {
        try
        {
            return cache.IsSound(component, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static List<T> Read<T>(SqliteConnection connection, string sql, string value, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$1", value);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
