using Escapement.Firing;
using Escapement.Sandbox;
using Escapement.Wasm.Components;
using Escapement.Wasm.Imports;
using Escapement.Wasm.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Tests.Components;

public sealed class EnginePlacesTests : IDisposable
{
    private readonly WasmSandboxOptions options = new() { Slots = 2 };
    private readonly List<Store> stores = [];
    private readonly EngineSettings settings;
    private readonly Engine engine;
    private readonly LoadedComponent component;

    public EnginePlacesTests()
    {
        settings = new EngineSettings(options);
        engine = settings.CreateEngine();
        var compiled = Component.FromBytes(engine, new GuestComponent().ToBytes());
        component = new LoadedComponent(compiled, HostImports.Link(engine, compiled));
    }

    public void Dispose()
    {
        stores.ForEach(s => s.Dispose());
        component.EndUse();
        engine.Dispose();
    }

    [Fact]
    public void Instantiate_EverySlotTaken_LeavesPlacesForTheCheckOfImports()
    {
        Take(options.Slots);
        Take(1);
        Assert.True(settings.Places > options.Slots + 1);
    }

    [Fact]
    public async Task CarryOut_NoPlaceLeft_IsTheHostsFailureAndNotATrap()
    {
        Take(settings.Places);
        await using var fixture = new SandboxFixture(SandboxIsolation.InProcess);
        using var run = new GuestRun(
            fixture.Publish([]), options, fixture.Telemetry.Sandbox, caller: null, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        run.Enter();
        try
        {
            Assert.Throws<InvalidOperationException>(() => GuestCall.CarryOut(engine, component, run, options));
            GiveBackOne();
            Assert.IsType<InvocationResult.Responded>(GuestCall.CarryOut(engine, component, run, options));
        }
        finally
        {
            GuestRun.Leave();
        }
    }

    private void Take(int places)
    {
        for (var i = 0; i < places; i++)
        {
            var store = new Store(engine);
            stores.Add(store);
            store.SetEpochDeadline(1);
            store.SetWasiConfiguration(new WasiConfiguration());
            component.Linker.Instantiate(store, component.Component);
        }
    }

    private void GiveBackOne()
    {
        stores[0].Dispose();
        stores.RemoveAt(0);
    }
}
