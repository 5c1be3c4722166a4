using Escapement.SampleWorld.Cast;
using Escapement.SampleWorld.Playing;

namespace Escapement.SampleWorld.Story;

/// <summary>When guests fail, and why.</summary>
internal static class Troubles
{
    private static readonly SampleVersion Bad = SampleExtensions.Find(SampleExtensions.TicketSync).Versions[1];

    public static IReadOnlyList<Trouble> Of(Almanac almanac) =>
    [
        new(SampleExtensions.TicketSync, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 500, Bad.Fails!) { Version = Bad.Number },

        // A key that ran out: the schedule is paused after so many failures, and nobody has looked at it yet.
        new(SampleExtensions.PriceFeed, almanac.Before(5), DateTimeOffset.MaxValue, 401, "the supplier does not know the key: it ended yesterday")
        {
            Tenant = "alpenrose",
        },

        // The same in spring, mended after two days.
        new(SampleExtensions.PriceFeed, almanac.Before(230), almanac.Before(228), 403, "the supplier has blocked this address") { Tenant = "acme" },

        // Not paused yet.
        new(SampleExtensions.PayrollCheck, almanac.Before(4), DateTimeOffset.MaxValue, 500, "no contract for employee 2217") { Tenant = "acme" },
        new(SampleExtensions.BackupCheck, almanac.Before(95), almanac.Before(94), 502, "the storage of the backups does not answer"),
        new(SampleExtensions.LedgerExport, almanac.Before(161), almanac.Before(160.5), 507, "the disk of the ledger is full"),
    ];
}
