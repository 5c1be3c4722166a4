using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Gateway;
using Escapement.Runs;
using Escapement.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Gateway;

/// <summary>The platform's users calling an extension's endpoints.</summary>
internal static class GatewayEndpoint
{
    private const string NotInstalled = "This tenant has no such extension";

    public static IEndpointConventionBuilder MapGateway(this IEndpointRouteBuilder endpoints, EscapementOptions options) =>
        endpoints.Map(options.GatewayRoot + "/{extensionId}/{**path}", (RequestDelegate)(context => CallAsync(context, options)))
            .RequireAccess(options).Asks(Permission.CallExtensions).WithMetadata(new TakesNoCookies());

    private static async Task CallAsync(HttpContext context, EscapementOptions options)
    {
        // Not by metadata: what the application around us sets for its own bodies must not rule these.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = options.MaxGatewayBodyBytes;
        if (await AnswerAsync(context, options) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
        }
    }

    private static async Task<ProblemResult?> AnswerAsync(HttpContext context, EscapementOptions options)
    {
        if (options.AuthorizationPolicy is not null && BrowserCredential.MayHaveLetIn(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Refusal.SignInRefused("The gateway takes no cookies, nor what else a browser adds by itself; send a bearer token, or call from a server");
        }

        if (context.Request.Headers[GatewayHeaders.Tenant] is not [{ } header] || !TenantId.TryParse(header, out var tenant))
        {
            return Refusal.BadRequest(
                GatewayHeaders.Tenant,
                $"The header {GatewayHeaders.Tenant} must name one tenant: 1 to {TenantId.MaxLength} characters of A-Z a-z 0-9 . _ : -");
        }

        if (!GatewayHeaders.TryUser(context.Request.Headers, context.Principal().Role == EscapementRole.Gateway, out var user))
        {
            return Refusal.BadRequest(GatewayHeaders.User, $"The header {GatewayHeaders.User} must be one base64url text of JSON, of at most 8 KiB");
        }

        var extensionId = (string)context.GetRouteValue("extensionId")!;
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var gateway = context.RequestServices.GetRequiredService<ExtensionGateway>();
        var requestId = Ids.Next(time);
        context.Response.Headers["x-request-id"] = requestId.ToString();
        var request = new GatewayRequest(
            requestId,
            context.Request.Method.ToUpperInvariant(),
            GatewayPath.Read(context, options.GatewayRoot),
            GatewayHeaders.ToGuest(context.Request.Headers, requestId, tenant, extensionId, user),
            cancellationToken => ReadBodyAsync(context, options.MaxGatewayBodyTime, cancellationToken));
        if (!context.Principal().Sees(tenant))
        {
            return Refusal.NotFound(NotInstalled);
        }

        switch (await gateway.CallAsync(tenant, extensionId, request, context.RequestAborted))
        {
            case GatewayResult.Answered answered:
                await PassOnAsync(answered.Response, context);
                return null;
            case GatewayResult.Failed failed:
                return Failed(failed, requestId, context, options);
            case GatewayResult.NotReady { Reason: RunReason.Compiling } compiling:
                return Refusal.Compiling(compiling.Message, InvocationResult.NotReady.RetryAfter);
            case GatewayResult.NotReady waiting:
                return Refusal.SandboxUnavailable(waiting.Message, InvocationResult.NotReady.RetryAfter);
            case GatewayResult.Ended:
                return Refusal.CallEnded();
            case GatewayResult.Busy { Queue: CallRefusal.Node }:
                return Refusal.NodeBusy();
            case GatewayResult.Busy busy:
                return Refusal.TooManyCalls(busy.Queue == CallRefusal.Install ? "install" : "tenant");
            case GatewayResult.NotInstalled:
                return Refusal.NotFound(NotInstalled);
            case GatewayResult.Disabled:
                return Refusal.Conflict("install-disabled", "Install disabled", "The extension is disabled for this tenant");
            case GatewayResult.NoEndpoint:
                return Refusal.NotFound("The extension has no endpoint at this path");
            case GatewayResult.MethodNotAllowed other:
                return Refusal.MethodNotAllowed(other.Allowed);
            case var unknown:
                throw new InvalidOperationException($"A result that nobody knows: {unknown}");
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext context, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return null;
        }

        // The call has a place in its tenant's queue meanwhile, which a body that trickles in must not keep.
        using var late = new CancellationTokenSource(atMost, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var bytes = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(bytes, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new BadHttpRequestException($"The body took longer than {atMost}", StatusCodes.Status408RequestTimeout);
        }

        return bytes.Length == 0 ? null : bytes.ToArray();
    }

    private static async Task PassOnAsync(HandlerResponse response, HttpContext context)
    {
        context.Response.StatusCode = response.Status;
        GatewayHeaders.FromGuest(response, context.Response.Headers);
        var body = response.Status is 204 or 205 or 304 ? null : response.Body;
        if (response.Status is not (204 or 304))
        {
            context.Response.ContentLength = body?.Length ?? 0;
        }

        if (body is { Length: > 0 } bytes)
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
        else
        {
            await context.Response.StartAsync(context.RequestAborted);
        }
    }

    private static ProblemResult Failed(GatewayResult.Failed failed, Guid requestId, HttpContext context, EscapementOptions options)
    {
        var (failure, scope) = (failed.Failure, failed.Scope);
        var log = failed.Kept ? $"{context.Request.PathBase}{options.ApiRoot}/tenants/{scope.Tenant}/installs/{scope.Install}/calls/{requestId}" : null;
        return failure.MayBeAnothers
            ? Refusal.WorkerLost(failure.Message, requestId, log)
            : Refusal.ExtensionFailed(
                failure.Reason == RunReason.TimeOut ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway,
                RunExplanation.Word(failure.Reason),
                failure.Message,
                requestId,
                log);
    }
}
