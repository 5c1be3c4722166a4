using Escapement.Scheduling;

namespace Escapement.AspNetCore.Problems;

/// <summary>
/// Every refusal of the API. 400: the request itself cannot be read; 422: it was read, and its content breaks a rule; 409: it
/// clashes with what is stored.
/// </summary>
internal static class Refusal
{
    public static ProblemResult BadRequest(string field, string message) =>
        Make(400, "invalid-request", "The request cannot be read", message, new Dictionary<string, string> { [field] = message });

    public static ProblemResult BadRequest(string message) => Make(400, "invalid-request", "The request cannot be read", message);

    public static ProblemResult NotFound(string what) => Make(404, "not-found", "Not found", what);

    public static ProblemResult MethodNotAllowed(IReadOnlyList<string> allowed) =>
        new(Body(405, "method-not-allowed", "Method not allowed", $"This path answers to {string.Join(", ", allowed)}") with { Allow = allowed });

    public static ProblemResult UnsupportedMediaType(string expected) =>
        Make(415, "unsupported-media-type", "Unsupported media type", $"The body's content type must be {expected}");

    public static ProblemResult Conflict(string type, string title, string detail, string? runId = null) =>
        new(Body(409, type, title, detail) with { RunId = runId });

    public static ProblemResult ExtensionFailed(int status, string? reason, string message) =>
        new(Body(status, status == 504 ? "extension-timed-out" : "extension-failed", "The extension gave no answer", message) with { Reason = reason });

    public static ProblemResult Unavailable(string message) => new(UnavailableBody(message));

    /// <summary>A refused change of a schedule, in the contract's words.</summary>
    public static ProblemResult Of(ScheduleChange change)
    {
        var detail = change.Error ?? "";
        return change.Kind switch
        {
            ScheduleChangeKind.Invalid => Make(422, "validation-failed", "Fields are wrong", detail, change.FieldErrors),
            ScheduleChangeKind.NotFound => NotFound(detail),
            ScheduleChangeKind.InstallGone => NotFound(detail),
            ScheduleChangeKind.QuotaExceeded => Conflict("quota-exceeded", "Quota exceeded", detail),
            ScheduleChangeKind.RateLimited => new(Body(429, "rate-limited", "Rate limit exceeded", detail) with { RetryAfter = change.RetryAfter }),
            _ => throw new InvalidOperationException($"Not a refusal: {change.Kind}"),
        };
    }

    /// <summary>The refusal of an operation that answers with problems.</summary>
    public static ProblemResult Of(IReadOnlyList<Problem> problems)
    {
        var first = problems[0];
        var detail = problems.Count == 1 ? first.Message : $"{problems.Count} things are wrong";
        var errors = problems.GroupBy(p => p.Path).ToDictionary(g => g.Key, g => string.Join("; ", g.Select(p => p.Message)));
        return first.Code switch
        {
            "not-found" when first.Path == "installId" => NotFound(first.Message),
            "already-installed" => new(Body(409, first.Code, "Already installed", detail) with { Errors = errors, Problems = problems }),
            "version-taken" => new(Body(409, first.Code, "Version taken", detail) with { Errors = errors, Problems = problems }),
            _ => new(Body(422, "validation-failed", "Fields are wrong", detail) with { Errors = errors, Problems = problems }),
        };
    }

    public static ProblemBody UnavailableBody(string message) => Body(503, "store-unavailable", "The store is unavailable", message) with { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <summary>What is said for a status that was set without a word, by routing, authentication or the server.</summary>
    public static ProblemBody ForStatus(int status) => status switch
    {
        400 => Body(400, "invalid-request", "The request cannot be read", "The request is malformed"),
        401 => Body(401, "unauthorized", "Unauthorized", "Send the API token as Authorization: Bearer <token>"),
        403 => Body(403, "forbidden", "Forbidden", "The caller may not do this"),
        404 => Body(404, "not-found", "Not found", "There is nothing at this path"),
        405 => Body(405, "method-not-allowed", "Method not allowed", "This path does not answer to this method; see the Allow header"),
        408 => Body(408, "request-timed-out", "Request timed out", "The request came too slowly"),
        413 => Body(413, "payload-too-large", "Payload too large", "The body is larger than allowed here"),
        415 => Body(415, "unsupported-media-type", "Unsupported media type", "The body's content type is not one that this path reads"),
        >= 500 => Body(status, "internal-error", "Internal error", "The host failed; its log says why"),
        _ => Body(status, "refused", "Refused", $"The request was refused with status {status}"),
    };

    private static ProblemResult Make(int status, string type, string title, string detail, IReadOnlyDictionary<string, string>? errors = null) =>
        new(Body(status, type, title, detail) with { Errors = errors ?? new Dictionary<string, string>() });

    private static ProblemBody Body(int status, string type, string title, string detail) =>
        new() { Type = $"urn:escapement:problem:{type}", Title = title, Status = status, Detail = detail };
}
