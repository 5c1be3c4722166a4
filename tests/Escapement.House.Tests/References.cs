using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Escapement.House.Tests;

/// <summary>Assemblies to compile against, each read once.</summary>
internal static class References
{
    private static readonly ConcurrentDictionary<string, MetadataReference> Read = [];

    /// <summary>What this program runs on and with: .NET, ASP.NET Core, and every package that the product uses.</summary>
    public static IReadOnlyList<string> Running { get; } = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    public static IEnumerable<MetadataReference> Of(IEnumerable<string> paths) =>
        paths.Select(path => Read.GetOrAdd(path, p => MetadataReference.CreateFromFile(p)));
}
