namespace Escapement.AspNetCore.Console.Serving;

/// <summary>The path below which the console finds <c>api/v1</c>.</summary>
internal static class ApiParent
{
    private const string Api = "/api";

    /// <summary>It, with a slash at its end, from the application's path base on.</summary>
    /// <exception cref="InvalidOperationException">The API lies where the console does not look.</exception>
    public static string Of(EscapementOptions options)
    {
        var prefix = options.ApiPrefix.TrimEnd('/');
        return prefix.EndsWith(Api, StringComparison.Ordinal)
            ? prefix[..^Api.Length] + "/"
            : throw new InvalidOperationException($"""
                The console finds the API below a path that ends with /api, and ApiPrefix is "{options.ApiPrefix}": set it to one such as "{prefix}/api".
                """);
    }
}
