using Escapement.AspNetCore;
using Escapement.AspNetCore.Problems;
using Escapement.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Escapement.Server.Tests.Problems;

public sealed class ProblemMiddlewareTests
{
    /// <summary>A sign-in that was slowed down, and given up meanwhile, was counted as 200.</summary>
    [Fact]
    public async Task Invoke_CallerHangsUpBeforeAnAnswer_IsNoSuccess()
    {
        using var hungUp = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestAborted = hungUp.Token };
        context.Request.Path = "/api/v1/session";
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/api/v1/session";
        var middleware = new ProblemMiddleware(
            async inner =>
            {
                inner.Response.Headers.SetCookie = "left=over";
                await hungUp.CancelAsync();
                inner.RequestAborted.ThrowIfCancellationRequested();
            },
            Options.Create(new EscapementOptions()),
            new EscapementTelemetry(),
            NullLogger<ProblemMiddleware>.Instance);

        await middleware.InvokeAsync(context);

        Assert.Equal(StatusCodes.Status499ClientClosedRequest, context.Response.StatusCode);
        Assert.Equal(0, context.Response.Headers.SetCookie.Count);
    }
}
