namespace Escapement.Server.Tests.Access;

/// <summary>The table of routes in the reference: what each role may do.</summary>
internal static class AccessTable
{
    private const string NoToken = "no token";

    /// <summary>The rows: route, and cell by column.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Read()
    {
        var page = File.ReadAllText(Path.Combine(FindRoot(), "docs/reference/access.md"));
        var rows = page.Split("<!-- routes:begin -->")[1].Split("<!-- routes:end -->")[0].Trim().Split('\n')
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)).ToList();
        var columns = rows[0][1..];
        Assert.Equal(["operator", "publisher", "admin", "viewer", "gateway", NoToken], columns);
        return rows.Skip(2).ToDictionary(
            row => row[0].Trim('`'),
            row => (IReadOnlyDictionary<string, string>)columns.Zip(row[1..]).ToDictionary(c => c.First, c => c.Second));
    }

    public static bool IsOpen(this IReadOnlyDictionary<string, string> row) => row[NoToken] == "yes";

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Escapement.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository was not found");
        }

        return folder;
    }
}
