using System.Reflection;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api;

/// <summary>Refuses query parameters that a route does not have: a filter with a wrong name would answer with everything.</summary>
internal static class QueryParameters
{
    public static RouteGroupBuilder RefuseUnknownParameters(this RouteGroupBuilder group) => group.AddEndpointFilterFactory((factory, next) =>
    {
        var known = factory.MethodInfo.GetParameters()
            .SelectMany(p => p.IsDefined(typeof(AsParametersAttribute)) ? p.ParameterType.GetProperties().Select(Named) : [Named(p)])
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var takes = known.Count > 0 ? $"This operation has {string.Join(", ", known)}" : "This operation has none";
        return invocation => invocation.HttpContext.Request.Query.Keys.FirstOrDefault(k => !known.Contains(k)) is { } unknown
            ? ValueTask.FromResult<object?>(Refusal.BadRequest(unknown, $"{unknown} is not a query parameter here. {takes}"))
            : next(invocation);
    }).Refuses(400);

    private static string? Named(ParameterInfo parameter) => Query(parameter) is { } taken ? taken.Name ?? parameter.Name : null;

    private static string? Named(PropertyInfo property) => Query(property) is { } taken ? taken.Name ?? property.Name : null;

    private static IFromQueryMetadata? Query(ICustomAttributeProvider taken) =>
        taken.GetCustomAttributes(inherit: true).OfType<IFromQueryMetadata>().FirstOrDefault();
}
