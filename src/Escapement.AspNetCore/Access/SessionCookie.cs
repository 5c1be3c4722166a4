using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// The cookie of a session. On https its name has the prefix by which browsers take it from this host alone and over https; on plain http that cannot be
/// had, and it holds the port and the base instead, because cookies of all ports of a host meet.
/// </summary>
internal static class SessionCookie
{
    private const int HashChars = 16;
    private const string Flight = "-signin";

    /// <summary>The secret that a request brings; null when it brings none, or more than one.</summary>
    public static string? Read(HttpRequest request) => Read(request, NameOf(request));

    /// <summary>What a browser kept while it was at the provider.</summary>
    public static string? ReadFlight(HttpRequest request) => Read(request, NameOf(request) + Flight);

    public static void Write(HttpResponse response, string secret, TimeSpan age) => Append(response, "", secret, age);

    public static void Clear(HttpResponse response) => Append(response, "", "", TimeSpan.Zero);

    public static void WriteFlight(HttpResponse response, string text, TimeSpan age) => Append(response, Flight, text, age);

    /// <summary>Why a request cannot be answered with a cookie that only its browser sends back; null when it can.</summary>
    public static string? FindObstacle(HttpContext context, EscapementOptions options)
    {
        if (context.Request.IsHttps || options.AllowHttp || IsLoopback(context))
        {
            return null;
        }

        return "Signing in with a browser needs https. If a proxy in front of the host speaks it, name that proxy in the setting Proxies and let it send "
            + "X-Forwarded-Proto; if nobody else can listen on this network, set AllowHttp";
    }

    private static string? Read(HttpRequest request, string name)
    {
        // Not request.Cookies: that takes one of several of a name, and which one is somebody else's choice.
        string? found = null;
        foreach (var pair in request.Headers.Cookie.SelectMany(header => (header ?? "").Split(';', StringSplitOptions.TrimEntries)))
        {
            if (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name, StringComparison.Ordinal))
            {
                if (found is not null)
                {
                    return null;
                }

                found = pair[(name.Length + 1)..];
            }
        }

        return found;
    }

    private static bool IsLoopback(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address)
        && (context.Request.Host.Host is "localhost" || (System.Net.IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host)
            && System.Net.IPAddress.IsLoopback(host)));

    private static string NameOf(HttpRequest request)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.PathBase.Value ?? "")))[..HashChars];
        return request.IsHttps ? $"__Host-escapement-{hash}" : $"escapement-{request.Host.Port ?? 80}-{hash}";
    }

    private static void Append(HttpResponse response, string suffix, string value, TimeSpan age)
    {
        var request = response.HttpContext.Request;
        var cookie = new SetCookieHeaderValue(NameOf(request) + suffix, value)
        {
            HttpOnly = true,
            Secure = request.IsHttps,
            SameSite = Microsoft.Net.Http.Headers.SameSiteMode.Lax,
            Path = request.IsHttps || !request.PathBase.HasValue ? "/" : request.PathBase.Value,
            MaxAge = age,
        };
        response.Headers.Append(HeaderNames.SetCookie, cookie.ToString());
    }
}
