using Escapement.Pausing;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>
/// Shows schedules with the pauses over them. Those above are asked for before the handler runs, because an answer that is kept is made inside the
/// change's transaction, where nothing can be asked.
/// </summary>
internal static class ShownSchedules
{
    /// <summary>Says that a route below an install shows schedules by <see cref="Show"/>.</summary>
    public static RouteHandlerBuilder ShowsSchedules(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (invocation, next) =>
    {
        var context = invocation.HttpContext;
        var operations = context.RequestServices.GetRequiredService<PauseOperations>();
        context.Features.Set(new Above(operations, await operations.AboveAsync(context.InstalledExtension().Install.Scope, context.RequestAborted)));
        return await next(invocation);
    });

    /// <summary>A schedule as it is shown.</summary>
    public static ScheduleJson Show(this HttpContext context, Schedule schedule) => ScheduleJson.Of(schedule, context.PausesOver(schedule));

    /// <summary>The pauses in force over a schedule.</summary>
    public static IReadOnlyList<Pause> PausesOver(this HttpContext context, Schedule schedule)
    {
        var above = context.Features.GetRequiredFeature<Above>();
        return above.Operations.Over(schedule, above.Pauses);
    }

    private sealed record Above(PauseOperations Operations, IReadOnlyList<Pause> Pauses);
}
