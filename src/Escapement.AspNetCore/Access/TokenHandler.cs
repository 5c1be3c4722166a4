using System.Security.Claims;
using System.Text.Encodings.Web;
using Escapement.Access;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escapement.AspNetCore.Access;

/// <summary>Knows the bearer of an API token. The token's name becomes the actor of audit entries.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AcceptedTokens tokens, TokenUses uses)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerToken.Of(Request) is not { } text)
        {
            return AuthenticateResult.NoResult();
        }

        var withoutStore = Context.GetEndpoint()?.Metadata.GetMetadata<WorksWithoutStore>() is not null;
        if (TokenSecret.Hash(text) is not { } hash || await tokens.FindAsync(hash, withoutStore, Context.RequestAborted) is not { } token)
        {
            await SignInRefusal.SlowDownAsync(Context);
            return AuthenticateResult.Fail("The token is not known");
        }

        uses.Note(token.Id);
        Context.Features.Set(token);
        var user = new ClaimsPrincipal(new EscapementIdentity(token.Caller));
        return AuthenticateResult.Success(new AuthenticationTicket(user, EscapementAccess.Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<SignInRefusal>() is { } refusal)
        {
            return refusal.Answer.ExecuteAsync(Context);
        }

        if (Context.GetEndpoint()?.Metadata.GetMetadata<SaysNobody>() is not null && Request.Headers.Authorization.Count == 0 && OwnPage.Asks(Request))
        {
            Response.StatusCode = StatusCodes.Status204NoContent;
            Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }

        // RFC 6750, section 3.1: a request without a token is told no error code.
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";
        return BearerToken.Of(Request) is null
            ? ProblemResult.WriteAsync(Response, Refusal.ForStatus(StatusCodes.Status401Unauthorized))
            : Refusal.WrongToken().ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Context.GetEndpoint()?.Metadata.GetMetadata<AskedPermission>() is { Permission: var asked }
            ? Refusal.Forbidden(PermissionWords.Need(asked)).ExecuteAsync(Context)
            : ProblemResult.WriteAsync(Response, Refusal.ForStatus(StatusCodes.Status403Forbidden));
}
