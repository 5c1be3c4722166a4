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
    public static IEndpointConventionBuilder MapGateway(this IEndpointRouteBuilder endpoints, EscapementOptions options) =>
        endpoints.Map(options.GatewayRoot + "/{extensionId}/{**path}", (RequestDelegate)(context => CallAsync(context, options)))
            .RequireAccess(options);

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
        if (context.Request.Headers[GatewayHeaders.Tenant] is not [{ } header] || !TenantId.TryParse(header, out var tenant))
        {
            return Refusal.BadRequest(
                GatewayHeaders.Tenant,
                $"The header {GatewayHeaders.Tenant} must name one tenant: 1 to {TenantId.MaxLength} characters of A-Z a-z 0-9 . _ : -");
        }

        var url = GatewayPath.Read(context, options.GatewayRoot);
        var extensionId = (string)context.GetRouteValue("extensionId")!;
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var gateway = context.RequestServices.GetRequiredService<ExtensionGateway>();
        var requestId = Ids.Next(time).ToString();
        context.Response.Headers["x-request-id"] = requestId;
        var request = new HandlerRequest(
            requestId,
            context.Request.Method.ToUpperInvariant(),
            url,
            GatewayHeaders.ToGuest(context.Request.Headers, requestId, tenant, extensionId),
            await ReadBodyAsync(context));
        return await gateway.CallAsync(tenant, extensionId, request, context.RequestAborted) switch
        {
            GatewayResult.Called called => await PassOnAsync(called.Invoked.Result, context),
            GatewayResult.NotInstalled => Refusal.NotFound("This tenant has no such extension"),
            GatewayResult.Disabled => Refusal.Conflict("install-disabled", "Install disabled", "The extension is disabled for this tenant"),
            GatewayResult.NoEndpoint => Refusal.NotFound("The extension has no endpoint at this path"),
            GatewayResult.MethodNotAllowed other => Refusal.MethodNotAllowed(other.Allowed),
            var unknown => throw new InvalidOperationException($"A result that nobody knows: {unknown}"),
        };
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return bytes.Length == 0 ? null : bytes.ToArray();
    }

    private static async ValueTask<ProblemResult?> PassOnAsync(InvocationResult result, HttpContext context)
    {
        switch (result)
        {
            case InvocationResult.Responded { Response: { Status: >= 200 and <= 599 } response }:
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

                return null;
            case InvocationResult.Responded { Response.Status: var status }:
                return Refusal.ExtensionFailed(
                    StatusCodes.Status502BadGateway, reason: null, $"The extension answered with status {status}, which is not one of HTTP's 200 to 599");
            case InvocationResult.Failed failed:
                var code = failed.Reason == RunReason.TimeOut ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway;
                return Refusal.ExtensionFailed(code, RunExplanation.Word(failed.Reason), failed.Message);
            case InvocationResult.NotCompiled compiling:
                return Refusal.Compiling(compiling.Message, InvocationResult.NotCompiled.RetryAfter);
            default:
                // The caller went away, and nobody reads this; or the host is stopping.
                return Refusal.Unavailable("The call was ended before the extension answered");
        }
    }
}
