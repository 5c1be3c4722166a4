using System.Globalization;
using Escapement.Audit;

namespace Escapement.Access;

/// <summary>What somebody who wants a token asks for.</summary>
internal sealed record TokenInput
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 100;

    /// <summary>The most tenants, or prefixes, that can be named.</summary>
    public const int MaxNamed = 1_000;

    /// <summary>The longest prefix, in characters.</summary>
    public const int MaxPrefix = 200;

    /// <summary>How long a token is good for when nobody says.</summary>
    public static readonly TimeSpan DefaultLife = TimeSpan.FromDays(90);

    /// <summary>The longest that a token can be good for, other than for ever.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(3_650);

    /// <summary>What audit entries call the bearer of the token that the first start makes.</summary>
    public const string FirstName = "first-token";

    private const string Never = "never";
    private const string All = "*";

    private static readonly Dictionary<string, EscapementRole> Roles =
        Enum.GetValues<EscapementRole>().ToDictionary(r => r.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { FirstName, Actor.Host.Id };

    public string? Name { get; init; }

    public string? Role { get; init; }

    /// <summary>Names, or <c>*</c> alone for all.</summary>
    public IReadOnlyList<string?>? Tenants { get; init; }

    /// <summary>What the ids of a publisher's extensions begin with; null for all extensions.</summary>
    public IReadOnlyList<string?>? ExtensionPrefixes { get; init; }

    /// <summary>An instant, <c>never</c>, or null for the default.</summary>
    public string? Expires { get; init; }

    /// <summary>Whether the audit can call somebody so: of a length that can be read, and with nothing in it that cannot be seen.</summary>
    public static bool IsName(string name) => name.Trim().Length is > 0 and <= MaxName && !PlainText.HasUnseen(name);

    /// <summary>Whether the audit calls the host itself so, or its first token: nobody else is to pass for these.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name.Trim());

    /// <summary>Reads an expiry.</summary>
    /// <param name="text">As it was asked for.</param>
    /// <param name="fallback">What it is when nothing was asked for.</param>
    /// <param name="now">The present.</param>
    /// <param name="atMost">When the caller's own token expires: no other may outlast it by its doing. Null for never.</param>
    public static Result<DateTimeOffset?> ReadExpiry(string? text, DateTimeOffset? fallback, DateTimeOffset now, DateTimeOffset? atMost)
    {
        DateTimeOffset at = default;
        if (text is not (null or Never)
            && !(DateTimeOffset.TryParseExact(
                    text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fffK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at)
                && at > now && at <= now + MaxLife))
        {
            return new([new Problem(
                "expires",
                "expires",
                $"expires must be never, or an instant to come such as {Timestamps.Format(now + DefaultLife)}, ten years ahead at most")]);
        }

        DateTimeOffset? expiry = text switch { null => fallback, Never => null, _ => at.ToUniversalTime() };
        return atMost is not { } most || expiry <= most
            ? new(expiry)
            : new([new Problem("expires", "outlasts-maker", $"expires must not be later than {Timestamps.Format(most)}, when the token expires that you use")]);
    }

    /// <summary>Reads all of it, or says everything that is wrong.</summary>
    /// <param name="now">The present.</param>
    /// <param name="atMost">When the caller's own token expires; null for never.</param>
    public Result<(EscapementPrincipal Bearer, DateTimeOffset? ExpiresAt)> Read(DateTimeOffset now, DateTimeOffset? atMost)
    {
        var problems = new List<Problem>();
        var name = Name?.Trim() ?? "";
        if (!IsName(name))
        {
            problems.Add(new Problem("name", "name", $"name must have 1 to {MaxName} characters, all of which can be seen"));
        }
        else if (IsReserved(name))
        {
            problems.Add(new Problem("name", "reserved", $"name must not be {name}: the audit calls the host itself so, or its first token; choose another"));
        }

        var usual = now + DefaultLife;
        var expiry = ReadExpiry(Expires, atMost < usual ? atMost : usual, now, atMost);
        problems.AddRange(expiry.Problems);
        if (!Roles.TryGetValue(Role ?? "", out var role))
        {
            problems.Add(new Problem("role", "role", $"role must be one of {string.Join(", ", Roles.Keys)}"));
            return new(problems);
        }

        var tenants = ReadTenants(role, problems);
        var prefixes = ReadPrefixes(role, problems);
        return problems.Count > 0
            ? new(problems)
            : new((new EscapementPrincipal(role, tenants, name) { ExtensionPrefixes = prefixes }, expiry.Value));
    }

    private TenantScope ReadTenants(EscapementRole role, List<Problem> problems)
    {
        if (role is EscapementRole.Operator or EscapementRole.Publisher)
        {
            if (Tenants is not (null or [All]))
            {
                problems.Add(new Problem("tenants", "tenants", "tenants must be left out: an operator has all tenants, and publishing belongs to none"));
            }

            return TenantScope.All;
        }

        if (Tenants is [All])
        {
            return TenantScope.All;
        }

        var named = (Tenants ?? []).Select(t => (Ok: TenantId.TryParse(t, out var id), Id: id)).ToList();
        if (named.Count is 0 or > MaxNamed)
        {
            problems.Add(new Problem("tenants", "tenants", $"tenants must hold 1 to {MaxNamed} tenant ids, or * alone for all tenants"));
        }
        else if (named.FindIndex(t => !t.Ok) is >= 0 and var at)
        {
            problems.Add(new Problem(
                "tenants",
                "tenants",
                $"tenants[{at}]{(Tenants![at] is { Length: <= TenantId.MaxLength } wrong ? $", \"{wrong}\"," : "")} is no tenant id: that has 1 to "
                + $"{TenantId.MaxLength} characters of A-Z a-z 0-9 . _ : -, and * stands alone for all tenants"));
        }

        return TenantScope.Of(named.Where(t => t.Ok).Select(t => t.Id));
    }

    private HashSet<string>? ReadPrefixes(EscapementRole role, List<Problem> problems)
    {
        if (ExtensionPrefixes is null)
        {
            return null;
        }

        if (role != EscapementRole.Publisher)
        {
            problems.Add(new Problem("extensionPrefixes", "not-used", "extensionPrefixes must be left out: it is for the role publisher"));
        }
        else if (ExtensionPrefixes.Count is 0 or > MaxNamed || ExtensionPrefixes.Any(p => p is null or { Length: 0 or > MaxPrefix }))
        {
            problems.Add(new Problem(
                "extensionPrefixes",
                "extensionPrefixes",
                $"extensionPrefixes must hold 1 to {MaxNamed} beginnings of extension ids, each of 1 to {MaxPrefix} characters"));
        }

        return [.. ExtensionPrefixes.OfType<string>()];
    }
}
