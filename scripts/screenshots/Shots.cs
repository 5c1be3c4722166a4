using System.Text.Json.Nodes;

namespace Escapement.Screenshots;

/// <summary>Which pages are taken, and of what in the world.</summary>
internal static class Shots
{
    public static async Task<IReadOnlyList<Shot>> OfAsync(WorldServer server)
    {
        var sync = await FindAsync("com.brightdesk.ticket-sync", "Ticket sync");
        var payroll = await FindAsync("com.tallyho.payroll-check", "Hours against contracts");
        var payrollPath = $"/api/v1/tenants/acme/installs/{payroll.Install}/schedules/{payroll.Schedule}";
        var missed = (await server.GetAsync($"{payrollPath}/runs?state=missed&limit=1"))["items"]!.AsArray()[0]!;
        var failed = (await server.GetAsync($"{payrollPath}/runs?state=failed&limit=1"))["items"]!.AsArray()[0]!;
        return
        [
            new("sign-in", "") { Anonymous = true },
            new("now", "t/acme/now"), new("now-phone", "t/acme/now") { Narrow = true },
            new("schedules", "t/~all/schedules"),
            new("schedule", PageOf(sync)), new("schedule-failing", PageOf(payroll)),
            new("why", $"{PageOf(payroll)}/why?at={missed["dueAt"]}"),
            new("runs", "t/~all/runs?state=failed%2Cmissed%2Cabandoned%2Cskipped"),
            new("run", $"t/acme/runs/{failed["id"]}"),
            new("calendar", "t/acme/calendar"),
            new("load", "t/~all/load"),
            new("audit", "t/acme/audit"),
            new("extensions", "t/~all/extensions"), new("extension", "t/~all/extensions/com.brightdesk.ticket-sync"),
            new("installs", "t/acme/installs"), new("install", $"t/acme/installs/{sync.Install}"),
            new("access", "t/~all/access"),
            new("nodes", "t/~all/nodes"),
        ];

        async Task<(string Install, string Schedule)> FindAsync(string extension, string name)
        {
            var list = await server.GetAsync($"/api/v1/tenants/acme/schedules?extension={extension}");
            var found = list["items"]!.AsArray().First(s => (string?)s!["name"] == name)!;
            return ((string)found["installId"]!, (string)found["id"]!);
        }
    }

    private static string PageOf((string Install, string Schedule) which) => $"t/acme/schedules/{which.Install}/{which.Schedule}";
}
