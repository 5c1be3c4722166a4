using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Publishing;
using Microsoft.Extensions.DependencyInjection;
using ZstdSharp;

namespace Escapement.Server.Tests.Api.Extensions;

public sealed class PublishTests
{
    internal const string Manifest = """
        {
          "name": "com.acme.shop", "publisher": "acme", "version": "1.2.0", "runtime": "wasm-js@1", "capabilities": ["cap:log.emit"],
          "api": { "endpoints": [{ "method": "POST", "path": "/api/sync", "handler": "sync" }] },
          "colour": "red"
        }
        """;

    [Fact]
    public async Task Publish_NewThenSameThenOtherBytes_Answers201Then200Then409()
    {
        await using var server = await RunningServer.StartAsync();
        using var first = await PublishAsync(server, TestBundle.Of(Manifest));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var published = await RunningServer.ReadAsync(first);
        Assert.Equal(("com.acme.shop", "1.2.0", 64), ((string?)published["extensionId"], (string?)published["version"], ((string)published["sha256"]!).Length));
        Assert.Contains("colour", (string?)Assert.Single(published["warnings"]!.AsArray())!["path"], StringComparison.Ordinal);
        Assert.Equal("red", (string?)(await server.GetAsync(first.Headers.Location!.ToString()))["manifest"]!["colour"]);

        using var same = await PublishAsync(server, TestBundle.Of(Manifest));
        Assert.Equal(HttpStatusCode.OK, same.StatusCode);

        using var other = await PublishAsync(server, TestBundle.Of(Manifest.Replace("red", "blue", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Fact]
    public async Task Publish_SentOverAndOver_ChangesLeaveAnEntryEachAndRefusalsOfOneKindShareOne()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        for (var i = 0; i < 5; i++)
        {
            using var same = await PublishAsync(server, TestBundle.Of(Manifest));
            Assert.Equal(i == 0 ? HttpStatusCode.Created : HttpStatusCode.OK, same.StatusCode);
            using var other = await PublishAsync(server, TestBundle.Of(Manifest.Replace("red", "blue", StringComparison.Ordinal)));
            Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
            using var withdrawn = await server.Client.DeleteAsync($"/api/v1/extensions/{RunningServer.Extension}/versions/1.0.0");
            Assert.Equal(HttpStatusCode.Conflict, withdrawn.StatusCode);
        }

        // What was counted is written when the minute is over, or when the server stops.
        await server.Services.GetRequiredService<AuditLog>().StopAsync(TestContext.Current.CancellationToken);
        var entries = await server.Services.GetRequiredService<IAuditStore>().ListAsync(new AuditWalk(null) { Before = Guid.AllBitsSet }, 99);
        var done = entries.Where(e => e is { Action: "version.publish", Outcome: AuditOutcome.Done });
        Assert.Single(done, e => e.Detail?.Contains("shop 1.2.0", StringComparison.Ordinal) == true);
        foreach (var action in (string[])["version.publish", "version.withdraw"])
        {
            var refused = entries.Where(e => e.Action == action && e.Outcome == AuditOutcome.Refused).ToList();
            Assert.Equal(5, refused.Sum(e => e.Count));
            Assert.True(refused.Count <= 2, "One, or two if a minute ended in between");
        }
    }

    [Fact]
    public async Task Publish_BadManifest_Answers422WithEveryProblem()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await PublishAsync(server, TestBundle.Of("""{"name":"Acme","version":"one","runtime":"wasm-js@1","capabilities":["cap:odd"]}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await RunningServer.ReadAsync(answer))["errors"]!.AsObject();
        Assert.True(errors.Count >= 3, errors.ToJsonString());
        Assert.Contains(errors, e => e.Key.Contains("version", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("junk", "application/zstd", 422)]
    [InlineData("", "application/octet-stream", 422)]
    [InlineData("{}", "application/json", 415)]
    public async Task Publish_NoBundle_IsRefused(string body, string type, int status)
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await PublishAsync(server, Encoding.UTF8.GetBytes(body), type);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Publish_WhileAnotherOfTheSameCallerGoesOn_Answers429()
    {
        await using var server = await RunningServer.StartAsync();
        using (await PublishAsync(server, TestBundle.Of(Manifest)))
        {
        }

        var caller = (await server.Services.GetRequiredService<IVersionStore>().FindAsync("com.acme.shop", "1.2.0"))!.PublishedBy;
        using (server.Services.GetRequiredService<PublishTurns>().TryTake(caller))
        {
            using var second = await PublishAsync(server, TestBundle.Of(Manifest));
            Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(5), second.Headers.RetryAfter?.Delta);
        }

        using var after = await PublishAsync(server, TestBundle.Of(Manifest));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(server.Folder, "incoming")));
    }

    [Fact]
    public async Task Publish_OverTheLimit_Answers413()
    {
        await using var server = await RunningServer.StartAsync(o => o.MaxBundleBytes = 2_000_000);
        using var under = await PublishAsync(server, new byte[2_000_000]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, under.StatusCode);
        using var over = await PublishAsync(server, new byte[2_000_001]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, over.StatusCode);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.Created)]
    [InlineData(-1, HttpStatusCode.Conflict)]
    public async Task Publish_AsMuchAsAPublisherMayAndAByteMore_IsTakenOrAnswers409WithTheRemedy(int more, HttpStatusCode status)
    {
        var (first, second) = (TestBundle.Of(Long("1.2.0")), TestBundle.Of(Long("1.3.0")));
        var manifests = Encoding.UTF8.GetByteCount(Long("1.2.0")) + Encoding.UTF8.GetByteCount(Long("1.3.0"));
        await using var server = await RunningServer.StartAsync(o => o.MaxBytesPerPublisher = first.Length + second.Length + manifests + more);
        using (var published = await PublishAsync(server, first))
        {
            Assert.Equal(HttpStatusCode.Created, published.StatusCode);
        }

        using var answer = await PublishAsync(server, second);
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.Conflict)
        {
            var error = (await RunningServer.ReadAsync(answer)).ToJsonString();
            Assert.Contains("quota-exceeded", error, StringComparison.Ordinal);
            Assert.Contains("withdraw versions that nobody has installed", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(499, HttpStatusCode.Created)]
    [InlineData(500, HttpStatusCode.Conflict)]
    public async Task Publish_WhileAsManyWaitAsMayAndOneMore_IsTakenOrAnswers409WithTheRemedy(int waiting, HttpStatusCode status)
    {
        var compilations = new FakeCompilations { AreStored = true };
        await using var server = await RunningServer.StartAsync(services: s => s.AddSingleton<ICompilations>(compilations));
        using (await PublishAsync(server, TestBundle.Of(Manifest)))
        {
        }

        await PublishMoreAsync(server, waiting - 1);
        var next = TestBundle.Of(Manifest.Replace("1.2.0", "2.0.0", StringComparison.Ordinal));
        using var answer = await PublishAsync(server, next);
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.Created)
        {
            return;
        }

        var error = (await RunningServer.ReadAsync(answer)).ToJsonString();
        Assert.Contains("quota-exceeded", error, StringComparison.Ordinal);
        Assert.Contains("500 versions of first-token wait to be compiled, of 500 that may", error, StringComparison.Ordinal);
        Assert.Contains("withdraw some", error, StringComparison.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            using var again = await PublishAsync(server, next);
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        }

        using (var withdrawn = await server.Client.DeleteAsync("/api/v1/extensions/com.acme.shop/versions/1.2.0"))
        {
            Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        }

        using var after = await PublishAsync(server, next);
        Assert.Equal(HttpStatusCode.Created, after.StatusCode);
        await server.Services.GetRequiredService<AuditLog>().StopAsync(TestContext.Current.CancellationToken);
        var entries = await server.Services.GetRequiredService<IAuditStore>().ListAsync(new AuditWalk(null) { Before = Guid.AllBitsSet }, 999);
        var refused = entries.Where(e => e.Outcome == AuditOutcome.Refused).ToList();
        Assert.Equal(5, refused.Sum(e => e.Count));
        Assert.True(refused.Count <= 2, "One, or two if a minute ended in between");
    }

    [Fact]
    public async Task Publish_AsManyWaitAsMay_DoesNotHoldUpASandboxThatCompilesNothing()
    {
        await using var server = await RunningServer.StartAsync(services: s => s.AddSingleton<ICompilations>(new FakeCompilations()));
        using (await PublishAsync(server, TestBundle.Of(Manifest)))
        {
        }

        await PublishMoreAsync(server, 499);
        using var answer = await PublishAsync(server, TestBundle.Of(Manifest.Replace("1.2.0", "2.0.0", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    // Of the publisher who has published the first.
    private static async Task PublishMoreAsync(RunningServer server, int count)
    {
        var versions = server.Services.GetRequiredService<IVersionStore>();
        var first = (await versions.FindAsync("com.acme.shop", "1.2.0"))!;
        var more = Enumerable.Range(0, count).Select(i => first with
        {
            Id = new VersionId(Ids.Next(TimeProvider.System)),
            Manifest = first.Manifest with { Version = $"1.3.{i}" },
            Endpoints = [],
            BundleSha256 = $"{i:x64}",
            ComponentSha256 = $"{i:x64}",
        });
        var entry = AuditEntry.Of(TimeProvider.System, scope: null, new Actor(ActorKind.Admin, "test"), "version.publish", first.Id.ToString());
        await Task.WhenAll(more.Select(v => versions.PublishAsync(v, new byte[] { 1 }, entry with { Id = Ids.Next(TimeProvider.System) }).AsTask()));
    }

    // Such as does not pack well, for a quota may not be too small.
    private static string Long(string version)
    {
        var noise = new byte[4_000];
        new Random(7).NextBytes(noise);
        return Manifest.Replace("1.2.0", version, StringComparison.Ordinal).Replace("red", Convert.ToBase64String(noise), StringComparison.Ordinal);
    }

    internal static async Task<HttpResponseMessage> PublishAsync(RunningServer server, byte[] bundle, string type = "application/zstd")
    {
        using var content = new ByteArrayContent(bundle);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await server.Client.PostAsync("/api/v1/extensions", content);
    }
}
