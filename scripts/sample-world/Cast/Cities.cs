using Escapement.SampleWorld.Playing;

namespace Escapement.SampleWorld.Cast;

/// <summary>The tenants, and on whose clocks they live.</summary>
internal static class Cities
{
    // The first ones are in the stories; zones with daylight saving on both halves of the earth, and without.
    private static readonly (string Tenant, string Zone)[] Known =
    [
        ("acme", "Europe/Berlin"), ("alpenrose", "Europe/Vienna"), ("baltic-freight", "Europe/Stockholm"), ("copperfield", "America/New_York"),
        ("dunmore", "Europe/London"), ("eastgate", "America/Chicago"), ("fjordline", "Europe/Oslo"), ("granite-works", "America/New_York"),
        ("harvest-moon", "Australia/Sydney"), ("indigo-press", "Asia/Kolkata"), ("juniper", "America/Los_Angeles"), ("kestrel", "Europe/London"),
        ("lakeside", "America/New_York"), ("meridian", "Europe/Paris"), ("northstar", "America/Chicago"), ("oakhurst", "Europe/London"),
        ("pampas", "America/Sao_Paulo"), ("quarry-lane", "Europe/Dublin"), ("redwood", "America/Los_Angeles"), ("sakura", "Asia/Tokyo"),
        ("tidewater", "America/New_York"), ("umbra", "Europe/Madrid"), ("vanguard", "Europe/Berlin"), ("willowbrook", "Australia/Sydney"),
        ("xenia", "Europe/Athens"), ("yarrow", "Europe/London"), ("zephyr", "America/Denver"), ("amberley", "Europe/London"),
        ("bluebell", "Europe/Zurich"), ("cinder", "America/Chicago"), ("driftwood", "Pacific/Auckland"), ("elmwood", "Europe/Berlin"),
        ("foxglove", "Europe/Amsterdam"), ("goldcrest", "Europe/Warsaw"), ("heron", "Europe/Copenhagen"), ("ironbridge", "Europe/London"),
        ("jasper", "America/Toronto"), ("kingfisher", "Asia/Singapore"), ("larkspur", "Europe/Rome"), ("marigold", "Africa/Johannesburg"),
    ];

    /// <summary>The first ones; more than there are names for get numbers.</summary>
    public static IReadOnlyList<string> Tenants(int count) => [.. Enumerable.Range(0, count).Select(i =>
        i < Known.Length ? Known[i].Tenant : $"{Known[i % Known.Length].Tenant}-{(i / Known.Length) + 1}")];

    public static string ZoneOf(string tenant) =>
        Known.FirstOrDefault(k => tenant == k.Tenant || tenant.StartsWith(k.Tenant + "-", StringComparison.Ordinal)).Zone ?? "UTC";

    /// <summary>What a tenant has installed: the first ones all that the stories are about, others some.</summary>
    public static IEnumerable<SampleExtension> InstalledBy(string tenant, int index) =>
        SampleExtensions.All.Where((e, i) => index < 2 || new Draws($"{tenant} has {e.Id}").Next() < 0.42);
}
