using System.Net.Http.Json;
using System.Net;
using System.Text.Json.Nodes;
using Escapement.Compiling;
using Escapement.Runs;
using Escapement.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Api.Extensions;

public sealed class CompilationTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeCompilations compilations = new();

    public static TheoryData<CompilationState, string, string> Waiting { get; } = new()
    {
        { CompilationState.Pending, "pending", "waits for its turn to be compiled" }, { CompilationState.Compiling, "compiling", "is being compiled" },
    };

    [Theory]
    [MemberData(nameof(Waiting))]
    public async Task Version_NotCompiledYet_SaysSoAndCannotBeInstalled(CompilationState state, string word, string detail)
    {
        compilations.State = new Compilation(state, null, state == CompilationState.Pending ? null : Start);
        await using var server = await StartAsync();
        using var published = await PublishTests.PublishAsync(server, TestBundle.Of(PublishTests.Manifest));
        var version = published.Headers.Location!.ToString();
        JsonNode?[] all =
        [
            (await RunningServer.ReadAsync(published))["compilation"],
            (await server.GetAsync(version))["compilation"],
            (await server.GetAsync(version[..version.LastIndexOf('/')]))["items"]![0]!["compilation"],
            (await server.GetAsync("/api/v1/extensions"))["items"]![0]!["versions"]![0]!["compilation"],
        ];
        Assert.All(all, c => Assert.Equal(word, (string?)c!["state"]));

        var problem = await RefusedAsync(server);
        Assert.Equal("urn:escapement:problem:compiling", (string?)problem["type"]);
        Assert.Contains("Try again when", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Contains(detail, (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal([("1.2.0", CompileFor.Publisher), ("1.2.0", CompileFor.Publisher)], compilations.Wanted);
    }

    [Fact]
    public async Task Version_Refused_SaysWhyAndCannotBeInstalled()
    {
        compilations.State = new Compilation(CompilationState.Refused, "Its handler has another type", Start, Start.AddSeconds(2.5));
        await using var server = await StartAsync();
        using var published = await PublishTests.PublishAsync(server, TestBundle.Of(PublishTests.Manifest));
        var compilation = (await RunningServer.ReadAsync(published))["compilation"]!;
        Assert.Equal(
            ("refused", "2026-03-02T09:00:00.000Z", 2.5, "Its handler has another type"),
            ((string?)compilation["state"], (string?)compilation["startedAt"], (double?)compilation["seconds"], (string?)compilation["error"]));

        var problem = await RefusedAsync(server);
        Assert.Equal("urn:escapement:problem:component-refused", (string?)problem["type"]);
        Assert.Contains("Its handler has another type", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Empty(compilations.Wanted);
    }

    [Fact]
    public async Task Version_CompilerWasLost_SaysThatItMayBeNoFaultOfItsOwnAndWhenItIsTriedAgain()
    {
        compilations.State = new Compilation(CompilationState.Refused, "The compiler was lost 3 times.", Start, Start.AddSeconds(20), Start.AddHours(1));
        await using var server = await StartAsync();
        using var published = await PublishTests.PublishAsync(server, TestBundle.Of(PublishTests.Manifest));
        Assert.Equal("2026-03-02T10:00:00.000Z", (string?)(await RunningServer.ReadAsync(published))["compilation"]!["triedAgainAt"]);

        var problem = await RefusedAsync(server);
        Assert.Equal("urn:escapement:problem:component-refused", (string?)problem["type"]);
        Assert.Contains("may be no fault of its own: The compiler was lost 3 times.", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain("corrected version", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Version_CompiledAndItsCodeElsewhere_SaysSoAndIsFetchedWhenItIsInstalled(bool isHere)
    {
        compilations.State = Compilation.Done with { IsHere = isHere };
        await using var server = await StartAsync();
        using var published = await PublishTests.PublishAsync(server, TestBundle.Of(PublishTests.Manifest));
        var compilation = (await RunningServer.ReadAsync(published))["compilation"]!;
        Assert.Equal(("compiled", isHere), ((string?)compilation["state"], (bool?)compilation["onThisNode"]));

        using var installed = await server.Client.PostAsJsonAsync("/api/v1/tenants/t1/installs", new { extensionId = "com.acme.shop" });
        Assert.Equal(HttpStatusCode.Created, installed.StatusCode);
        Assert.Equal(isHere ? [] : [("1.2.0", CompileFor.Runs)], compilations.Wanted);
    }

    [Fact]
    public async Task Install_ComesAndGoes_HasCompilationsLookedAtAgain()
    {
        compilations.State = Compilation.Done;
        await using var server = await StartAsync();
        var install = await server.InstallAsync();
        using (await server.Client.PostAsync($"{install}/disable", content: null))
        {
            Assert.Equal(1, compilations.Reviews);
        }

        compilations.State = Compilation.Pending;
        using (await server.Client.PostAsync($"{install}/enable", content: null))
        {
            Assert.Equal([("1.0.0", CompileFor.Runs)], compilations.Wanted);
        }

        using (await server.Client.DeleteAsync(install))
        {
            Assert.Equal(2, compilations.Reviews);
        }
    }

    [Theory]
    [InlineData(RunReason.Compiling, "compiling")]
    [InlineData(RunReason.SandboxUnavailable, "sandbox-unavailable")]
    public async Task Gateway_NotReady_Answers503WithRetryAfterAndSaysWhy(RunReason reason, string word)
    {
        compilations.State = Compilation.Done;
        await using var server = await StartAsync();
        await server.InstallAsync();
        server.Sandbox.Answer = (_, _) => Task.FromResult<InvocationResult>(new InvocationResult.NotReady(reason, "It is not ready"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/ext/{RunningServer.Extension}/api/status");
        request.Headers.Add("x-alga-tenant", "t1");
        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        var problem = await RunningServer.ReadAsync(answer);
        Assert.Equal(
            ($"urn:escapement:problem:{word}", "It is not ready"), ((string?)problem["type"], (string?)problem["detail"]));
    }

    private static async Task<JsonObject> RefusedAsync(RunningServer server)
    {
        using var answer = await server.Client.PostAsJsonAsync("/api/v1/tenants/t1/installs", new { extensionId = "com.acme.shop" });
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        return await RunningServer.ReadAsync(answer);
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(services: s => s.AddSingleton<ICompilations>(compilations));
}
