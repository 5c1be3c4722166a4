using System.Globalization;

namespace Escapement.Events;

/// <summary>Events as one node writes them to another: one a line, in the fewest characters.</summary>
internal static class EventText
{
    // No tenant's name.
    private const string Everybody = "*";

    public static string Write(HostEvent happened)
    {
        var (id, schedule) = (happened.Id?.ToString("N") ?? "-", happened.Schedule?.ToString("N") ?? "-");
        var tenant = happened.Tenant?.Value ?? Everybody;
        return string.Create(CultureInfo.InvariantCulture, $"{tenant} {(int)happened.Kind} {happened.What} {id} {schedule} {happened.Count}");
    }

    /// <summary>Null for what is none: another version of the host may write otherwise.</summary>
    public static HostEvent? Read(string line) =>
        line.Split(' ') is [var tenant, var kind, { Length: > 0 } what, var id, var schedule, var count]
        && TryTenant(tenant, out var of)
        && int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((EventKind)number)
        && TryId(id, out var which) && TryId(schedule, out var parent)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? new HostEvent(of, (EventKind)number, what, which, parent, times)
            : null;

    /// <summary>The same in fewer events: those of one tenant, kind and sort become one with their number.</summary>
    public static IEnumerable<HostEvent> Fold(IEnumerable<HostEvent> events) => events
        .GroupBy(e => (e.Tenant, e.Kind, e.What))
        .Select(g => new HostEvent(g.Key.Tenant, g.Key.Kind, g.Key.What, Id: null, Schedule: null, g.Sum(e => e.Count)));

    private static bool TryTenant(string text, out TenantId? tenant)
    {
        tenant = null;
        if (text == Everybody)
        {
            return true;
        }

        var ok = TenantId.TryParse(text, out var known);
        tenant = known;
        return ok;
    }

    private static bool TryId(string text, out Guid? id)
    {
        id = null;
        if (text == "-")
        {
            return true;
        }

        var ok = Guid.TryParseExact(text, "N", out var known);
        id = known;
        return ok;
    }
}
