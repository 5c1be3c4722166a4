namespace Escapement.Sqlite;

/// <summary>Where the embedded store lies and how much memory it may take.</summary>
internal sealed record SqliteStoreOptions
{
    /// <summary>The folder that holds <c>escapement.db</c>; made if it is missing. One process at a time may use it.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>Connections that read, opened when needed: 1 to 64; default 4.</summary>
    public int ReadConnections { get; init; } = 4;

    /// <summary>The writer's page cache in KiB: 1,024 to 1,048,576; default 16,384.</summary>
    public int WriteCacheKib { get; init; } = 16_384;

    /// <summary>Each reader's page cache in KiB: 256 to 1,048,576; default 2,048.</summary>
    public int ReadCacheKib { get; init; } = 2_048;

    /// <summary>Every value that is out of its range; empty when all are good.</summary>
    /// <param name="path">Where the options lie in the configuration; begins each problem's path.</param>
    public IReadOnlyList<Problem> Validate(string path = "Store")
    {
        var problems = new List<Problem>();
        void Check(bool ok, string field, string message)
        {
            if (!ok)
            {
                problems.Add(new Problem($"{path}.{field}", "out-of-range", message));
            }
        }

        Check(
            !string.IsNullOrWhiteSpace(DataFolder) && !DataFolder.Contains('\0', StringComparison.Ordinal),
            nameof(DataFolder),
            "A data folder is needed, such as /var/lib/escapement");
        Check(ReadConnections is >= 1 and <= 64, nameof(ReadConnections), "Read connections must be between 1 and 64");
        Check(WriteCacheKib is >= 1_024 and <= 1_048_576, nameof(WriteCacheKib), "The writer's cache must be between 1,024 and 1,048,576 KiB");
        Check(ReadCacheKib is >= 256 and <= 1_048_576, nameof(ReadCacheKib), "A reader's cache must be between 256 and 1,048,576 KiB");
        return problems;
    }
}
