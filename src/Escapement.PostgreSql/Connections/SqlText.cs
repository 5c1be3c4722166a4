using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Escapement.PostgreSql.Connections;

/// <summary>
/// A statement of this store, read from its embedded <c>.sql</c> file. Parameters are written <c>:name</c> as in the other
/// store's files; PostgreSQL knows them by number, so they are numbered once, in the order of their first appearance.
/// </summary>
internal sealed partial class SqlText
{
    private static readonly ConcurrentDictionary<string, SqlText> Known = new(StringComparer.Ordinal);

    private SqlText(string name, string file)
    {
        var parameters = new List<string>();
        Text = Parameter().Replace(Comment().Replace(file, ""), match =>
        {
            var parameter = match.Groups[1].Value;
            if (parameters.IndexOf(parameter) is var at and >= 0)
            {
                return $"${at + 1}";
            }

            parameters.Add(parameter);
            return $"${parameters.Count}";
        }).Trim().TrimEnd(';');
        Parameters = parameters;
        Name = name;
    }

    /// <summary>The name of the file without <c>.sql</c>.</summary>
    public string Name { get; }

    /// <summary>What is sent.</summary>
    public string Text { get; }

    /// <summary>The parameters' names, by number.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The numbered migrations, in order.</summary>
    public static IReadOnlyList<(int Number, string Name)> Migrations { get; } =
        [.. Names().Where(n => n.Length > 5 && n[4] == '_' && n.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0)
            .Select(n => (int.Parse(n.AsSpan(0, 4), provider: null), n))
            .OrderBy(m => m.Item1)];

    /// <summary>One statement, by the name of its file without <c>.sql</c>.</summary>
    public static SqlText Of(string name) => Known.GetOrAdd(name, static n => new SqlText(n, File(n)));

    /// <summary>A statement without a file or parameters, such as <c>COMMIT</c>.</summary>
    public static SqlText Fixed(string text) => new(text, text);

    /// <summary>A file as it is, for scripts of several statements.</summary>
    public static string File(string name)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(name + ".sql")
            ?? throw new ArgumentException($"There is no statement file {name}.sql.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The names of all files.</summary>
    public static IEnumerable<string> Names() =>
        typeof(SqlText).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Select(n => n[..^4]);

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    // Not the second colon of a cast.
    [GeneratedRegex("(?<!:):([a-z][a-z_0-9]*)")]
    private static partial Regex Parameter();
}
