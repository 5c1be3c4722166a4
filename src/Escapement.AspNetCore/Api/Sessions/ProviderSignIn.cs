using System.Security.Cryptography;
using System.Text;
using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Sessions;

/// <summary>Signing in at the provider: a link that leads there, and where it leads back to.</summary>
internal static class ProviderSignIn
{
    /// <summary>Beside the other routes: a provider may add parameters of its own to the address that it leads back to.</summary>
    public static void MapProviderSignIn(this IEndpointRouteBuilder endpoints, EscapementOptions options)
    {
        var session = endpoints.MapGroup(options.ApiRoot + "/session").WithTags("Session").AllowAnonymous();
        session.MapGet("/sign-in", BeginAsync)
            .Describe("signIn", "Sign in at the provider", "For browsers: leads to the provider, and back to the path that returnTo names.")
            .Produces(302).Refuses(400, 401, 403, 503);
        session.MapGet("/callback", EndAsync)
            .Describe("endSignIn", "Come back from the provider", "For browsers that the provider sends: sets the session's cookie.")
            .Produces(302).Refuses(400, 401, 403, 503);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, CodeFlow flow, EscapementOptions options, [FromQuery] string? returnTo)
    {
        if (SessionCookie.FindObstacle(context, options) is { } obstacle)
        {
            return Refusal.Forbidden(obstacle);
        }

        var start = context.Request.PathBase.Value + "/";
        var path = returnTo ?? start;
        if (!SignInFlight.IsOwnPath(path))
        {
            return Refusal.BadRequest("returnTo", "returnTo must be a path of this origin, such as /schedules");
        }

        try
        {
            var flight = SignInFlight.To(path, start);
            var there = await flow.BeginAsync(flight, RedirectUri(context, options), context.RequestAborted);
            SessionCookie.WriteFlight(context.Response, flight.Write(), SignInFlight.Longest);
            return Redirect(context, there);
        }
        catch (SignInUnavailableException)
        {
            return Refusal.SignInUnavailable();
        }
    }

    private static async Task<IResult> EndAsync(
        HttpContext context, CodeFlow flow, SessionOperations sessions, EscapementOptions options, [FromQuery] string? code, [FromQuery] string? state)
    {
        var flight = SignInFlight.Read(SessionCookie.ReadFlight(context.Request));
        SessionCookie.WriteFlight(context.Response, "", TimeSpan.Zero);
        if (flight is null || state is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(flight.State)))
        {
            return Refusal.BadRequest("This sign-in was not begun in this browser, or it took too long; begin again");
        }

        if (code is null)
        {
            return Refusal.SignInRefused("The provider signed nobody in");
        }

        try
        {
            var end = await flow.EndAsync(flight, code, RedirectUri(context, options), context.RequestAborted);
            if (!end.IsSignedIn)
            {
                await SignInRefusal.SlowDownAsync(context);
                return context.Features.Get<SignInRefusal>()?.Answer ?? Refusal.SignInRefused("What the provider sent back does not prove who has signed in");
            }

            if (end.Caller is not { } caller)
            {
                return Refusal.Forbidden(
                    "The provider knows who has signed in; no setting says what they may do here, or their name is one that the audit keeps for the host");
            }

            if (!SessionOperations.IsFor(caller))
            {
                return SessionEndpoints.NotForBrowsers();
            }

            var (_, secret) = await sessions.BeginAsync(caller, context.RequestAborted);
            await SessionEndpoints.EndFormerAsync(context, sessions);
            SessionCookie.Write(context.Response, secret, ConsoleSession.Longest);
            return Redirect(context, flight.ReturnTo);
        }
        catch (SignInUnavailableException)
        {
            return Refusal.SignInUnavailable();
        }
    }

    private static IResult Redirect(HttpContext context, string location)
    {
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Redirect(location);
    }

    private static string RedirectUri(HttpContext context, EscapementOptions options) =>
        $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{options.ApiRoot}/session/callback";
}
