using System.Text.Json.Nodes;
using Escapement.SampleWorld.Cast;
using Escapement.SampleWorld.Hosting;
using Escapement.SampleWorld.Playing;

namespace Escapement.SampleWorld.Story;

/// <summary>What people do in the course of the year, and what befalls the host.</summary>
internal sealed class Happenings(SampleHost host, Town town, Almanac almanac)
{
    private static readonly string[] Reasons =
    [
        "month end came early", "after the repair", "the customer asks for it", "to see whether it works again", "ticket 8113", "before the audit",
    ];

    /// <summary>When the night's outage began: no node fired until <see cref="OutageTo"/>.</summary>
    public DateTimeOffset OutageFrom { get; } = new DateTimeOffset(almanac.Until.AddHours(-8).Date, TimeSpan.Zero).AddMinutes(40);

    public DateTimeOffset OutageTo => OutageFrom.AddHours(4.5);

    public void Plan()
    {
        PlanNodes();
        PlanUpgrades();
        PlanPauses();
        PlanEveryday();
        PlanMistakes();
        PlanEndings();
    }

    // A node that lost its power in the last night, and one that was stopped for a while.
    private void PlanNodes()
    {
        almanac.Add(almanac.Before(170, 3), () => AwayAsync(almanac.Before(170, 3).AddMinutes(50), silently: false, "node-1"));
        almanac.Add(almanac.Before(61, 12), () => AwayAsync(almanac.Before(61, 12).AddMinutes(3), silently: false, "node-2"));
        almanac.Add(OutageFrom, () => AwayAsync(OutageTo, silently: true, "node-2"));
        almanac.Add(OutageTo.AddMinutes(75), () => FillAsync(town.Of(SampleExtensions.StockLevels).First(), OutageFrom, OutageTo, "fill the gap of the night"));
        almanac.Add(almanac.Before(40, 19), () => town.Operator.PostAsync(
            "/api/v1/pause", new { note = "the database moves to new disks", until = Instant(almanac.Before(40, 19).AddMinutes(40)), onEnd = "latest" }));
    }

    private void PlanUpgrades()
    {
        PlanRelease(SampleExtensions.LedgerExport, 250, daysToAll: 20);
        PlanRelease(SampleExtensions.BackupCheck, 120, daysToAll: 9);
        var sync = SampleExtensions.Find(SampleExtensions.TicketSync);
        almanac.Add(almanac.Before(5, 10), () => town.PublishAsync(sync, sync.Versions[1]));
        almanac.Add(almanac.Before(4, 13, 20), () => EachAsync(Upgraders(), p => UpgradeAsync(p, sync.Versions[1])));
        almanac.Add(almanac.Before(3, 8, 5), () => EachAsync(Upgraders(), p => p.Admin.DoAsPreviewedAsync($"{p.Path}/rollback")));
        IEnumerable<Placed> Upgraders() => town.Of(SampleExtensions.TicketSync).Where((_, i) => i % 2 == 0);
    }

    private void PlanRelease(string extension, double daysBefore, int daysToAll)
    {
        var released = SampleExtensions.Find(extension);
        almanac.Add(almanac.Before(daysBefore), () => town.PublishAsync(released, released.Versions[1]));
        for (var day = 1; day <= daysToAll; day++)
        {
            var turn = day;
            almanac.Add(almanac.Before(daysBefore - day), () => EachAsync(
                town.Of(extension).Where((p, i) => i % daysToAll == turn - 1 && almanac.Before(daysBefore) > almanac.Before(364)),
                p => UpgradeAsync(p, released.Versions[1])));
        }
    }

    private void PlanPauses()
    {
        string[] notes = ["stock-taking", "the partner moves its data centre", "quiet please: year-end closing", "waits for ticket 4711"];
        for (var i = 0; i < 18; i++)
        {
            var (draws, at, number) = (new Draws($"pause {i}"), almanac.Before(20 + (i * 18.7)), i);
            var (note, hours, onEnd) = (draws.Of(notes), draws.Between(2, 60), i % 3 == 0 ? "latest" : "next");
            almanac.Add(at, () => Somebodys(number * 3).Admin.PostAsync(
                $"{Somebodys(number * 3).First}/pause", new { note, until = Instant(at.AddHours(hours)), onEnd }));
        }

        // What paused itself in spring, once the supplier let the address in again.
        almanac.Add(almanac.Before(226.5), async () => (await town.Admins[0].TryAsync(
            HttpMethod.Post, $"{town.Of("acme", SampleExtensions.PriceFeed).First}/resume?onEnd=latest")).Dispose());

        // Those that are in force still.
        almanac.Add(almanac.Before(0.2), () => town.Admins[1].PostAsync(
            "/api/v1/tenants/copperfield/pause", new { note = "the warehouse moves", until = Instant(almanac.Before(-0.9)), onEnd = "latest" }));
        almanac.Add(almanac.Before(2.2), () => Last(SampleExtensions.Archive).Admin.PostAsync(
            $"{Last(SampleExtensions.Archive).Path}/pause", new { note = "the archive is checked for doubles, ticket 4711" }));
        almanac.Add(almanac.Before(1.1), () => Last(SampleExtensions.StockLevels).Admin.PostAsync(
            $"{Last(SampleExtensions.StockLevels).First}/pause", new { note = "stock-taking", until = Instant(almanac.Before(-1.4)) }));
    }

