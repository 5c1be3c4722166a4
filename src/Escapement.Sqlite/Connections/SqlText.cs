using System.Collections.Concurrent;

namespace Escapement.Sqlite.Connections;

/// <summary>
/// The statements of this store, read from the embedded <c>.sql</c> files. Those that it shares are written for PostgreSQL: a line that
/// begins with FOR holds rows against other writers. Here there is one writer, so such lines are left out.
/// </summary>
internal static class SqlText
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>The text of one file, by its name without <c>.sql</c>.</summary>
    public static string Of(string name) => Texts.GetOrAdd(name, static n =>
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(n + ".sql")
            ?? throw new ArgumentException($"There is no statement file {n}.sql.", nameof(name));
        using var reader = new StreamReader(stream);
        return string.Join('\n', reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith("FOR ", StringComparison.Ordinal)));
    });

    /// <summary>The numbered migrations, in order.</summary>
    public static IReadOnlyList<(int Number, string Name)> Migrations { get; } =
        [.. typeof(SqlText).Assembly.GetManifestResourceNames()
            .Where(n => n.Length > 5 && n[4] == '_' && n.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0)
            .Select(n => (int.Parse(n.AsSpan(0, 4), provider: null), n[..^4]))
            .OrderBy(m => m.Item1)];
}
