using System.Net;
using System.Net.Http.Json;
using Escapement.Access;
using Escapement.Bulk;
using Escapement.Nodes;
using Escapement.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Access;

/// <summary>One of everything that routes can name, of one tenant; made again when it is gone.</summary>
internal sealed class ThingsOfATenant(RunningServer server, string tenant)
{
    private string? install;
    private string? schedule;
    private string? run;
    private string? call;
    private string? uninstalled;
    private string? deleted;
    private string? bulk;
    private string? node;

    public string Tenant => tenant;

    public string? Token { get; private set; }

    public string? Session { get; private set; }

    /// <summary>A pattern with the names of things that are there.</summary>
    public async Task<string> FillAsync(string pattern)
    {
        var root = $"/api/v1/tenants/{tenant}/installs";
        uninstalled ??= await UninstallAsync(root);
        install ??= (await server.InstallAsync(tenant)).Split('/')[^1];
        schedule ??= (string)(await server.CreateAsync($"{root}/{install}", "nightly"))["id"]!;
        run ??= (string)(await PostAsync($"{root}/{install}/schedules/{schedule}/run-now", body: null))["id"]!;
        deleted ??= await DeleteAsync($"{root}/{install}");
        call ??= await FailAsync();
        Token ??= (string)(await PostAsync("/api/v1/tokens", new { name = "one of them", role = "viewer", tenants = new[] { tenant } }))["id"]!;
        bulk ??= await ChangeManyAsync();
        node ??= await StartNodeAsync();
        Session ??= await SignInAsync();
        if (pattern.Contains("{auditId}", StringComparison.Ordinal))
        {
            var of = pattern.Contains("{tenant}", StringComparison.Ordinal) ? $"/tenants/{tenant}" : "";
            pattern = pattern.Replace("{auditId}", await NewestAsync(of), StringComparison.Ordinal);
        }

        pattern = pattern
            .Replace("{bulkId}", bulk, StringComparison.Ordinal).Replace("{nodeId}", node, StringComparison.Ordinal)
            .Replace("{sessionId}", Session, StringComparison.Ordinal)
            .Replace("/uninstalled/{installId}", $"/uninstalled/{uninstalled}", StringComparison.Ordinal)
            .Replace("/deleted-schedules/{scheduleId}", $"/deleted-schedules/{deleted}", StringComparison.Ordinal);
        return Fill(pattern, tenant, install, schedule, run, call, Token);
    }

    /// <summary>A pattern with names of things that never were.</summary>
    public static string FillWithNothing(string pattern)
    {
        var never = Guid.CreateVersion7().ToString();
        return Fill(pattern, "never", never, never, never, never, never);
    }

    /// <summary>Notes what a request did away with.</summary>
    public void Done(string route)
    {
        switch (route)
        {
            case "DELETE /api/v1/tenants/{tenant}/installs/{installId}":
                (install, schedule, call, deleted) = (null, null, null, null);
                break;
            case "DELETE /api/v1/tenants/{tenant}/uninstalled/{installId}":
                uninstalled = null;
                break;
            case "DELETE /api/v1/tenants/{tenant}/installs/{installId}/deleted-schedules/{scheduleId}":
                deleted = null;
                break;
            case "DELETE /api/v1/tenants/{tenant}/installs/{installId}/schedules/{scheduleId}":
                schedule = null;
                break;
            case "DELETE /api/v1/sessions/{sessionId}":
                Session = null;
                break;
            case "DELETE /api/v1/tokens/{tokenId}":
                Token = null;
                break;
        }
    }

    private static string Fill(string pattern, string tenant, string install, string schedule, string run, string call, string token) => pattern
        .Replace("{extensionId}", RunningServer.Extension, StringComparison.Ordinal).Replace("{version}", "1.0.0", StringComparison.Ordinal)
        .Replace("{**path}", "api/status", StringComparison.Ordinal).Replace("{**address}", "schedules", StringComparison.Ordinal)
        .Replace("{tenant}", tenant, StringComparison.Ordinal)
        .Replace("{installId}", install, StringComparison.Ordinal).Replace("{scheduleId}", schedule, StringComparison.Ordinal)
        .Replace("{runId}", run, StringComparison.Ordinal).Replace("{id}", run, StringComparison.Ordinal).Replace("{requestId}", call, StringComparison.Ordinal)
        .Replace("{tokenId}", token, StringComparison.Ordinal).Replace("{auditId}", run, StringComparison.Ordinal)
        .Replace("{bulkId}", run, StringComparison.Ordinal).Replace("{sessionId}", run, StringComparison.Ordinal)
        .Replace("{nodeId}", run, StringComparison.Ordinal);

    // The newest change, which the thing still is as it left it; if none is one, the newest entry.
    private async Task<string> NewestAsync(string of)
    {
        var entries = (await server.GetAsync($"/api/v1{of}/audit"))["items"]!.AsArray();
        return (string)(entries.FirstOrDefault(e => e!["changes"] is not null) ?? entries[0])!["id"]!;
    }

    // An extension is installed once: what is there goes, and is made again.
    private async Task<string> UninstallAsync(string root)
    {
        var id = install ?? (await server.InstallAsync(tenant)).Split('/')[^1];
        using var removed = await server.Client.DeleteAsync($"{root}/{id}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        (install, schedule, call, deleted) = (null, null, null, null);
        return id;
    }

    private async Task<string> DeleteAsync(string path)
    {
        var id = (string)(await server.CreateAsync(path, "deleted"))["id"]!;
        using var removed = await server.Client.DeleteAsync($"{path}/schedules/{id}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        return id;
    }

    private async Task<string> ChangeManyAsync()
    {
        var path = $"/api/v1/tenants/{tenant}/schedules/bulk";
        var shown = await PostAsync($"{path}/preview", new { action = "set-policy", policy = new { missedMax = 99 } });
        var begun = await PostAsync(path, new { previewToken = (string)shown["token"]! });
        var keeper = server.Services.GetRequiredService<BulkKeeper>();
        while (await keeper.StepAsync())
        {
        }

        return (string)begun["id"]!;
    }

    // One that fires, as others of a host do.
    private async Task<string> StartNodeAsync()
    {
        var now = server.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var one = new HostNode { Id = Guid.CreateVersion7(), Name = tenant, Slots = 4, Version = ProductVersion.Text, StartedAt = now, SeenAt = now };
        await server.Services.GetRequiredService<INodeStore>().BeatAsync(one, now);
        return one.Id.ToString();
    }

    private async Task<string> SignInAsync()
    {
        var somebody = new EscapementPrincipal(EscapementRole.Viewer, TenantScope.Of(TenantId.Parse(tenant)), "somebody");
        return (await server.Services.GetRequiredService<SessionOperations>().BeginAsync(somebody)).Session.Id.ToString();
    }

    private async Task<string> FailAsync()
    {
        server.Sandbox.Fail(RunReason.Trap, "trapped");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/ext/{RunningServer.Extension}/api/status");
        request.Headers.Add("x-alga-tenant", tenant);
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        server.Sandbox.Respond(200);
        return answer.Headers.GetValues("x-request-id").Single();
    }

    private async Task<System.Text.Json.Nodes.JsonObject> PostAsync(string path, object? body)
    {
        using var answer = await server.Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {answer.StatusCode}");
        return await RunningServer.ReadAsync(answer);
    }
}
