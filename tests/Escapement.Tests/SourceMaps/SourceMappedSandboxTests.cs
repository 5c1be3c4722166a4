using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.SourceMaps;

public sealed class SourceMappedSandboxTests
{
    // Script line 1 column 1 is src/a.ts 1:1, column 11 is src/b.ts 3:5; line 3 column 5 is src/a.ts 2:1.
    private const string Map = """{"version":3,"sources":["src/a.ts","src/b.ts"],"mappings":"AAAA,UCEI;;IDDJ"}""";

    [Theory]
    [InlineData("fail@main.js:1:1", "fail@src/a.ts:1:1")]
    [InlineData("fail@main.js:1:10", "fail@src/a.ts:1:1")]
    [InlineData("fail@main.js:1:11", "fail@src/b.ts:3:5")]
    [InlineData("fail@main.js:1:999", "fail@src/b.ts:3:5")]
    [InlineData("a@main.js:3:5\nb@main.js:1:12", "a@src/a.ts:2:1\nb@src/b.ts:3:5")]
    [InlineData("    at fail (/main.js:1:11)\n    at <anonymous> (/main.js:3:5)", "    at fail (src/b.ts:3:5)\n    at <anonymous> (src/a.ts:2:1)")]
    [InlineData("at /main.js:1:1", "at src/a.ts:1:1")]
    [InlineData("fail@main.js:2:1", "fail@main.js:2:1")]
    [InlineData("fail@main.js:3:4", "fail@main.js:3:4")]
    [InlineData("fail@main.js:0:1 main.js:9999999:1 main.js:99999999:1", "fail@main.js:0:1 main.js:9999999:1 main.js:99999999:1")]
    [InlineData("domain.js:1:1", "domain.js:1:1")]
    public async Task Invoke_PlacesInTheScript_BecomeTheAuthorsOwn(string said, string kept)
    {
        var failing = new Failing(said, said, Map);
        Assert.Equal((kept, kept), await failing.RunAsync(failing.Wrapped()));
    }

    [Fact]
    public async Task Invoke_AgainAndAgain_TheBundleIsReadOnce()
    {
        var failing = new Failing("main.js:1:1", "", Map);
        await using var sandbox = failing.Wrapped();
        await failing.RunAsync(sandbox);
        await failing.RunAsync(sandbox);
        Assert.Equal(1, failing.BundlesRead);
    }

    [Fact]
    public async Task Invoke_NothingOfTheScriptIsSaid_NoBundleIsRead()
    {
        var failing = new Failing("out of time", "hello", Map);
        await failing.RunAsync(failing.Wrapped());
        Assert.Equal(0, failing.BundlesRead);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"version":3}""")]
    [InlineData("""{"version":2,"sources":["a"],"mappings":"AAAA"}""")]
    [InlineData("""{"version":"3","sources":["a"],"mappings":"AAAA"}""")]
    [InlineData("""{"version":3,"sources":"a","mappings":"AAAA"}""")]
    [InlineData("""{"version":3,"sources":[],"mappings":"AAAA"}""")]
    [InlineData("""{"version":3,"sources":["a"],"mappings":"ACAA"}""")]
    [InlineData("""{"version":3,"sources":["a"],"mappings":"AADA"}""")]
    [InlineData("""{"version":3,"sources":["a"],"mappings":"AAA"}""")]
    [InlineData("""{"version":3,"sources":["a"],"mappings":"AAAAAA"}""")]
    [InlineData("""{"version":3,"sources":["a"],"mappings":"A\u00e9AA"}""")]
    [InlineData("""{"version":3,"sources":["a"],"mappings":"UAAA,VAAA"}""")]
    [InlineData("""{"version":3,"sources":["a"],"mappings":"gggggggggggggB"}""")]
    [InlineData("""{"version":3,"sources":["a"],"mappings":"g"}""")]
    [InlineData("""{"version":3,"sources":["\ud800"],"mappings":"AAAA"}""")]
    public async Task Invoke_MapThatIsNone_LeavesWhatWasSaid(string? map)
    {
        var failing = new Failing("main.js:1:1", "main.js:1:1", map);
        Assert.Equal(("main.js:1:1", "main.js:1:1"), await failing.RunAsync(failing.Wrapped()));
    }

    [Fact]
    public async Task Invoke_MapOfTooManyLines_LeavesWhatWasSaid()
    {
        var failing = new Failing("main.js:1:1", "", $$"""{"version":3,"sources":["a"],"mappings":"AAAA{{new string(';', 200_000)}}"}""");
        Assert.Equal("main.js:1:1", (await failing.RunAsync(failing.Wrapped())).Message);
    }

    [Fact]
    public async Task Invoke_MapOfTooManyBytes_LeavesWhatWasSaid()
    {
        var failing = new Failing("main.js:1:1", "", $$"""{"version":3,"sources":["a"],"mappings":"AAAA","x":"{{new string('x', 2 << 20)}}"}""");
        Assert.Equal("main.js:1:1", (await failing.RunAsync(failing.Wrapped())).Message);
    }

    [Fact]
    public async Task Invoke_NamesThatWouldMakeARunGrow_StopAtABound()
    {
        var map = $$"""{"version":3,"sources":["{{new string('x', 100_000)}}"],"mappings":"AAAA"}""";
        var said = string.Join(' ', Enumerable.Repeat("main.js:1:1", 5_000));
        var failing = new Failing(said[..4_000], said, map);

        var (message, logged) = await failing.RunAsync(failing.Wrapped());

        Assert.Equal(4_000, message.Length);
        Assert.InRange(logged.Length, said.Length, said.Length + (64 << 10));
    }

    [Fact]
    public async Task Invoke_NameWithControlCharacters_HasNone()
    {
        var failing = new Failing("main.js:1:1", "", """{"version":3,"sources":["a\n\u001b[31mb"],"mappings":"AAAA"}""");
        Assert.Equal("a??[31mb:1:1", (await failing.RunAsync(failing.Wrapped())).Message);
    }

    [Fact]
    public async Task Invoke_StoreIsAway_LeavesWhatWasSaidAndLooksAgain()
    {
        var failing = new Failing("main.js:1:1", "", Map) { OnBundle = () => throw new StoreUnavailableException("away", new TimeoutException()) };
        await using var sandbox = failing.Wrapped();
        Assert.Equal("main.js:1:1", (await failing.RunAsync(sandbox)).Message);
        await failing.RunAsync(sandbox);
        Assert.Equal(2, failing.BundlesRead);
    }

    [Fact]
    public async Task Invoke_BundleThatTakesLong_IsNotWaitedForLong()
    {
        var asked = new TaskCompletionSource();
        var time = new FakeTimeProvider();
        var failing = new Failing("main.js:1:1", "", Map)
        {
            OnBundle = () =>
            {
                asked.SetResult();
                return new(new TaskCompletionSource<byte[]?>().Task);
            },
        };

        var running = failing.RunAsync(failing.Wrapped(time));
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("main.js:1:1", (await running).Message);
    }
}
