using Escapement.Runs;

namespace Escapement.AspNetCore.Problems;

/// <summary>
/// The refusals of the API, whatever they are about. 400: the request itself cannot be read; 422: it was read, and its content breaks a
/// rule; 409: it clashes with what is stored.
/// </summary>
internal static class Refusal
{
    // How many things that are wrong one answer lists.
    private const int MostListed = 1_000;

    public static ProblemResult BadRequest(string field, string message) =>
        Make(400, "invalid-request", "The request cannot be read", message, new Dictionary<string, string> { [field] = message });

    public static ProblemResult BadRequest(string message) => Make(400, "invalid-request", "The request cannot be read", message);

    public static ProblemResult NotFound(string what) => Make(404, "not-found", "Not found", what);

    /// <summary>What the caller may not do, said by what they sent and by nothing that is stored.</summary>
    public static ProblemResult Forbidden(string detail) => Make(403, "forbidden", "Forbidden", detail);

    public static ProblemResult MethodNotAllowed(IReadOnlyList<string> allowed) =>
        new(Body(405, "method-not-allowed", "Method not allowed", $"This path answers to {string.Join(", ", allowed)}") with { Allow = allowed });

    public static ProblemResult UnsupportedMediaType(string expected) =>
        Make(415, "unsupported-media-type", "Unsupported media type", $"The body's content type must be {expected}");

    public static ProblemResult Conflict(string type, string title, string detail, string? runId = null) =>
        new(Body(409, type, title, detail) with { RunId = runId });

    /// <summary>A clash that the first problem names; its code is the type.</summary>
    public static ProblemResult Conflict(string title, IReadOnlyList<Problem> problems) => new(Named(409, problems[0].Code, title, problems));

    /// <summary>What the caller saw of a thing is not what is there.</summary>
    /// <param name="changed">The fields that differ, as far as that is known.</param>
    /// <param name="current">The thing as it is.</param>
    public static ProblemResult ChangedMeanwhile(IReadOnlyList<string> changed, object current) => new(
        Body(412, "changed-meanwhile", "It was changed meanwhile", changed.Count == 0
            ? "It is not as you saw it; look at it again"
            : $"It is not as you saw it: {string.Join(", ", changed)} changed; look at it again") with
        {
            Changed = changed,
            Current = current,
        });

    /// <summary>A thing is not as a change left it, so that the change cannot be taken back.</summary>
    /// <param name="detail">Which fields are not.</param>
    /// <param name="differences">Each with then and now.</param>
    public static ProblemResult Differs(string detail, IReadOnlyList<object> differences) =>
        new(Body(409, "changed-since", "It was changed since", detail) with { Differences = differences });

    /// <summary>Something stands in the way of taking a change back.</summary>
    public static ProblemResult CannotUndo(IReadOnlyList<Problem> problems) => new(Named(409, "cannot-undo", "It cannot be taken back now", problems));

