using System.Security.Claims;
using System.Text.Encodings.Web;
using Escapement.Access;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escapement.AspNetCore.Access;

/// <summary>Knows a browser by its session's cookie. What changes something must come from the host's own page.</summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AcceptedSessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "EscapementSession";

    /// <summary>By which the console says, as 1, that a request is its own doing: nobody has touched the page for minutes.</summary>
    public const string UnattendedHeader = "x-escapement-unattended";

    /// <summary>Whether a request is to be looked at here: it brings a cookie and no token, and its route takes cookies.</summary>
    public static bool IsFor(HttpContext context) =>
        context.Request.Headers.Authorization.Count == 0
        && context.GetEndpoint()?.Metadata.GetMetadata<TakesNoCookies>() is null
        && SessionCookie.Read(context.Request) is not null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!BrowserCredential.IsLook(Request.Method) && !OwnPage.Sends(Request))
        {
            Context.Features.Set(new SignInRefusal(Refusal.Forbidden("With a cookie, changes are taken from the host's own page alone")));
            return AuthenticateResult.Fail("Not from the host's own page");
        }

        if (SessionOperations.Hash(SessionCookie.Read(Request) ?? "") is not { } hash
            || await sessions.FindAsync(hash, IsUse(), Context.RequestAborted) is not { } session)
        {
            return AuthenticateResult.Fail("The session is over");
        }

        Context.Features.Set(session);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new EscapementIdentity(session.Bearer)), SchemeName));
    }

    // A page that is left open watches, asks again whenever something happens, and is asked every few seconds whether it still may: none of that is somebody.
    private bool IsUse() => Context.GetEndpoint()?.Metadata.GetMetadata<IsNoUse>() is null && Request.Headers[UnattendedHeader] is not ["1"];
}

/// <summary>Marks a route by which nobody uses their session.</summary>
internal sealed record IsNoUse;

/// <summary>Marks a route that no cookie lets in to.</summary>
internal sealed record TakesNoCookies;
