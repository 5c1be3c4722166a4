using Npgsql;

namespace Escapement.PostgreSql;

/// <summary>Where the store for several nodes lies. All nodes must say the same.</summary>
public sealed record PostgreSqlStoreOptions
{
    /// <summary>The connection string, such as <c>Host=db;Database=escapement;Username=escapement;Password=...</c>. There is no default.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>
    /// The schema that holds the tables; made at the first start. 1 to 63 of <c>a-z 0-9 _</c>, beginning with a letter; default
    /// <c>escapement</c>.
    /// </summary>
    public string Schema { get; init; } = "escapement";

    /// <summary>Connections that this node holds at most: 4 to 1,000; default 20. One listens for other nodes' changes.</summary>
    public int MaxConnections { get; init; } = 20;

    /// <summary>How long a start waits for a database that cannot be reached yet, or goes away meanwhile: zero to 1 hour; default 30 seconds.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every value that is out of its range; empty when all are good.</summary>
    /// <param name="path">Where the options lie in the configuration; begins each problem's path.</param>
    internal IReadOnlyList<Problem> Validate(string path = "PostgreSql")
    {
        var problems = new List<Problem>();
        void Check(bool ok, string field, string rule)
        {
            if (!ok)
            {
                problems.Add(new Problem($"{path}:{field}", "out-of-range", $"{path}:{field} must be {rule}"));
            }
        }

        Check(
            IsConnectionString(ConnectionString),
            nameof(ConnectionString),
            "a connection string such as Host=db;Database=escapement;Username=escapement;Password=...");
        Check(IsName(Schema), nameof(Schema), "1 to 63 of a-z 0-9 _ and begin with a letter");
        Check(MaxConnections is >= 4 and <= 1_000, nameof(MaxConnections), "between 4 and 1000");
        Check(StartTimeout >= TimeSpan.Zero && StartTimeout <= TimeSpan.FromHours(1), nameof(StartTimeout), "between 0 and 1 hour");
        return problems;
    }

    private static bool IsConnectionString(string? text)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(text) && !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static bool IsName(string? text) =>
        text is { Length: >= 1 and <= 63 } && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
