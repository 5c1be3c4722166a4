using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Problems;

/// <summary>
/// Where the body of a request ends, as its headers say. What a proxy in front and the web server read differently is how requests are smuggled, and
/// the web server takes more than HTTP allows.
/// </summary>
internal static class Framing
{
    /// <summary>What is wrong, or null.</summary>
    public static string? Fault(HttpRequest request)
    {
        var codings = request.Headers.TransferEncoding;
        return codings.Count == 0 ? null
            : HttpProtocol.IsHttp10(request.Protocol) ? "HTTP/1.0 has no Transfer-Encoding (RFC 9112, section 6.1)"
            : codings is [{ } coding] && coding.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? null
            : "Transfer-Encoding must be chunked, and once";
    }
}
