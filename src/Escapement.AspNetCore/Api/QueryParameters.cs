using System.Reflection;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api;

/// <summary>Refuses query parameters that a route does not have: a filter with a wrong name would answer with everything.</summary>
internal static class QueryParameters
{
    // What the generator of handlers reads: nothing that is inherited.
    private const BindingFlags Read = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static RouteGroupBuilder RefuseUnknownParameters(this RouteGroupBuilder group) => group.AddEndpointFilterFactory((factory, next) =>
    {
        var known = factory.MethodInfo.GetParameters()
            .SelectMany(p => p.IsDefined(typeof(AsParametersAttribute)) ? p.ParameterType.GetProperties(Read).Select(Named) : [Named(p)])
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var takes = known.Count > 0 ? $"This operation has {string.Join(", ", known)}" : "This operation has none";
        return invocation => invocation.HttpContext.Request.Query.Keys.FirstOrDefault(k => !known.Contains(k)) is { } unknown
            ? ValueTask.FromResult<object?>(Refusal.BadRequest(unknown, $"{Excerpt.Plain(unknown)} is not a query parameter here. {takes}"))
            : invocation.HttpContext.Request.Query.FirstOrDefault(p => p.Value.Any(HoldsNull)) is { Key: { } holding }
            ? ValueTask.FromResult<object?>(Refusal.BadRequest(holding, $"{holding} must not hold the character U+0000; nothing that is stored has it"))
            : next(invocation);
    }).Refuses(400);

    // No text that is stored has it, and databases take none that does.
    private static bool HoldsNull(string? value) => value?.Contains('\0', StringComparison.Ordinal) == true;

    private static string? Named(ParameterInfo parameter) => Query(parameter) is { } taken ? taken.Name ?? parameter.Name : null;

    private static string? Named(PropertyInfo property) => Query(property) is { } taken ? taken.Name ?? property.Name : null;

    private static IFromQueryMetadata? Query(ICustomAttributeProvider taken) =>
        taken.GetCustomAttributes(inherit: true).OfType<IFromQueryMetadata>().FirstOrDefault();
}
