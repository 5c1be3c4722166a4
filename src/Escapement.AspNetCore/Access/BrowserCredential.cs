using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// Under a policy of the application's own nobody here knows what lets a request in. A browser adds cookies, certificates and passwords that it keeps to
/// whatever any page has it send; a bearer token it never adds. That a browser sends it shows by Cookie, Origin or Sec-Fetch-Site.
/// </summary>
internal static class BrowserCredential
{
    /// <summary>Under the application's policy: what changes something and may have been let in so must come from the host's own page.</summary>
    public static RouteGroupBuilder RefuseForeignPages(this RouteGroupBuilder group, EscapementOptions options)
    {
        if (options.AuthorizationPolicy is not null)
        {
            group.AddEndpointFilter(async (invocation, next) =>
                invocation.HttpContext.Request is var request && !IsLook(request.Method) && MayHaveLetIn(request) && !OwnPage.Sends(request)
                    ? Refusal.Forbidden(
                        "From a browser, changes are taken from the host's own page alone: of the host's origin, with the header "
                        + $"{OwnPage.Header}: 1. Other callers send a bearer token, or neither Cookie nor Origin")
                    : await next(invocation));
        }

        return group;
    }

    /// <summary>Whether it may be something that a browser adds by itself that let a request in.</summary>
    public static bool MayHaveLetIn(HttpRequest request) =>
        BearerToken.Of(request) is null
        && (request.Headers.Cookie.Count > 0 || request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site"));

    /// <summary>Whether a method changes nothing.</summary>
    public static bool IsLook(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
