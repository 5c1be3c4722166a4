using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// Tells requests of the host's own page from those that another page makes a browser send with its cookie. A page of another origin cannot set the header
/// without asking first, and is named in Origin, which no page can choose.
/// </summary>
internal static class OwnPage
{
    public const string Header = "x-escapement-console";

    /// <summary>Whether a look is one of the host's own page; browsers send no Origin with those.</summary>
    public static bool Asks(HttpRequest request) => request.Headers[Header] is ["1"];

    /// <summary>Whether a change is.</summary>
    public static bool Sends(HttpRequest request) =>
        Asks(request) && request.Headers.Origin is [{ } origin]
        && string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Marks the route that tells the host's own page that nobody is signed in: browsers write each 401 into their console, also one that was to be expected.
/// </summary>
internal sealed record SaysNobody;
