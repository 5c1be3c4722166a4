using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Escapement.AspNetCore.Routing;

/// <summary>Marks a route that would take any address: those of the host are left to the host.</summary>
internal sealed record LeavesHostPaths
{
    /// <summary>
    /// Takes such routes out of the choice before anything else is asked. A constraint would come too late: by then it is settled which methods there are,
    /// so that 405 became 404 where the host has an address with another method, and 404 became 405 where it has none.
    /// </summary>
    internal sealed class Policy(HostPaths paths) : MatcherPolicy, INodeBuilderPolicy
    {
        // Before the choice by method, which is at -1000.
        public override int Order => -2000;

        public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(Leaves);

        public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) =>
            [new(true, [.. endpoints.Where(e => !Leaves(e))]), new(false, endpoints)];

        public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges)
        {
            var (ours, others) = (exitDestination, exitDestination);
            foreach (var edge in edges)
            {
                (ours, others) = (bool)edge.State ? (edge.Destination, others) : (ours, edge.Destination);
            }

            return new ByPath(paths, ours, others);
        }

        private static bool Leaves(Endpoint endpoint) => endpoint.Metadata.GetMetadata<LeavesHostPaths>() is not null;
    }

    private sealed class ByPath(HostPaths paths, int ours, int others) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) => paths.Has(httpContext.Request.Path) ? ours : others;
    }
}
