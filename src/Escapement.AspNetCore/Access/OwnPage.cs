using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// Tells requests of the host's own page from those that another page makes a browser send with its cookie. A page of another origin cannot set the header
/// without asking first, and is named in Origin, which no page can choose.
/// </summary>
internal static class OwnPage
{
    public const string Header = "x-escapement-console";

    public static bool Sends(HttpRequest request) =>
        request.Headers[Header] is ["1"] && request.Headers.Origin is [{ } origin]
        && string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
