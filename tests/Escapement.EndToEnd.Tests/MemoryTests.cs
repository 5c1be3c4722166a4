using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;
using Escapement.Wasm.Tests;

namespace Escapement.EndToEnd.Tests;

/// <summary>The host's rows in the table of docs/security.md, held against what its process really comes to.</summary>
[Collection(Alone.Name)]
public sealed class MemoryTests : IDisposable
{
    private const long Mi = 1 << 20;
    private const long AtRest = 300 * Mi;

    // Longer than the test, within the time limit.
    private const long ForEver = 1_000_000_000_000;

    private readonly ServerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Host_AfterSomeCalls_HoldsWhatIsSaidOfItAtRest()
    {
        await using var server = await RealServer.StartAsync(folder);
        await server.InstallAsync(BundleFile.Working(1), "acme");
        for (var i = 0; i < 200; i++)
        {
            await server.CallAsync("acme", BundleFile.Extension, HttpMethod.Post, "/api/work");
        }

        Tell("at rest", server.Process.PeakBytes);
        Assert.InRange(server.Process.PeakBytes, 0, AtRest);
    }

    [Fact]
    public async Task Host_AsManyCallsWaitAsMayWithTheLargestBodies_HoldsThreeOfEach()
    {
        // Each install may have 16 calls waiting, all together 256, and some are under way.
        const int callsOfEach = 16;
        const int waiting = 256;
        await using var server = await RealServer.StartAsync(folder, ("ESCAPEMENT__Sandbox__TimeLimit", "00:01:00"));
        string[] tenants = [.. Enumerable.Range(0, 18).Select(i => $"tenant-{i}")];
        foreach (var tenant in tenants)
        {
            await server.InstallAsync(BundleFile.Working(ForEver), tenant);
        }

        var before = server.Process.PeakBytes;
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        using var patient = new HttpClient(handler) { BaseAddress = server.Client.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        patient.DefaultRequestHeaders.Authorization = server.Client.DefaultRequestHeaders.Authorization;
        using var given = new CancellationTokenSource();
        var sent = 0;
        var calls = tenants.SelectMany(tenant => Enumerable.Range(0, callsOfEach).Select(_ => CallAsync(tenant))).ToList();
        await Poll.UntilAsync("as many bodies are there as may be", () => Task.FromResult(Volatile.Read(ref sent) >= waiting));

        var grown = server.Process.PeakBytes - before;
        Tell("with calls", grown);
        await given.CancelAsync();
        await Task.WhenAll(calls);
        Assert.InRange(grown, waiting * Mi / 2, (waiting + 8) * 3 * Mi);

        async Task CallAsync(string tenant)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/ext/{BundleFile.Extension}/api/work");
            request.Content = new Body(() => Interlocked.Increment(ref sent));
            request.Headers.Add("x-alga-tenant", tenant);
            try
            {
                using var answer = await patient.SendAsync(request, given.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
            {
                // It was waiting still, or was refused before its body was there.
            }
        }
    }

    [Fact]
    public async Task Host_LargestBundle_TakesFourTimesItsSize()
    {
        await using var server = await RealServer.StartAsync(folder);
        var noise = RandomNumberGenerator.GetBytes((int)(60 * Mi));
        var bundle = BundleFile.Pack(tar =>
        {
            BundleFile.AddParts(tar);
            BundleFile.AddFile(tar, "assets/noise", noise);
        });
        var before = server.Process.PeakBytes;

        using var published = await server.PublishAsync(bundle);

        Assert.Equal(HttpStatusCode.Created, published.StatusCode);
        var grown = server.Process.PeakBytes - before;
        Tell("with a bundle", grown);
        Assert.InRange(grown, 0, 4L * bundle.Length);
    }

    [Fact]
    public async Task Host_LargeCode_TakesTheCodeTheComponentAndWhatIsSharedOfIt()
    {
        await using var server = await RealServer.StartAsync(folder);
        var component = GuestComponent.LargeCode(functions: 400).ToBytes();

        // So alike that without what cannot be packed it would be refused as a decompression bomb.
        var noise = RandomNumberGenerator.GetBytes(component.Length / 32);
        var bundle = BundleFile.Pack(tar =>
        {
            BundleFile.AddParts(tar, component);
            BundleFile.AddFile(tar, "assets/noise", noise);
        });
        using (var published = await server.PublishAsync(bundle))
        {
            await RealServer.ReadAsync(published, HttpStatusCode.Created);
        }

        var before = server.Process.PeakBytes;
        var compiled = await server.CompiledAsync(BundleFile.Extension);
        Assert.True((string?)compiled["state"] == "compiled", compiled.ToString());

        var code = Directory.EnumerateFiles(folder.Data, "*", SearchOption.AllDirectories).Max(f => new FileInfo(f).Length);
        var grown = server.Process.PeakBytes - before;
        Tell($"with {code / Mi} MiB of code of a component of {component.Length / Mi} MiB", grown);
        Assert.InRange(code, 80 * Mi, 256 * Mi);
        Assert.InRange(grown, 0, code + component.Length + (64 * Mi));
    }

    // Little of a body lies between here and the server: what was sent was read.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = 32 << 10 };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static void Tell(string what, long bytes) => TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {bytes / Mi} MiB");

    /// <summary>The largest body that the gateway takes.</summary>
    private sealed class Body(Action sent) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[Mi]);
            sent();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Mi;
            return true;
        }
    }
}