    // What is done on any day: a run more, a run again, an occurrence less, other times.
    private void PlanEveryday()
    {
        for (var i = 0; i < 90; i++)
        {
            var (day, number) = (0.35 + (i * i / 23.0), i);
            var at = almanac.Before(day);
            almanac.Add(at, () => (number % 5) switch
            {
                0 or 3 => RunAsync(Somebodys(number), new { note = Reasons[number % Reasons.Length] }),
                1 => AgainAsync(Somebodys(number)),
                2 => SkipAsync(Somebodys(number)),
                _ => RescheduleAsync(Somebodys(number), number),
            });
        }

        almanac.Add(almanac.Before(0.1), () => SkipAsync(town.Of("acme", SampleExtensions.BackupCheck)));
        almanac.Add(almanac.Before(1.5), () => EachAsync(
            town.Of(SampleExtensions.StockLevels).Take(3), p => p.Admin.PostAsync($"{p.Path}/schedules", new
            {
                endpoint = "POST /api/levels", cron = "*/5 * * * *", timezone = Cities.ZoneOf(p.Tenant), name = "Shelf scanner (trial)",
            })));
        for (var i = 0; i < 9; i++)
        {
            var hour = i;
            almanac.Add(almanac.Before(0.4 + (i * 0.7)), () => CallReportAsync(town.Installs[hour * 5 % town.Installs.Count]));
        }
    }

    private void PlanMistakes()
    {
        almanac.Add(almanac.Before(2, 9, 12), () => UndoneAsync(town.Of("acme", SampleExtensions.LedgerExport), new { cron = "0 2 1 * *" }));
        almanac.Add(almanac.Before(1, 14, 31), () => BulkUndoneAsync("acme"));
        almanac.Add(almanac.Before(6, 15), async () =>
            (await town.Viewer.TryAsync(HttpMethod.Post, "/api/v1/tenants/acme/pause", new { note = "the customer asked" })).Dispose());
        almanac.Add(almanac.Before(3, 11), async () =>
            (await town.Admins[1].TryAsync(HttpMethod.Get, "/api/v1/tenants/acme/schedules")).Dispose());
    }

    private void PlanEndings()
    {
        almanac.Add(almanac.Before(15), () => Last(SampleExtensions.CertificateWatch).Admin.DeleteAsync(Last(SampleExtensions.CertificateWatch).Path));
        almanac.Add(almanac.Before(14.8), () => Last(SampleExtensions.CertificateWatch).Admin.PostAsync(
            Last(SampleExtensions.CertificateWatch).Path.Replace("/installs/", "/uninstalled/", StringComparison.Ordinal) + "/restore"));
        almanac.Add(almanac.Before(3.3), () => town.Of("alpenrose", SampleExtensions.CertificateWatch).Admin.DeleteAsync(
            town.Of("alpenrose", SampleExtensions.CertificateWatch).Path));
        almanac.Add(almanac.Before(1.7), () => town.Of("alpenrose", SampleExtensions.Invoices).Admin.DeleteAsync(
            town.Of("alpenrose", SampleExtensions.Invoices).First));
        almanac.Add(almanac.Before(33), () => Last(SampleExtensions.Invoices).Admin.PostAsync($"{Last(SampleExtensions.Invoices).Path}/disable"));
        almanac.Add(almanac.Before(31), () => Last(SampleExtensions.Invoices).Admin.PostAsync($"{Last(SampleExtensions.Invoices).Path}/enable"));
        almanac.Add(almanac.Before(26, 9), async () =>
        {
            var tokens = (await town.Operator.GetAsync("/api/v1/tokens"))["items"]!.AsArray();
            var viewers = tokens.First(t => (string?)t!["name"] == town.Viewer.Name)!;
            await town.Operator.PostAsync($"/api/v1/tokens/{viewers["id"]}/rotate", new { graceSeconds = 604_800 });
        });
    }

