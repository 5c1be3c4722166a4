using System.Globalization;
using Escapement.Firing;

namespace Escapement.Bench;

/// <summary>What the command line says.</summary>
internal sealed record BenchOptions
{
    public string Store { get; private init; } = "sqlite";

    public string? Connection { get; private init; }

    /// <summary>A folder or schema that is there already; nodes get it.</summary>
    public string? Place { get; private init; }

    public int Runs { get; private init; } = 3;

    /// <summary>How many connections the bare loop gets: as many as a node that is busy uses at once, two to claim and one to record.</summary>
    public int Connections { get; private init; } = 3;

    /// <summary>The bare loop's batch; zero to try several and take the best.</summary>
    public int Batch { get; private init; }

    public string Node { get; private init; } = "bench";

    public int Slots { get; private init; } = 1_000;

    /// <summary>How long a node's sandbox keeps each run.</summary>
    public TimeSpan Hold { get; private init; }

    /// <summary>Whether a node keeps the default limits per install and tenant; without, they are its slots.</summary>
    public bool DefaultLimits { get; private init; }

    /// <summary>What nodes export.</summary>
    public Exporting Exporting { get; private init; }

    /// <summary>What a node is told of that.</summary>
    public IReadOnlyList<string> ExportingArguments => ["--export", Exporting.ToString()];

    /// <summary>Reads <c>--flag value</c> pairs.</summary>
    /// <exception cref="ArgumentException">Something else was given.</exception>
    public static BenchOptions Read(ReadOnlySpan<string> arguments)
    {
        var options = new BenchOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} needs a value");
            options = arguments[i] switch
            {
                "--store" when value is "sqlite" or "postgres" => options with { Store = value },
                "--connection" => options with { Connection = value },
                "--place" => options with { Place = value },
                "--runs" => options with { Runs = int.Parse(value, CultureInfo.InvariantCulture) },
                "--connections" => options with { Connections = int.Parse(value, CultureInfo.InvariantCulture) },
                "--batch" => options with { Batch = int.Parse(value, CultureInfo.InvariantCulture) },
                "--node" => options with { Node = value },
                "--slots" => options with { Slots = int.Parse(value, CultureInfo.InvariantCulture) },
                "--hold-ms" => options with { Hold = TimeSpan.FromMilliseconds(int.Parse(value, CultureInfo.InvariantCulture)) },
                "--export" when Enum.TryParse<Exporting>(value, ignoreCase: true, out var exporting) => options with { Exporting = exporting },
                "--default-limits" => options with { DefaultLimits = bool.Parse(value) },
                _ => throw new ArgumentException($"What is {arguments[i]} {value}?"),
            };
        }

        return options.Store == "postgres" && options.Connection is null
            ? throw new ArgumentException("--store postgres needs --connection \"Host=...;Username=...;Database=...\"")
            : options;
    }
}
