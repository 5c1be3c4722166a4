using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Json;
using Escapement.AspNetCore.OpenApi;
using Escapement.AspNetCore.Problems;
using Escapement.Repeats;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api;

/// <summary>
/// The header <c>Idempotency-Key</c>: a request that is sent again makes nothing a second time and gets the answer of the first. A route says
/// <see cref="KeepsAnswer{TOutcome}"/> in its entry. What lets a caller in is asked each time, before any of this.
/// </summary>
internal static class Repeating
{
    public const string Header = "Idempotency-Key";

    /// <summary>What an answer that was kept carries.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    /// <summary>Says that a route takes the key.</summary>
    /// <typeparam name="TOutcome">How its change ends: what the operation answers, or its store, if the operation adds nothing.</typeparam>
    /// <param name="route">The route.</param>
    /// <param name="answer">
    /// What is answered. It is asked inside the change's transaction, where the answer is kept; so it is pure, and leaves out what is shown once.
    /// </param>
    public static RouteHandlerBuilder KeepsAnswer<TOutcome>(this RouteHandlerBuilder route, Func<HttpContext, TOutcome, IResult> answer) => route
        .WithMetadata(
            new RequestHeader(
                Header, "Of 1 to 255 visible characters. The same request sent again within 24 hours makes nothing and is answered as the first was"),
            new KeepsAnswers())
        .Refuses(400, 409, 422)
        .AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            if (context.Request.Headers[Header] is not { Count: > 0 } header)
            {
                return await next(invocation);
            }

            if (header is not [{ Length: > 0 and <= RepeatableRequest.MaxKey } key] || key.Any(c => c is <= ' ' or > '~'))
            {
                return Refusal.BadRequest(Header, $"{Header} must have 1 to {RepeatableRequest.MaxKey} visible ASCII characters");
            }

            return await AnswerAsync(context, key, (TOutcome outcome) => answer(context, outcome), () => next(invocation));
        });

    /// <summary>Notes what a body is, where it may be sent again; answers the body to read.</summary>
    public static async Task<Stream> NoteBodyAsync(HttpContext context)
    {
        if (!context.Request.Headers.ContainsKey(Header))
        {
            return context.Request.Body;
        }

        var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        context.Features.Set(new BodyHash(SHA256.HashData(copy.GetBuffer().AsSpan(0, (int)copy.Length))));
        copy.Position = 0;
        return copy;
    }

    private static async Task<object?> AnswerAsync<TOutcome>(HttpContext context, string key, Func<TOutcome, IResult> answer, Func<ValueTask<object?>> next)
    {
        var body = context.Features.Get<BodyHash>()?.Sha256 ?? [];
        var request = RepeatableRequest.Of(context.TenantIfAny(), CallerKey.Of(context.Principal()), context.Request.Path.Value ?? "", key, body);
        var underWay = context.RequestServices.GetRequiredService<RequestsUnderWay>();
        if (!underWay.TryBegin(request))
        {
            return Refusal.StillUnderWay();
        }

        try
        {
            var keeping = AnswerKeeping.Of(request, (TOutcome outcome) => Write(answer(outcome)), context.RequestServices.GetRequiredService<TimeProvider>());
            return await FindAsync(context, keeping) ?? await CarryOutAsync(context, keeping, next);
        }
        finally
        {
            underWay.End(request);
        }
    }

    private static async Task<object?> CarryOutAsync(HttpContext context, AnswerKeeping keeping, Func<ValueTask<object?>> next)
    {
        try
        {
            var result = await keeping.AroundAsync(next);
            return keeping.IsKept || result is not JsonAnswer { Status: < 300 }
                ? result
                : throw new InvalidOperationException("This route's answers are not kept: its change ends in another type than the route says.");
        }
        catch (StillUnderWayException)
        {
            return Refusal.StillUnderWay();
        }
        catch (AlreadyAnsweredException)
        {
            // On another node, after this one looked.
            return await FindAsync(context, keeping) ?? Refusal.StillUnderWay();
        }
    }

    private static async Task<IResult?> FindAsync(HttpContext context, AnswerKeeping keeping)
    {
        var store = context.RequestServices.GetRequiredService<IAnswerStore>();
        return await store.FindAsync(keeping.Request, keeping.From, context.RequestAborted) is not { } kept ? null
            : kept.Request.BodySha256.Span.SequenceEqual(keeping.Request.BodySha256.Span) ? new ReplayedAnswer(kept)
            : Refusal.KeyTaken();
    }

    private static (int Status, string? Location, string Content)? Write(IResult result) => result is JsonAnswer { Status: < 300 } done
        ? (done.Status, done.Location, JsonSerializer.Serialize(done.Value, done.Value.GetType(), ApiJson.Options))
        : null;

    private sealed record BodyHash(byte[] Sha256);
}

/// <summary>Marks a route whose answers are kept for those who ask again.</summary>
internal sealed record KeepsAnswers;

/// <summary>An answer that was given before.</summary>
internal sealed class ReplayedAnswer(KeptAnswer kept) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = kept.Status;
        response.ContentType = $"{ApiJson.ContentType}; charset=utf-8";
        response.Headers[Repeating.ReplayedHeader] = "true";
        if (kept.Location is not null)
        {
            response.Headers.Location = kept.Location;
        }

        await response.WriteAsync(kept.Content, httpContext.RequestAborted);
    }
}

/// <summary>The requests with a key that this node carries out now.</summary>
internal sealed class RequestsUnderWay
{
    private readonly ConcurrentDictionary<string, bool> requests = new(StringComparer.Ordinal);

    public bool TryBegin(RepeatableRequest request) => requests.TryAdd(Key(request), value: true);

    public void End(RepeatableRequest request) => requests.TryRemove(Key(request), out _);

    private static string Key(RepeatableRequest request) => Convert.ToBase64String(request.Sha256.Span);
}
