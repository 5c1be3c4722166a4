using System.Collections.Frozen;
using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.Installs;

/// <summary>
/// The rules of upgrades and of going back (contract section 6): pure, over what the preview went by and what the transaction finds. Nothing
/// is changed unless all of it can be.
/// </summary>
/// <param name="Plan">What was previewed.</param>
/// <param name="From">The version that was installed.</param>
/// <param name="To">The version that it is to be of.</param>
internal sealed record UpgradeRules(UpgradePlan Plan, ExtensionVersion From, ExtensionVersion To)
{
    /// <summary>
    /// What the new version declares and nobody was asked about yet. What an admin withheld from the version before is no news, and going back
    /// asks for nothing that was not asked before.
    /// </summary>
    public IReadOnlyList<string> NewCapabilities { get; } = Plan.RollsBack
        ? []
        : [.. To.Manifest.Capabilities.Except(From.Manifest.Capabilities).Where(c => c != Capability.UserRead).Order(StringComparer.Ordinal)];

    /// <summary>What the new version declares no more.</summary>
    public IReadOnlyList<string> GoneCapabilities { get; } = [.. From.Manifest.Capabilities.Except(To.Manifest.Capabilities).Order(StringComparer.Ordinal)];

    /// <summary>
    /// What going back would grant again, unless the commit says otherwise: what only the version that it goes back to declares, as it was granted there.
    /// Somebody consented to that then, and is told of it.
    /// </summary>
    public IReadOnlyList<string> ReturningGrants(Install install) => Plan.RollsBack && install.PreviousGranted is { } before
        ? [.. before.Intersect(To.Manifest.Capabilities).Except(From.Manifest.Capabilities).Except(install.Granted).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>
    /// What is granted unless the commit says otherwise: what was and is declared still, and what returns. What an admin took back since stays taken back.
    /// </summary>
    public FrozenSet<string> KeptGrants(Install install) =>
        install.Granted.Where(To.Manifest.Capabilities.Contains).Union(ReturningGrants(install)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What becomes of schedules that call an endpoint.</summary>
    public ScheduleFate FateOf(EndpointKey endpoint) => (Has(From, endpoint), Has(To, endpoint)) switch
    {
        (true, true) => ScheduleFate.Follows,
        (true, false) => ScheduleFate.Lost,
        (false, true) => ScheduleFate.Returns,
        (false, false) => ScheduleFate.StaysGone,
    };

    /// <summary>Whether the version that it is to be of has an endpoint that can be scheduled.</summary>
    public bool HasEndpoint(EndpointKey endpoint) => Has(To, endpoint);

    /// <summary>What becomes of the install.</summary>
    /// <param name="install">As it is.</param>
    /// <param name="uses">What its schedules call.</param>
    /// <param name="consent">What the commit says besides.</param>
    /// <param name="now">The instant of the change.</param>
    /// <param name="follow">What becomes of a schedule that loses its endpoint or has it again.</param>
    public InstallChange Decide(
        Install install, IReadOnlyList<EndpointUse> uses, UpgradeConsent consent, DateTimeOffset now, Func<Schedule, Schedule> follow)
    {
        var capabilities = consent.Capabilities;
        if (ChangedSince(install, uses) is { Count: > 0 } changes)
        {
            return InstallChange.Refuse(changes);
        }

        if (!consent.HoldsLost && uses.Where(u => FateOf(u.Endpoint) == ScheduleFate.Lost).Select(Lost).ToList() is { Count: > 0 } lost)
        {
            return InstallChange.Refuse(lost);
        }

        if (capabilities is null && NewCapabilities.Count > 0)
        {
            return InstallChange.Refuse([new Problem(
                "capabilities",
                "consent-needed",
                $"{Name(To)} asks for {string.Join(", ", NewCapabilities)}, which {From.Manifest.Version} did not; "
                + "send capabilities with all that is to be granted, with these or without")]);
        }

        var granted = capabilities is null ? new Result<FrozenSet<string>>(KeptGrants(install)) : Grants.Of(capabilities, To);
        return granted.IsOk
            ? InstallChange.To(
                install with
                {
                    Version = To.Id,
                    PreviousVersion = From.Id,
                    Granted = granted.Value,
                    PreviousGranted = install.Granted,
                    UpdatedAt = now,
                },
                $"{From.Manifest.Version} -> {Name(To)}; granted: {Grants.SayChange(install.Granted, granted.Value)}",
                resetsFailures: true,
                uses.Any(u => FateOf(u.Endpoint) is ScheduleFate.Lost or ScheduleFate.Returns) ? follow : null)
            : InstallChange.Refuse(granted.Problems);
    }

    // Everything that was otherwise when it was previewed.
    private List<Problem> ChangedSince(Install install, IReadOnlyList<EndpointUse> uses)
    {
        var changes = new List<Problem>();
        if (install.Version != Plan.From || (Plan.RollsBack && install.PreviousVersion != Plan.To))
        {
            changes.Add(Since("version", "The install is of another version"));
        }

        if (!install.Granted.SetEquals(Plan.Granted))
        {
            changes.Add(Since("capabilities", $"What is granted has changed; it is {Grants.Say(install.Granted)} now"));
        }

        var before = new Dictionary<ScheduleId, long>(Plan.Schedules);
        foreach (var use in uses)
        {
            if (!before.Remove(use.Schedule, out var revision))
            {
                changes.Add(Since("schedules", $"Schedule {use.Schedule} was created"));
            }
            else if (revision != use.Revision)
            {
                changes.Add(Since("schedules", $"Schedule {use.Schedule} was changed"));
            }
        }

        changes.AddRange(before.Keys.OrderBy(id => id.Value).Select(id => Since("schedules", $"Schedule {id} was deleted")));
        return changes;
    }

    private static Problem Since(string path, string what) => new(path, "preview-outdated", $"{what} since the preview; make another");

    private Problem Lost(EndpointUse use) =>
        new(
            "schedules",
            "endpoint-gone",
            $"Schedule {use.Schedule} calls {use.Endpoint}, which cannot be scheduled in {Name(To)}; hold says to go on without it");

    private static string Name(ExtensionVersion version) => $"{version.Manifest.Name} {version.Manifest.Version}";

    private static bool Has(ExtensionVersion version, EndpointKey endpoint) =>
        version.Endpoints.Any(e => e.Declared.Key == endpoint && e.Declared.Schedulable);
}

/// <summary>What a commit says that the preview did not.</summary>
/// <param name="Capabilities">What is to be granted from then on; null to keep what is granted.</param>
/// <param name="HoldsLost">Whether schedules that lose their endpoint are held until a version brings it back.</param>
internal sealed record UpgradeConsent(IReadOnlyList<string>? Capabilities = null, bool HoldsLost = false);

/// <summary>What becomes of a schedule in an upgrade.</summary>
internal enum ScheduleFate
{
    /// <summary>Both versions have its endpoint.</summary>
    Follows,

    /// <summary>The new version does not have its endpoint.</summary>
    Lost,

    /// <summary>The installed version lacks its endpoint, and the new one has it.</summary>
    Returns,

    /// <summary>Neither version has its endpoint.</summary>
    StaysGone,
}
