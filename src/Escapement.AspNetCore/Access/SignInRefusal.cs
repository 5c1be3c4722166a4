using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Access;

/// <summary>What a request that nobody could be found for is told in place of 401.</summary>
internal sealed record SignInRefusal(ProblemResult Answer)
{
    /// <summary>Counts a wrong token of the request's address: its answer waits, or is a refusal when too many wait already.</summary>
    public static async ValueTask SlowDownAsync(HttpContext context)
    {
        var (wait, refuse) = context.RequestServices.GetRequiredService<FailedSignIns>().Count(ClientAddress.Of(context));
        if (refuse)
        {
            context.Features.Set(new SignInRefusal(Refusal.TooManySignIns(wait)));
        }
        else if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestAborted);
        }
    }
}
