using System.Globalization;
using Escapement.AspNetCore.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Health;

/// <summary>What orchestrators ask, without a token: restart me (<c>/healthz</c>), send me work (<c>/readyz</c>).</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints, EscapementOptions options)
    {
        var alive = new AliveJson("alive", options.TimeLapse > 1 ? [TimeLapseWarning(options.TimeLapse)] : null);
        endpoints.MapGet("/healthz", () => Answer.Json(alive))
            .AllowAnonymous().WithTags("Health").Describe("getHealth", "Whether the process is alive").Answers<AliveJson>(200);
        endpoints.MapGet("/readyz", GetReadinessAsync)
            .AllowAnonymous().WithTags("Health").Describe("getReadiness", "Whether this node can do its work").Answers<ReadyJson>(200, 503);

        // As some probes ask: the same without a body, which the web server leaves out.
        endpoints.MapMethods("/healthz", [HttpMethods.Head], () => Answer.Json(alive)).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapMethods("/readyz", [HttpMethods.Head], GetReadinessAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static string TimeLapseWarning(double factor) => string.Create(
        CultureInfo.InvariantCulture,
        $"The clock runs {factor} times faster than real time. This is for demonstrations only: schedules fire at the wrong time");

    private static async Task<IResult> GetReadinessAsync(Readiness readiness, CancellationToken cancellationToken)
    {
        var answer = await readiness.CheckAsync(cancellationToken);
        return Answer.Json(answer, answer.Status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>The answer of <c>/healthz</c>.</summary>
/// <param name="Status"><c>alive</c>.</param>
/// <param name="Warnings">What an operator should know; absent when there is nothing.</param>
internal sealed record AliveJson(string Status, IReadOnlyList<string>? Warnings);
