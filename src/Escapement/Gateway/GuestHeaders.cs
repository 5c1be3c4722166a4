using System.Buffers;
using System.Collections.Frozen;

namespace Escapement.Gateway;

/// <summary>
/// Which headers of a guest's answer are passed on. A list of what may pass, because the platform's origin is not the guest's, and nobody
/// knows what proxies and browsers will heed next. <c>docs/reference/http-api.md</c> has it for authors.
/// </summary>
internal static class GuestHeaders
{
    /// <summary>What is said of caching when the guest says nothing that is as private.</summary>
    public const string NotCached = "private, no-store";

    private const int MaxHeaders = 64;
    private const int MaxBytes = 16 << 10;

    // Those that a response has once; a second one is left out.
    private static readonly FrozenSet<string> Single = FrozenSet.Create(
        StringComparer.Ordinal,
        "content-type", "content-language", "content-disposition", "cache-control", "etag", "last-modified", "location", "retry-after");

    private static readonly FrozenSet<string> Passed = FrozenSet.Create(StringComparer.Ordinal, [.. Single, "vary"]);

    // Of the x-headers: names of the host's own, and what proxies, servers and browsers obey.
    private static readonly string[] Reserved =
    [
        "x-alga-", "x-escapement-", "x-scheduler-", "x-request-id", "x-idempotency-key", "x-accel-", "x-sendfile", "x-lighttpd-", "x-litespeed-", "x-reproxy-",
        "x-forwarded-", "x-real-ip", "x-original-", "x-rewrite-", "x-http-method", "x-method-override", "x-proxy-", "x-varnish", "x-cache", "x-served-by",
        "x-content-type-options", "x-frame-options", "x-xss-protection", "x-download-options", "x-permitted-cross-domain-policies", "x-dns-prefetch-control",
        "x-envoy-", "x-istio-", "x-middleware-", "x-nextjs-", "x-vercel-", "x-akamai-", "x-amz-", "x-amzn-",
        "x-content-security-policy", "x-webkit-csp", "x-ua-compatible", "x-robots-tag", "x-sourcemap", "x-pingback", "x-powered-by", "x-aspnet",
    ];

    private static readonly FrozenSet<string> PrivateDirectives = FrozenSet.Create(
        StringComparer.Ordinal, "private", "no-cache", "no-store", "must-revalidate", "no-transform", "immutable");

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>A name as proxies and frameworks may take it for another: in lower case, with a dash for what they make an underscore of.</summary>
    public static string Normalised(string name) => name.ToLowerInvariant().Replace('_', '-').Replace('.', '-');

    /// <summary>Whether it is the host's to say who calls and why, however it is spelt.</summary>
    public static bool IsTheHosts(string name) => Normalised(name) is var plain
        && (plain is "x-request-id" or "x-idempotency-key" || plain.StartsWith("x-alga-", StringComparison.Ordinal)
            || plain.StartsWith("x-scheduler-", StringComparison.Ordinal) || plain.StartsWith("x-escapement-", StringComparison.Ordinal));

    /// <summary>Sorts the headers of an answer.</summary>
    /// <param name="given">As the guest gave them.</param>
    /// <returns>Those that are passed on, names in lower case; and a sentence about each kind that is not.</returns>
    public static (IReadOnlyList<KeyValuePair<string, string>> Passed, IReadOnlyList<string> Dropped) Sort(IReadOnlyList<KeyValuePair<string, string>> given)
    {
        var passed = new List<KeyValuePair<string, string>>();
        var dropped = new List<string>();
        var bytes = 0;
        string? cache = null;
        foreach (var (name, value) in given)
        {
            var lower = name.ToLowerInvariant();
            var kept = value;
            var why = FindFault(lower, value)
                ?? (Single.Contains(lower) && passed.Exists(p => p.Key == lower) ? "there is one already" : null)
                ?? (lower == "location" && !IsLocal(value) ? "it must stay on this origin: a path such as /a" : null)
                ?? (lower == "cache-control" && cache is not null ? "there is one already" : null)
                ?? (lower == "cache-control" && (kept = Narrow(value)) is null ? $"it allows more than {NotCached}" : null)
                ?? (passed.Count >= MaxHeaders || bytes + name.Length + value.Length > MaxBytes ? $"more than {MaxHeaders} headers or {MaxBytes} bytes" : null);
            if (why is not null)
            {
                Add(dropped, $"The response header {Excerpt.Of(name)} was left out: {why}");
            }
            else if (lower == "cache-control")
            {
                cache = kept;
            }
            else
            {
                bytes += name.Length + value.Length;
                passed.Add(new(lower, value));
            }
        }

        passed.Add(new("cache-control", cache ?? NotCached));
        return (passed, dropped);
    }

    private static string? FindFault(string name, string value)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters) || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return "it is not HTTP";
        }

        if (Passed.Contains(name))
        {
            return null;
        }

        var plain = Normalised(name);
        return !plain.StartsWith("x-", StringComparison.Ordinal) ? "it is not one that extensions may set"
            : Array.Exists(Reserved, r => plain.StartsWith(r, StringComparison.Ordinal)) ? "its name is reserved"
            : null;
    }

    // RFC 9111: no-store says all; with private, shared caches keep nothing, and how long the caller's own does is the guest's to say.
    private static string? Narrow(string value)
    {
        var directives = value.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (directives.Contains("no-store"))
        {
            return NotCached;
        }

        return directives.Contains("private") && Array.TrueForAll(directives, IsPrivate) ? string.Join(", ", directives) : null;
    }

    private static bool IsPrivate(string directive) =>
        PrivateDirectives.Contains(directive)
        || (directive.StartsWith("max-age=", StringComparison.Ordinal)
            && directive.Length is > 8 and <= 18
            && directive.AsSpan(8).IndexOfAnyExceptInRange('0', '9') < 0);

    // Browsers read \ as / and skip what looks like blanks; so whatever could begin another origin, or a scheme, is none of ours.
    private static bool IsLocal(string value)
    {
        if (value.Length == 0 || value.AsSpan().ContainsAny('\\', ' ') || value.StartsWith("//", StringComparison.Ordinal))
        {
            return false;
        }

        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || value.AsSpan(0, colon).ContainsAny('/', '?', '#');
    }

    // One line for each kind, and an end to them.
    private static void Add(List<string> dropped, string line)
    {
        const int most = 20;
        if (dropped.Count < most && !dropped.Contains(line))
        {
            dropped.Add(line);
        }
    }
}
