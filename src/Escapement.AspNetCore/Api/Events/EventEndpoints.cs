using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Escapement.AspNetCore.Api.Events;

/// <summary>What happens, as server-sent events: of a tenant, and for those who have all tenants of all.</summary>
internal static class EventEndpoints
{
    private const string Description =
        "Server-sent events, best effort: run and schedule, with what happened to them, and counts in place of more than 20 a second. "
        + "resync says that something is missing, as at the beginning: read again what is shown. Whether the caller may is asked each 5 seconds.";

    public static void MapTenantEvents(this RouteGroupBuilder tenant) =>
        tenant.MapGet("/events", (HttpContext context, EventFeed feed) => StreamAsync(context, feed, context.Tenant())).WithTags("Events")
            .Asks(Permission.ReadTenant).WithMetadata(new IsNoUse())
            .Describe("watchTenant", "Watch a tenant", Description)
            .Produces<string>(200, ServerSentEvents.ContentType).Refuses(429, 503);

    public static void MapAllEvents(this RouteGroupBuilder api) =>
        api.MapGet("/events", (HttpContext context, EventFeed feed) => StreamAsync(context, feed, tenant: null)).WithTags("Events")
            .Asks(Permission.ReadNode).WithMetadata(new IsNoUse())
            .Describe("watchAll", "Watch all tenants", Description)
            .Produces<string>(200, ServerSentEvents.ContentType).Refuses(429, 503);

    private static async Task<IResult> StreamAsync(HttpContext context, EventFeed feed, TenantId? tenant)
    {
        var caller = context.Principal();
        var watcher = caller.Role == EscapementRole.Operator ? null : CallerKey.Of(caller);
        using var stream = feed.Open(tenant, watcher);
        if (stream is null)
        {
            return feed.IsShareTaken(tenant, watcher) ? Refusal.StreamShareTaken() : Refusal.TooManyStreams();
        }

        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = ServerSentEvents.ContentType;
        var access = new AccessAgain(context, tenant);
        var pump = new EventPump(
            stream,
            (sent, ct) => ServerSentEvents.WriteAsync(context.Response, sent, ct),
            access.IsLetInAsync,
            context.RequestServices.GetRequiredService<TimeProvider>());
        try
        {
            await pump.RunAsync(ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // Whoever watched is gone, or the host is going.
        }

        return TypedResults.Empty;
    }
}
