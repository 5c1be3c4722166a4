using Escapement.Telemetry;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escapement.AspNetCore.Problems;

/// <summary>
/// Turns whatever goes wrong below our own paths into a problem with a body: statuses that routing, authentication or the server
/// set without a word, unreadable requests, a store that is away, and bugs. Other paths belong to the application around us.
/// </summary>
internal sealed partial class ProblemMiddleware(
    RequestDelegate next, IOptions<EscapementOptions> options, EscapementTelemetry telemetry, ILogger<ProblemMiddleware> logger)
{
    private readonly bool ownsAllPaths = options.Value.OwnsAllPaths;
    private readonly PathString api = options.Value.ApiRoot;
    private readonly PathString gateway = options.Value.GatewayRoot;
    private readonly PathString openApi = options.Value.OpenApiPath;

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        return ownsAllPaths || path.StartsWithSegments(api) || path.StartsWithSegments(gateway) || path == openApi ? GuardAsync(context) : next(context);
    }

    private async Task GuardAsync(HttpContext context)
    {
        // Whatever answers, below or in place of what is below.
        context.Response.OnStarting(Guard, context);
        if (RawPath.Fault(context) is { } fault)
        {
            await Refusal.BadRequest(fault).ExecuteAsync(context);
            return;
        }

        if (Framing.Fault(context.Request) is { } framing)
        {
            // Where this request ends and the next begins is what is in doubt.
            context.Response.Headers.Connection = "close";
            await Refusal.BadRequest(framing).ExecuteAsync(context);
            return;
        }

        ProblemBody problem;
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
            {
                await ProblemResult.WriteAsync(context.Response, Refusal.ForStatus(context.Response.StatusCode, Largest(context)));
            }

            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever has closed its half alone still reads: without a word of ours it would read 200.
            if (!context.Response.HasStarted)
            {
                context.Response.Clear();
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }

            return;
        }
        catch (BadHttpRequestException e)
        {
            problem = Refusal.ForStatus(e.StatusCode, Largest(context));
        }
        catch (StoreUnavailableException e)
        {
            // The exception's message names files and folders, which are the operator's to know: it goes to the log, without a stack
            // trace for each request of an outage.
            telemetry.Store.Failed("http");
            StoreUnavailable(context.Request.Method, context.TraceIdentifier, e.Message);
            problem = Refusal.UnavailableBody(Unavailable(e, context.Request.Method)) with { TraceId = context.TraceIdentifier };
        }
#pragma warning disable CA1031 // the outermost guard of the API: every bug becomes an answer and a log entry
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed(e, context.Request.Method, context.TraceIdentifier);
            problem = Refusal.ForStatus(500) with { TraceId = context.TraceIdentifier };
        }

        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        await ProblemResult.WriteAsync(context.Response, problem);
    }

    // No browser is to guess what an answer is; nor to keep one that a cookie or a token was good for, which would outlast the sign-out; nor to show it in
    // the frame of a page of another origin, which a page at another port of this host is too, though its requests bring the cookie.
    private Task Guard(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";

        // Whatever asks who is calling, metrics too, and how the host is, which is true at that moment only; the files of the console do not.
        var path = context.Request.Path;
        if (path.StartsWithSegments(api) || path == openApi || path.Value is "/healthz" or "/readyz"
            || context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null)
        {
            headers.CacheControl = headers.CacheControl is { Count: > 0 } said ? said : "no-store";
            headers.ContentSecurityPolicy = headers.ContentSecurityPolicy is { Count: > 0 } own ? own : "default-src 'none'; frame-ancestors 'none'";
        }

        return Task.CompletedTask;
    }

    private static long? Largest(HttpContext context) => context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    private static string Unavailable(StoreUnavailableException e, string method) => e.MayHaveStored && !HttpMethods.IsGet(method)
        ? "The store cannot be used at the moment, and was lost before it answered: whether the change was made is not known. Look before you repeat it"
        : "The store cannot be used at the moment; nothing was changed";

    /// <summary>Puts the middleware in front of everything, so that an application need not know of it.</summary>
    internal sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<ProblemMiddleware>();
            next(app);
        };
    }
}
