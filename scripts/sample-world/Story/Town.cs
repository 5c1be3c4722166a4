using System.Text.Json.Nodes;
using Escapement.SampleWorld.Cast;
using Escapement.SampleWorld.Hosting;
using Escapement.SampleWorld.Playing;

namespace Escapement.SampleWorld.Story;

/// <summary>Who and what there is: people with tokens, published extensions, tenants with installs.</summary>
internal sealed class Town(SampleHost host)
{
    private readonly List<Placed> installs = [];

    public Person Operator { get; private set; } = null!;

    /// <summary>Of all tenants.</summary>
    public Person Jonas { get; private set; } = null!;

    /// <summary>Each of some tenants.</summary>
    public Person[] Admins { get; private set; } = [];

    public Person Viewer { get; private set; } = null!;

    public Person Publisher { get; private set; } = null!;

    public Person Gateway { get; private set; } = null!;

    public IReadOnlyList<Placed> Installs => installs;

    /// <summary>The installs of an extension, those of the first tenants first.</summary>
    public IEnumerable<Placed> Of(string extension) => installs.Where(i => i.Extension.Id == extension);

    public Placed Of(string tenant, string extension) => installs.Single(i => i.Tenant == tenant && i.Extension.Id == extension);

    /// <summary>Gives people their tokens and publishes the first version of every extension.</summary>
    public async Task FoundAsync(IReadOnlyList<string> tenants)
    {
        var first = new Person(host, host.FirstToken, "first-token");
        Operator = await HireAsync(first, "Mara Lindqvist", new { role = "operator" });
        Jonas = await HireAsync(Operator, "Jonas Weber", new { role = "admin", tenants = new[] { "*" } });
        Admins =
        [
            await HireAsync(Operator, "Aiko Tanaka", new { role = "admin", tenants = tenants.Where((_, i) => i % 2 == 0) }),
            await HireAsync(Operator, "Priya Nair", new { role = "admin", tenants = tenants.Where((_, i) => i % 2 == 1 || tenants.Count == 1) }),
        ];
        Viewer = await HireAsync(Operator, "support-desk", new { role = "viewer", tenants = new[] { "*" } });
        Publisher = await HireAsync(Operator, "release-pipeline", new { role = "publisher", extensionPrefixes = new[] { "com." } });
        Gateway = await HireAsync(Operator, "platform", new { role = "gateway", tenants = new[] { "*" } });
        foreach (var extension in SampleExtensions.All)
        {
            await PublishAsync(extension, extension.Versions[0]);
        }
    }

    public Task PublishAsync(SampleExtension extension, SampleVersion version) =>
        Publisher.PostAsync("/api/v1/extensions", SampleBundle.Of(extension, version));

    /// <summary>Installs what a tenant wants, with its schedules.</summary>
    public async Task MoveInAsync(string tenant, int index)
    {
        var admin = Admins[index % 2];
        foreach (var extension in Cities.InstalledBy(tenant, index))
        {
            var body = new { extensionId = extension.Id, version = extension.Versions[0].Number, capabilities = extension.Versions[0].Capabilities };

            // The mailer may log and no more, and asks for its schedules all the same.
            var granted = extension.Id == SampleExtensions.ReportMailer ? body with { capabilities = ["cap:log.emit"] } : body;
            var made = await admin.PostAsync($"/api/v1/tenants/{tenant}/installs", granted);
            var placed = new Placed(tenant, extension, $"/api/v1/tenants/{tenant}/installs/{made["id"]}", admin);
            await ScheduleAsync(placed);
            installs.Add(placed);
        }
    }

    private async Task ScheduleAsync(Placed placed)
    {
        if (placed.Extension.SetsItselfUp)
        {
            using var setUp = await Gateway.TryAsync(
                HttpMethod.Post, $"/api/ext/{placed.Extension.Id}/api/setup", body: new { }, tenant: placed.Tenant);
            setUp.EnsureSuccessStatusCode();
        }
        else
        {
            foreach (var job in placed.Extension.Jobs)
            {
                await placed.Admin.PostAsync($"{placed.Path}/schedules", Wanted(placed.Tenant, job));
            }
        }

        var list = await placed.Admin.GetAsync($"{placed.Path}/schedules");
        foreach (var schedule in list["items"]!.AsArray())
        {
            placed.Schedules[(string)schedule!["name"]!] = (string)schedule["id"]!;
        }
    }

    private static object Wanted(string tenant, Job job) => new
    {
        endpoint = job.Endpoint,
        cron = job.Cron,
        timezone = Cities.ZoneOf(tenant),
        name = job.Name,
        payload = job.Endpoint.StartsWith("POST", StringComparison.Ordinal) ? $$"""{"tenant":"{{tenant}}"}""" : null,
        policy = job.Policy,
    };

    private async Task<Person> HireAsync(Person by, string name, object role)
    {
        var body = (JsonObject)System.Text.Json.JsonSerializer.SerializeToNode(role)!;
        body["name"] = name;
        body["expires"] = "never";
        return new Person(host, (string)(await by.PostAsync("/api/v1/tokens", body))["secret"]!, name);
    }
}
