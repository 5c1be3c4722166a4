using System.Text;
using System.Text.Json.Nodes;
using Escapement.Extensions;
using Escapement.Sandbox;

namespace Escapement.Wasm.Tests.Engines;

/// <summary>The extension <c>tests/extensions/engines</c> as it was built with one JavaScript engine.</summary>
internal sealed class EngineGuest : IAsyncDisposable
{
    public const string StarlingMonkey = "starlingmonkey";
    public const string QuickJs = "quickjs";

    /// <summary>Where the sources are.</summary>
    public static string Root { get; } = FindRoot();

    private static readonly string Folder = Path.Combine(Root, "tests", "extensions", "engines");

    private readonly SandboxFixture fixture;
    private readonly Invocation invocation;

    public EngineGuest(string engine, Action<WasmSandboxOptions>? change = null, params IEnumerable<string> capabilities)
    {
        fixture = new SandboxFixture(SandboxIsolation.Process, options =>
        {
            // A JavaScript engine takes seconds to compile. The files are named by content and settings, so they cannot be stale.
            options.CacheDirectory = Path.Combine(AppContext.BaseDirectory, "components");
            change?.Invoke(options);
        });
        invocation = fixture.Publish(Component(engine), [Capability.LogEmit, Capability.ContextRead, .. capabilities]);
    }

    public FakeScheduler Scheduler => fixture.Scheduler;

    /// <summary>What each attempt ends with, whatever the engine.</summary>
    public static JsonObject Endings { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "endings.json")))!.AsObject();

    public ValueTask<Invoked> TryAsync(string name, string? body = null) => fixture.Sandbox.InvokeAsync(
        invocation with
        {
            Request = new HandlerRequest(
                "r-1", "POST", $"/try/{name}", [new("x-scheduler-trigger", "schedule")], body is null ? null : Encoding.UTF8.GetBytes(body)),
        },
        CancellationToken.None);

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    private static byte[] Component(string engine)
    {
        var path = Path.Combine(Folder, "dist", engine == StarlingMonkey ? "" : engine, "main.wasm");
        return File.Exists(path)
            ? File.ReadAllBytes(path)
            : throw new InvalidOperationException($"{path} is missing. Run: scripts/npm-packages && scripts/build-extensions");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Escapement.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
