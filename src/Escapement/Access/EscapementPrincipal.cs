namespace Escapement.Access;

/// <summary>
/// Who is calling, and the one place that decides what they may do. Which tenant's things a request is about is asked apart from what it wants to do,
/// because the two are refused differently: what a role may never do is forbidden, and another tenant's things are as if they were not there.
/// </summary>
public sealed record EscapementPrincipal
{
    /// <summary>Makes a caller.</summary>
    /// <param name="role">What sort of caller it is.</param>
    /// <param name="tenants">Whose things it may get at. Operators have all tenants; for publishers it means nothing.</param>
    /// <param name="name">What audit entries call it, and whose what it publishes is: 1 to 100 characters, not all of them white space.</param>
    /// <exception cref="ArgumentException">The role is none, an operator is to have only some tenants, or the name is empty or too long.</exception>
    public EscapementPrincipal(EscapementRole role, TenantScope tenants, string name)
    {
        ArgumentNullException.ThrowIfNull(tenants);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > TokenInput.MaxName)
        {
            throw new ArgumentException(
                $"The name has {name.Length} characters, of {TokenInput.MaxName} at most; give what is shorter and names the caller alone, such as an id.",
                nameof(name));
        }

        if (!Enum.IsDefined(role))
        {
            throw new ArgumentException($"{role} is no role.", nameof(role));
        }

        if (role == EscapementRole.Operator && !tenants.IsAll)
        {
            throw new ArgumentException("An operator has all tenants; use the role Admin for some of them.", nameof(tenants));
        }

        (Role, Tenants, Name) = (role, tenants, name);
    }

    /// <summary>What sort of caller it is.</summary>
    public EscapementRole Role { get; }

    /// <summary>Whose things it may get at.</summary>
    public TenantScope Tenants { get; }

    /// <summary>What audit entries call it.</summary>
    public string Name { get; }

    /// <summary>What the ids of a publisher's extensions begin with; null for all extensions. Means nothing for other roles.</summary>
    public IReadOnlyCollection<string>? ExtensionPrefixes { get; init; }

    /// <summary>When the token expires that it calls with; null when it does not, or when it calls with none of the host's.</summary>
    internal DateTimeOffset? GoodUntil { get; init; }

    /// <summary>The token of the host that it calls with, or that its session was begun with; null when a provider or the application says who it is.</summary>
    internal Guid? TokenId { get; init; }

    private bool IsLimitedPublisher => Role == EscapementRole.Publisher && ExtensionPrefixes is not null;

    /// <summary>Whether its role may do this at all, whoever's things it is about.</summary>
    internal bool May(Permission permission) => Role switch
    {
        EscapementRole.Operator => true,
        EscapementRole.Publisher => permission is Permission.ReadDescription or Permission.ReadRegistry or Permission.Publish,
        EscapementRole.Admin => permission is Permission.ChangeTenant or Permission.ChangeTokens || MayRead(permission),
        EscapementRole.Viewer => MayRead(permission),
        EscapementRole.Gateway => permission is Permission.CallExtensions,
        var unknown => throw new InvalidOperationException($"A role that nobody knows: {unknown}"),
    };

    /// <summary>Whether a tenant's things are there for it.</summary>
    internal bool Sees(TenantId tenant) => Tenants.Includes(tenant);

    /// <summary>Whether an extension is there for it.</summary>
    internal bool SeesExtension(string extensionId) =>
        !IsLimitedPublisher || ExtensionPrefixes!.Any(prefix => extensionId.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether a token is there for it: a viewer sees what an admin of its tenants sees.</summary>
    internal bool SeesToken(EscapementPrincipal bearer) => Role == EscapementRole.Operator
        || (May(Permission.ReadTokens) && bearer.Role is EscapementRole.Admin or EscapementRole.Viewer && Tenants.Includes(bearer.Tenants));

    /// <summary>Whether it may make such a token, and change one that is there: never one that may do more than itself.</summary>
    internal bool MayGrant(EscapementPrincipal bearer) => May(Permission.ChangeTokens) && SeesToken(bearer);

    private bool MayRead(Permission permission) =>
        permission is Permission.ReadDescription or Permission.ReadRegistry or Permission.ReadTenant or Permission.ReadTokens
        || (permission is Permission.ReadNode && Tenants.IsAll);
}