    /// <summary>The same request is being carried out.</summary>
    public static ProblemResult StillUnderWay() =>
        new(Body(409, "request-under-way", "The request is under way", "The same request is being carried out; ask again in a moment") with
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        });

    /// <summary>Another request has the key.</summary>
    public static ProblemResult KeyTaken() => Make(
        422, "idempotency-key-taken", "The key is taken", "Another body was sent here with this Idempotency-Key; give each request a key of its own");

    public static ProblemResult Invalid(string detail, IReadOnlyDictionary<string, string>? errors) =>
        Make(422, "validation-failed", "Fields are wrong", detail, errors);

    public static ProblemResult Invalid(IReadOnlyList<Problem> problems) => new(Named(422, "validation-failed", "Fields are wrong", problems));

    public static ProblemResult RateLimited(string detail, TimeSpan? retryAfter) =>
        new(Body(429, "rate-limited", "Rate limit exceeded", detail) with { RetryAfter = retryAfter });

    public static ProblemResult ExtensionFailed(int status, string? reason, string message, Guid requestId, string? log) =>
        new(Body(status, status == 504 ? "extension-timed-out" : "extension-failed", "The extension gave no answer", message) with
        {
            Reason = reason,
            RequestId = requestId.ToString(),
            Log = log,
        });

    /// <summary>Too many calls of whoever <paramref name="whose"/> says wait already.</summary>
    public static ProblemResult TooManyCalls(string whose) =>
        new(Body(429, "too-many-calls", "Too many calls", $"Too many calls of this {whose} wait already; try again in a moment") with
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        });

    public static ProblemResult TooManySignIns(TimeSpan retryAfter) =>
        new(Body(429, "too-many-sign-ins", "Too many wrong tokens", "Too many wrong tokens came from this address; try again later") with
        {
            RetryAfter = retryAfter,
        });

    /// <summary>One answer for all tokens that let nobody in, so that none tells what there is.</summary>
    public static ProblemResult WrongToken() => Make(401, "unauthorized", "Unauthorized", "The token is not known or has expired");

    /// <summary>One answer for all links that sign nobody in.</summary>
    public static ProblemResult WrongCode() =>
        Make(401, "unauthorized", "Unauthorized", "The link was used or has expired, or its token lets nobody in any more; make another link, or use a token");

    public static ProblemResult SignInRefused(string detail) => Make(401, "unauthorized", "Unauthorized", detail);

    public static ProblemResult SignInUnavailable() =>
        new(Body(503, "sign-in-unavailable", "Sign-in is unavailable", "The OpenID provider cannot be asked; try again, or use a token of the host") with
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        });

    /// <summary>As many watch on this node as may.</summary>
    public static ProblemResult TooManyStreams() =>
        new(Body(503, "too-many-streams", "Too many streams", "As many streams of events are open on this node as may be; try again later") with
        {
            RetryAfter = TimeSpan.FromSeconds(30),
        });

    /// <summary>One caller, or those of one tenant, watch as often as they may.</summary>
    public static ProblemResult StreamShareTaken() => new(
        Body(429, "stream-share-taken", "The share of streams is taken", "You or your tenant have as many streams open on this node as may be; close one") with
        {
            RetryAfter = TimeSpan.FromSeconds(30),
        });

    public static ProblemResult NodeBusy() =>
        new(Body(503, "node-busy", "The node is busy", "Too many calls wait on this node already; try again in a moment") with
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        });

    /// <summary>The call was given up: its caller went away, or the host is stopping.</summary>
    public static ProblemResult CallEnded() =>
        new(Body(503, "call-ended", "The call was ended", "The call was ended before the extension answered") with { RetryAfter = TimeSpan.FromSeconds(5) });

    /// <summary>A call that was lost through no fault of its own, and of which nobody knows how far it came.</summary>
    public static ProblemResult WorkerLost(string message, Guid requestId, string? log) => new(
        Body(503, "extension-failed", "The extension gave no answer", message) with
        {
            Reason = RunExplanation.Word(RunReason.WorkerLost),
            RequestId = requestId.ToString(),
            Log = log,
            RetryAfter = TimeSpan.FromSeconds(1),
        });

    public static ProblemResult Compiling(string message, TimeSpan retryAfter) =>
        new(Body(503, "compiling", "The extension is not compiled yet", message) with { RetryAfter = retryAfter });

    public static ProblemResult SandboxUnavailable(string message, TimeSpan retryAfter) =>
        new(Body(503, "sandbox-unavailable", "The sandbox is unavailable", message) with { RetryAfter = retryAfter });

    public static ProblemResult Unavailable(string message) => new(UnavailableBody(message));

    public static ProblemBody UnavailableBody(string message) =>
        Body(503, "store-unavailable", "The store is unavailable", message) with { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <summary>What is said for a status that was set without a word, by routing, authentication or the server.</summary>
    /// <param name="status">The status.</param>
    /// <param name="largest">The most bytes that a body may have there, if known.</param>
    public static ProblemBody ForStatus(int status, long? largest = null) => status switch
    {
        400 => Body(400, "invalid-request", "The request cannot be read", "The request is malformed"),
        401 => Body(401, "unauthorized", "Unauthorized", "Send the API token as Authorization: Bearer <token>"),
        403 => Body(403, "forbidden", "Forbidden", "The caller may not do this"),
        404 => Body(404, "not-found", "Not found", "There is nothing at this path"),
        405 => Body(405, "method-not-allowed", "Method not allowed", "This path does not answer to this method; see the Allow header"),
        408 => Body(408, "request-timed-out", "Request timed out", "The request came too slowly"),
        413 => Body(
            413,
            "payload-too-large",
            "Payload too large",
            largest is null ? "The body is larger than allowed here" : $"The body is larger than the {largest} bytes allowed here"),
        429 => Body(429, "rate-limited", "Too many requests", "Too many requests; try again later"),
        415 => Body(
            415,
            "unsupported-media-type",
            "Unsupported media type",
            "The body's content type must be application/json, and of a bundle application/zstd or application/octet-stream"),
        >= 500 => Body(status, "internal-error", "Internal error", "The host failed; its log says why"),
        _ => Body(status, "refused", "Refused", $"The request was refused with status {status}"),
    };

    private static ProblemResult Make(int status, string type, string title, string detail, IReadOnlyDictionary<string, string>? errors = null) =>
        new(Body(status, type, title, detail) with { Errors = errors ?? new Dictionary<string, string>() });

    private static ProblemBody Named(int status, string type, string title, IReadOnlyList<Problem> problems)
    {
        var listed = problems.Count <= MostListed ? problems
            : [.. problems.Take(MostListed), new Problem("", "more", $"{problems.Count - MostListed} more things are wrong; mend these first")];
        return Body(status, type, title, problems.Count == 1 ? problems[0].Message : $"{problems.Count} things are wrong") with
        {
            Errors = listed.GroupBy(p => p.Path).ToDictionary(g => g.Key, g => string.Join("; ", g.Select(p => p.Message))),
            Problems = listed,
        };
    }

    private static ProblemBody Body(int status, string type, string title, string detail) =>
        new() { Type = $"urn:escapement:problem:{type}", Title = title, Status = status, Detail = detail };
}
