using System.Globalization;

namespace Escapement.SampleWorld;

/// <summary>What the world is to be like.</summary>
/// <param name="Data">The folder that it is made in.</param>
/// <param name="TokenFile">Gets the operator's token.</param>
/// <param name="Tenants">How many.</param>
/// <param name="Weeks">How far back its history goes.</param>
internal sealed record Arguments(string Data, string TokenFile, int Tenants, int Weeks)
{
    public const string Usage = """
        Usage: dotnet run -c Release --project scripts/sample-world -- --data FOLDER [--token-file FILE] [--tenants 40] [--weeks 52]

        Makes a year of a host's history in a new data folder, by the host itself on a clock that leaps: 12 extensions, runs that failed and were tried
        again, an outage, a bad upgrade, pauses, a backfill, changes and their undoing. Ends now, so that a server that opens the folder goes on with it:

            ESCAPEMENT__Retention__Runs=400.00:00:00 ESCAPEMENT__Retention__Audit=400.00:00:00 escapement-server --data FOLDER
        """;

    /// <summary>Reads them, or says what is wrong.</summary>
    public static (Arguments? Read, string? Problem) Read(string[] args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (args[i] is not ("--data" or "--token-file" or "--tenants" or "--weeks") || i + 1 == args.Length)
            {
                return (null, $"{args[i]} is unknown or has no value");
            }

            given[args[i]] = args[i + 1];
        }

        if (!given.TryGetValue("--data", out var data))
        {
            return (null, "--data is needed: the folder to make");
        }

        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
        {
            return (null, $"--data {data} is not empty: name a new folder");
        }

        return Number("--tenants", 40, 4, 500) is not { } tenants ? (null, "--tenants must be between 4, which have stories of their own, and 500")
            : Number("--weeks", 52, 1, 500) is not { } weeks ? (null, "--weeks must be between 1 and 500")
            : (new Arguments(data, given.GetValueOrDefault("--token-file") ?? Path.GetFullPath(data) + ".token", tenants, weeks), null);

        int? Number(string name, int otherwise, int least, int most) => !given.TryGetValue(name, out var text) ? otherwise
            : int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
    }
}
