using System.Globalization;

namespace Escapement.Bench.Lists;

/// <summary>What is filled in, and how it is asked for.</summary>
internal sealed record ListOptions
{
    public string? Connection { get; init; }

    public int Schedules { get; init; } = 100_000;

    public int Runs { get; init; } = 1_000_000;

    public int Audit { get; init; } = 1_000_000;

    public int Rate { get; init; } = 50;

    public int Seconds { get; init; } = 10;

    /// <summary>Only paths that hold one of these, with semicolons between them; null for all, and for the streams.</summary>
    public string? Only { get; init; }

    /// <summary>Whether the console's pages are measured in a browser, rather than the lists.</summary>
    public bool Pages { get; init; }

    public static ListOptions Parse(string[] args)
    {
        var options = new ListOptions();
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            options = args[i] switch
            {
                "--connection" => options with { Connection = args[i + 1] },
                "--schedules" => options with { Schedules = Number(args[i + 1]) },
                "--runs" => options with { Runs = Number(args[i + 1]) },
                "--audit" => options with { Audit = Number(args[i + 1]) },
                "--rate" => options with { Rate = Number(args[i + 1]) },
                "--seconds" => options with { Seconds = Number(args[i + 1]) },
                "--measure" => options with { Pages = args[i + 1] == "pages" },
                "--only" => options with { Only = args[i + 1] },
                var unknown => throw new ArgumentException(
                    $"{unknown} is none of --connection, --schedules, --runs, --audit, --rate, --seconds, --measure, --only"),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
