using System.Buffers;
using System.Collections.Frozen;
using Escapement.Sandbox;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Gateway;

/// <summary>Which headers cross the border between a platform's users and guest code, in each direction.</summary>
internal static class GatewayHeaders
{
    public const string Tenant = "x-alga-tenant";

    // RFC 9110, section 7.6.1: these speak of one connection, not of the message.
    private static readonly string[] HopByHop =
        ["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

    // The caller's credentials are for the host alone; a guest that saw them could act as the caller.
    private static readonly FrozenSet<string> NotToGuest = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, [.. HopByHop, "authorization", "cookie", "content-length", "x-request-id", "x-idempotency-key"]);

    // The platform's origin is not the guest's: no cookies in its name, no word on who may read or what browsers keep of it.
    private static readonly FrozenSet<string> NotFromGuest = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [.. HopByHop, "content-length", "set-cookie", "server", "date", "x-request-id", "content-security-policy", "x-content-type-options",
            "strict-transport-security", "clear-site-data", "service-worker-allowed", "alt-svc", "www-authenticate"]);

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The caller's headers as the guest may see them, and those that the host answers for.</summary>
    public static List<KeyValuePair<string, string>> ToGuest(IHeaderDictionary headers, string requestId, TenantId tenant, string extensionId)
    {
        var named = headers.Connection.SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var passed = new List<KeyValuePair<string, string>>(headers.Count + 3);
        foreach (var (name, values) in headers)
        {
            if (NotToGuest.Contains(name) || named.Contains(name) || IsTheHosts(name))
            {
                continue;
            }

            passed.AddRange(values.Select(v => new KeyValuePair<string, string>(name.ToLowerInvariant(), v ?? "")));
        }

        passed.Add(new("x-request-id", requestId));
        passed.Add(new(Tenant, tenant.Value));
        passed.Add(new("x-alga-extension", extensionId));
        return passed;
    }

    /// <summary>Sets the guest's headers on the response, without those it has no say in and those that are not HTTP.</summary>
    public static void FromGuest(HandlerResponse response, IHeaderDictionary headers)
    {
        foreach (var (name, value) in response.Headers)
        {
            if (!NotFromGuest.Contains(name) && !name.StartsWith("access-control-", StringComparison.OrdinalIgnoreCase) && IsName(name) && IsValue(value))
            {
                headers.Append(name, value);
            }
        }

        // What a guest answers is data of the platform's API. A browser that is led to it must not run it as the platform's page.
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }

    private static bool IsTheHosts(string name) =>
        name.StartsWith("x-alga-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("x-scheduler-", StringComparison.OrdinalIgnoreCase);

    private static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    private static bool IsValue(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
