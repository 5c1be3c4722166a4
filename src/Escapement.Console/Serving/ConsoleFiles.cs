using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Escapement.AspNetCore.Console.Serving;

/// <summary>The files that the build put into this assembly, by their addresses below the console's.</summary>
internal static class ConsoleFiles
{
    /// <summary>Where those lie whose names change with their content.</summary>
    public const string Assets = "assets/";

    private const string Resources = "console/";
    private const string Index = "index.html";

    private static readonly Assembly Own = typeof(ConsoleFiles).Assembly;

    /// <summary>All but the page itself.</summary>
    public static FrozenDictionary<string, ConsoleFile> All { get; } = Own.GetManifestResourceNames()
        .Where(n => n.StartsWith(Resources, StringComparison.Ordinal) && !ConsoleFile.IsForm(n))
        .Select(n => n[Resources.Length..])
        .Where(n => n != Index)
        .ToFrozenDictionary(n => n, n => new ConsoleFile(n, Read), StringComparer.Ordinal);

    /// <summary>The page as the build made it.</summary>
    public static string Page =>
        Encoding.UTF8.GetString(Read(Index) ?? throw new InvalidOperationException("This assembly was built without the console."));

    private static byte[]? Read(string name)
    {
        using var resource = Own.GetManifestResourceStream(Resources + name);
        if (resource is null)
        {
            return null;
        }

        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
