using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests.Fuzzing;

/// <summary>
/// Strangers' bundles, changed at random, are published, installed and called, while another tenant's schedule runs. The host answers
/// none of it with a fault of its own, and afterwards all is as it was.
/// </summary>
public abstract class FuzzTests(string isolation) : IAsyncLifetime
{
    // What the server needs for work of this kind it keeps: code that was compiled, pools, a heap that fits. It has all of it after some two
    // hundred mutants. What it holds then, whenever its collector has had its turn, is what it comes back to.
    private const int WarmUp = 250;
    private const int Looks = 5;
    private const double MayGrow = 1.1;

    private readonly ServerFolder folder = new();
    private readonly Dictionary<string, int> seen = [];
    private RealServer server = null!;

    public async ValueTask InitializeAsync() => server = await RealServer.StartAsync(
        folder,
        ("ESCAPEMENT__Sandbox__Isolation", isolation),
        ("ESCAPEMENT__Sandbox__TimeLimit", "00:00:01"));

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Server_MutatedBundlesForAWhile_IsAsItWasAndServedOthersMeanwhile()
    {
        var settings = FuzzSettings.Read();
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"ESCAPEMENT_FUZZ_SEED={settings.Seed}");
        var neighbour = await Neighbour.MoveInAsync(server);
        var mutants = new Mutants(settings.Seed);

        using var over = new CancellationTokenSource();
        var life = neighbour.LiveAsync(over.Token);

        for (var i = 0; i < WarmUp; i++)
        {
            await TryAsync(mutants.Next());
        }

        var before = await HeldAsync(mutants);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(settings.Seconds / 2))
        {
            await TryAsync(mutants.Next());
        }

        var health = await neighbour.HealthAsync();
        var after = await HeldAsync(mutants);
        await over.CancelAsync();
        await life;
        var kinds = string.Join(", ", seen.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}: {s.Value}"));
        output.WriteLine(
            $"{isolation}: {seen.Values.Sum()} mutants ({kinds}); "
            + $"/healthz in {health.TotalMilliseconds:0.0} ms; memory {before} MiB before, {after} after; "
            + $"{neighbour.Runs} runs of the neighbour, at most {neighbour.Latest.TotalMilliseconds:0} ms late");
        Assert.False(server.Process.HasExited, $"The server ended:\n{server.Process.Output}");
        Assert.True(after <= before * MayGrow, $"Memory was {before} MiB before and is {after} MiB");
        Assert.True(health < TimeSpan.FromMilliseconds(250), $"/healthz took {health.TotalMilliseconds} ms");
        Assert.True(neighbour.Runs > 0 && neighbour.Latest < TimeSpan.FromSeconds(1), $"The neighbour's runs were up to {neighbour.Latest} late");
    }

    /// <summary>The least that is held, in MiB, when a mutant is through and what it left was collected.</summary>
    private async Task<long> HeldAsync(Mutants mutants)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Looks; i++)
        {
            await TryAsync(mutants.Next());
            await FullCollection.OfAsync(server.Process.Id, TestContext.Current.CancellationToken);
            least = Math.Min(least, ResidentMemory.OfTree(server.Process.Id));
        }

        return least;
    }

    private async Task TryAsync((string Kind, byte[] Bundle) mutant)
    {
        using var published = await server.PublishAsync(mutant.Bundle);
        var text = await NoFaultAsync(mutant.Kind, published);
        var accepted = published.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK;
        var what = $"{mutant.Kind} {(accepted ? "accepted" : "refused")}";
        seen[what] = seen.GetValueOrDefault(what) + 1;
        if (accepted)
        {
            await UseAsync(mutant.Kind, (string)JsonNode.Parse(text)!["extensionId"]!);
        }
    }

    private async Task UseAsync(string kind, string extension)
    {
        await server.CompiledAsync(extension);
        using var installed = await server.Client.PostAsJsonAsync(
            "/api/v1/tenants/stranger/installs", new { extensionId = extension }, TestContext.Current.CancellationToken);
        await NoFaultAsync(kind, installed);
        if (installed.StatusCode == HttpStatusCode.Created)
        {
            await CallAsync(kind, extension, installed.Headers.Location!);
        }
    }

    private async Task CallAsync(string kind, string extension, Uri install)
    {
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/ext/{extension}/api/work");
            request.Headers.Add("x-alga-tenant", "stranger");
            using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            await NoFaultAsync(kind, answer);
        }

        using var removed = await server.Client.DeleteAsync(install, TestContext.Current.CancellationToken);
        await NoFaultAsync(kind, removed);
    }

    /// <summary>A 500 of the server's own is a fault of the host; a guest may answer one, but not in this form.</summary>
    private static async Task<string> NoFaultAsync(string kind, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.False(
            answer.StatusCode == HttpStatusCode.InternalServerError && answer.Content.Headers.ContentType?.MediaType == "application/problem+json",
            $"{kind}: {text}");
        return text;
    }
}

[Collection(Alone.Name)]
public sealed class FuzzInProcessTests() : FuzzTests("in-process");

[Collection(Alone.Name)]
public sealed class FuzzInWorkersTests() : FuzzTests("process");
