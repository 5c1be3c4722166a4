using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>The rule on what a schedule may call (contract section 4).</summary>
internal static class SchedulableEndpoint
{
    /// <summary>Finds the endpoint, or says why there is none to schedule.</summary>
    public static string? Find(EndpointSelector selector, IReadOnlyList<Endpoint> endpoints, out EndpointKey? key)
    {
        var (method, path) = selector;
        key = null;
        DeclaredEndpoint? get = null, post = null, other = null;
        foreach (var endpoint in endpoints)
        {
            var declared = endpoint.Declared;
            if (declared.Path != path || (method is not null && declared.Method != method))
            {
                continue;
            }

            switch (declared.Method)
            {
                case "GET": get = declared; break;
                case "POST": post = declared; break;
                default: other = declared; break;
            }
        }

        if (get is not null && post is not null && (get.Schedulable || post.Schedulable))
        {
            return $"{ScheduleMessages.EndpointAmbiguous}: write {Excerpt.Of($"GET {path}")} or {Excerpt.Of($"POST {path}")}";
        }

        if ((get ?? post) is { Schedulable: true } found)
        {
            key = found.Key;
            return null;
        }

        var written = Excerpt.Of(method is null ? path : $"{method} {path}");
        return $"{ScheduleMessages.EndpointNotSchedulable}: {written} {WhyNot(get ?? post ?? other)}";
    }

    private static string WhyNot(DeclaredEndpoint? endpoint) => endpoint switch
    {
        null => "is not an endpoint of the installed version",
        { Method: not ("GET" or "POST") } => "is neither GET nor POST",
        _ when EndpointPath.HasParameters(endpoint.Path) => "has path parameters",
        _ => "is declared with schedulable: false",
    };
}
