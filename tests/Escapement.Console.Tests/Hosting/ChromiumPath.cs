namespace Escapement.Console.Tests.Hosting;

/// <summary>Where the system's own Chromium is.</summary>
internal static class ChromiumPath
{
    private const string Variable = "ESCAPEMENT_TEST_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(n => folders.Select(f => Path.Combine(f, n))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"The console is looked at in a real Chromium: install it (Debian: apt-get install chromium), or name one in {Variable}.");
    }
}
