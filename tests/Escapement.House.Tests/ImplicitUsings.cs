namespace Escapement.House.Tests;

/// <summary>The namespaces that sources use without saying so.</summary>
internal static class ImplicitUsings
{
    /// <summary>Those of every project.</summary>
    public static IReadOnlyList<string> OfAll { get; } =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    /// <summary>Those that Microsoft.NET.Sdk.Web adds.</summary>
    public static IReadOnlyList<string> OfWeb { get; } =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];
}