    private Placed Last(string extension) => town.Of(extension).Last();

    // Alpenrose deletes and uninstalls, and others leave its things alone.
    private Placed Somebodys(int number)
    {
        List<Placed> installs = [.. town.Installs.Where(i => i.Tenant != "alpenrose")];
        return installs[number * 11 % installs.Count];
    }

    private async Task AwayAsync(DateTimeOffset until, bool silently, string next)
    {
        await host.StopAsync(silently);
        host.PassTo(until);
        await host.StartAsync(next);
    }

    private static async Task EachAsync(IEnumerable<Placed> installs, Func<Placed, Task> does)
    {
        foreach (var placed in installs.ToList())
        {
            await does(placed);
        }
    }

    private static Task<JsonNode> UpgradeAsync(Placed placed, SampleVersion version) => placed.Admin.DoAsPreviewedAsync(
        $"{placed.Path}/upgrade",
        new { version = version.Number },
        new JsonObject { ["capabilities"] = new JsonArray([.. version.Capabilities.Select(c => (JsonNode)c)]) });

    private static Task<JsonNode> FillAsync(Placed placed, DateTimeOffset from, DateTimeOffset to, string note) => placed.Admin.DoAsPreviewedAsync(
        $"{placed.First}/backfill", new { from = Instant(from), to = Instant(to), which = "missing" }, new JsonObject { ["note"] = note });

    // Whatever is under way or paused just then may keep it from being done, as it keeps people.
    private static async Task RunAsync(Placed placed, object note) =>
        (await placed.Admin.TryAsync(HttpMethod.Post, $"{placed.First}/run-now", note)).Dispose();

    private static async Task AgainAsync(Placed placed)
    {
        var failed = (await placed.Admin.GetAsync($"{placed.First}/runs?state=failed&limit=1"))["items"]!.AsArray();
        if (failed.Count > 0)
        {
            var path = $"/api/v1/tenants/{placed.Tenant}/runs/{failed[0]!["id"]}/rerun";
            (await placed.Admin.TryAsync(HttpMethod.Post, path, new { note = "once more, the partner is back" })).Dispose();
        }
    }

    private static async Task SkipAsync(Placed placed)
    {
        var next = (string?)(await placed.Admin.GetAsync(placed.First))["nextDueAt"];
        (await placed.Admin.TryAsync(HttpMethod.Post, $"{placed.First}/skips", new { at = next, note = "a holiday, nobody needs it" })).Dispose();
    }

    private static async Task RescheduleAsync(Placed placed, int number)
    {
        var schedule = await placed.Admin.GetAsync(placed.First);
        var fields = ((string)schedule["cron"]!).Split(' ');
        fields[0] = $"{number % 6 * 10}";
        await placed.Admin.PatchAsync(placed.First, new { cron = string.Join(' ', fields) });
    }

    private static async Task UndoneAsync(Placed placed, object change)
    {
        await placed.Admin.PatchAsync(placed.First, change);
        var entries = (await placed.Admin.GetAsync($"/api/v1/tenants/{placed.Tenant}/audit?limit=20"))["items"]!.AsArray();
        var mine = entries.First(e => (string?)e!["actor"]!["id"] == placed.Admin.Name)!;
        await placed.Admin.DoAsPreviewedAsync($"/api/v1/tenants/{placed.Tenant}/audit/{mine["id"]}/undo");
    }

    private async Task BulkUndoneAsync(string tenant)
    {
        var path = $"/api/v1/tenants/{tenant}";
        var begun = await town.Jonas.DoAsPreviewedAsync(
            $"{path}/schedules/bulk", new { action = "pause", note = "wrong tenant, sorry" }, query: "?extension=" + SampleExtensions.Invoices);
        var change = $"{path}/bulk-changes/{begun["id"]}";
        await EndedAsync(change);
        await host.ToAsync(host.Now.AddMinutes(4));
        var undone = await town.Jonas.DoAsPreviewedAsync($"{change}/undo");
        await EndedAsync($"{path}/bulk-changes/{undone["id"]}");

        async Task EndedAsync(string bulk)
        {
            while ((string?)(await town.Jonas.GetAsync(bulk))["state"] == "running")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    private async Task CallReportAsync(Placed placed) => (await town.Gateway.TryAsync(
        HttpMethod.Get, $"/api/ext/{placed.Extension.Id}/api/report", tenant: placed.Tenant)).Dispose();

    private static string Instant(DateTimeOffset at) => Timestamps.Format(at);
}
