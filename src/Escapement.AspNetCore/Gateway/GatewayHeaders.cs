using System.Buffers.Text;
using System.Collections.Frozen;
using Escapement.Gateway;
using Escapement.Sandbox;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Gateway;

/// <summary>Which headers cross the border between a platform's users and guest code, in each direction.</summary>
internal static class GatewayHeaders
{
    public const string Tenant = "x-alga-tenant";

    /// <summary>On whose behalf the platform's backend calls: base64url of JSON. It counts from the role gateway alone.</summary>
    public const string User = "x-escapement-user";

    private const int MaxUser = 8 << 10;

    // RFC 9110, section 7.6.1: these speak of one connection, not of the message. And the caller's credentials are for the host alone; a
    // guest that saw them could act as the caller.
    private static readonly FrozenSet<string> NotToGuest = FrozenSet.Create(
        StringComparer.Ordinal,
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        "authorization", "cookie", "content-length");

    /// <summary>The user that a platform's backend names; null for none, and from all who may not say it. False when it is not of the form.</summary>
    public static bool TryUser(IHeaderDictionary headers, bool byGateway, out string? user)
    {
        user = byGateway && headers[User] is { Count: > 0 } given ? given.ToString() : null;
        return user is null || (user.Length is > 0 and <= MaxUser && Base64Url.IsValid(user));
    }

    /// <summary>The caller's headers as the guest may see them, and those that the host answers for.</summary>
    public static List<KeyValuePair<string, string>> ToGuest(
        IHeaderDictionary headers, Guid requestId, TenantId tenant, string extensionId, string? user)
    {
        var named = headers.Connection.SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var passed = new List<KeyValuePair<string, string>>(headers.Count + 3);
        foreach (var (name, values) in headers)
        {
            // By the name that a guest's framework may make of it: x_alga_tenant is x-alga-tenant to many.
            if (NotToGuest.Contains(GuestHeaders.Normalised(name)) || named.Contains(name) || GuestHeaders.IsTheHosts(name))
            {
                continue;
            }

            passed.AddRange(values.Select(v => new KeyValuePair<string, string>(name.ToLowerInvariant(), v ?? "")));
        }

        passed.Add(new("x-request-id", requestId.ToString()));
        passed.Add(new(Tenant, tenant.Value));
        passed.Add(new("x-alga-extension", extensionId));
        if (user is not null)
        {
            passed.Add(new(User, user));
        }

        return passed;
    }

    /// <summary>Sets the headers of an answer, which the gateway has sorted.</summary>
    public static void FromGuest(HandlerResponse response, IHeaderDictionary headers)
    {
        foreach (var (name, value) in response.Headers)
        {
            headers.Append(name, value);
        }

        // What a guest answers is data of the platform's API. A browser that is led to it must not run it as the platform's page.
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }
}
