using Escapement.AspNetCore.OpenApi;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Escapement.AspNetCore.Api;

/// <summary>
/// The header <c>If-Match</c>: a change is made only to what its caller saw. A route says <see cref="TakesIfMatch"/> in its entry, and its handler gives
/// <see cref="IfMatch.Expects{T}"/> to the operation, which asks inside the change's transaction.
/// </summary>
internal static class IfMatchRoutes
{
    /// <summary>Says that a route takes <c>If-Match</c>.</summary>
    public static RouteHandlerBuilder TakesIfMatch(this RouteHandlerBuilder route) => route
        .WithMetadata(new RequestHeader("If-Match", "The etag that the change is made to; without it the change is made to whatever is there"))
        .Refuses(400, 412)
        .AddEndpointFilter((invocation, next) =>
        {
            var headers = invocation.HttpContext.Request.Headers.IfMatch;
            if (headers.Count == 0)
            {
                return next(invocation);
            }

            if (!EntityTagHeaderValue.TryParseList(headers, out var tags) || tags.Count == 0)
            {
                return ValueTask.FromResult<object?>(Refusal.BadRequest("If-Match", "If-Match must be an etag in double quotes, or *"));
            }

            invocation.HttpContext.Features.Set(new IfMatch([.. tags]));
            return next(invocation);
        });

    /// <summary>What the caller expects to be there; null when they said nothing.</summary>
    public static IfMatch? IfMatch(this HttpContext context) => context.Features.Get<IfMatch>();
}

/// <summary>What a caller expects to be there.</summary>
internal sealed class IfMatch(IReadOnlyList<EntityTagHeaderValue> tags)
{
    /// <summary>
    /// Asks of a thing, as the store has it, whether it is as its caller saw it. Weak tags never match: they say that something is alike, and not that it
    /// is the same.
    /// </summary>
    /// <param name="fields">The fields of its tag.</param>
    public Func<T, bool> Expects<T>(Func<T, IReadOnlyList<(string Name, object? Value)>> fields) => thing =>
    {
        var etag = EntityTag.Of(fields(thing));
        return tags.Any(t => t.Tag == "*" || (!t.IsWeak && t.Tag.AsSpan().Trim('"').SequenceEqual(etag)));
    };

    /// <summary>Refuses a change of what is not as its caller saw it, and says what of it is not.</summary>
    /// <param name="fields">The fields of its tag, as they are.</param>
    /// <param name="current">The thing as it is.</param>
    public ProblemResult Refuse(IReadOnlyList<(string Name, object? Value)> fields, ITagged current) =>
        Refusal.ChangedMeanwhile(tags is [{ IsWeak: false } one] ? EntityTag.Changed(one.Tag.ToString().Trim('"'), fields) : [], current);
}
