using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Wasmtime;

namespace Escapement.Wasm.Components;

/// <summary>
/// How the WebAssembly engine is set up. A compiled component fits only the settings it was compiled under, so
/// <see cref="Key"/> stands for all of them.
/// </summary>
internal sealed class EngineSettings
{
    /// <summary>
    /// Memories that one run may have. The limit on memory holds for each, so a guest may not multiply it; a second one is what
    /// adapters of older toolchains bring.
    /// </summary>
    public const int MemoriesPerRun = 2;

    /// <summary>Core instances that one run may have. A StarlingMonkey component needs fewer, of tables and their elements too.</summary>
    public const int InstancesPerRun = 32;

    /// <summary>Tables that one run may have.</summary>
    public const int TablesPerRun = 40;

    /// <summary>Elements that a table may have.</summary>
    public const int ElementsPerTable = 50_000;

    /// <summary>Tables that one core module may have.</summary>
    public const int TablesPerModule = 10;

    // Beside the slots. The check of what was just compiled takes a place for a moment, one check at a time. The others are never needed;
    // they are there so that a miscount of the host ends no guest.
    private const int PlacesForChecks = 1;
    private const int SparePlaces = 3;
    private const int KeepMemoryResident = 32 << 20;
    private const int KeepTableResident = 1 << 20;

    private readonly int slots;
    private readonly long memoryLimit;
    private readonly int stackSize;

    /// <param name="options">The limits.</param>
    /// <param name="slots">How many guests run at once, if not as many as the options say.</param>
    public EngineSettings(WasmSandboxOptions options, int? slots = null)
    {
        this.slots = slots ?? options.Slots;
        memoryLimit = options.MemoryLimit;
        stackSize = options.StackSize;
        Key = MakeKey();
    }

    /// <summary>16 hex digits that differ whenever compiled code may not be interchangeable.</summary>
    public string Key { get; }

    /// <summary>Component instances that there may be at once: one for each slot, and those beside them.</summary>
    public int Places => slots + PlacesForChecks + SparePlaces;

    /// <summary>Holds one run's store to what a run may have.</summary>
    public static void Limit(Store store, long memoryLimit) => store.SetLimits(memoryLimit, ElementsPerTable, InstancesPerRun, TablesPerRun, MemoriesPerRun);

    public Engine CreateEngine()
    {
        using var pool = new PoolingAllocationConfig();
        pool.WithTotalComponentInstances((uint)Places)
            .WithMaxCoreInstances((uint)(Places * InstancesPerRun))
            .WithMaxCoreInstancesPerComponent(InstancesPerRun)
            .WithMaxMemories((uint)(Places * MemoriesPerRun))
            .WithMaxMemoriesPerComponent(MemoriesPerRun)
            .WithMaxMemoriesPerModule(MemoriesPerRun)
            .WithMaxTables((uint)(Places * TablesPerRun))
            .WithMaxTablesPerComponent(TablesPerRun)
            .WithMaxTablesPerModule(TablesPerModule)
            .WithMaxTableElements(ElementsPerTable)
            .WithMaxMemorySize((nuint)memoryLimit)
            .WithMaxCoreInstanceSize(4 << 20)
            .WithMaxComponentInstanceSize(4 << 20)
            .WithMaxUnusedWarmSlots((uint)Places)
            .WithLinearMemoryKeepResidentBytes(KeepMemoryResident)
            .WithTableKeepResidentBytes(KeepTableResident);
        using var config = new Config();
        config.WithComponentModel(true)
            .WithEpochInterruption(true)
            .WithMaximumStackSize(stackSize)
            .WithMemoryInitCopyOnWrite(true)
            .WithParallelCompilation(true)
            .WithPoolingAllocationStrategy(pool);
        return new Engine(config);
    }

    private string MakeKey()
    {
        var package = typeof(Engine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? typeof(Engine).Assembly.GetName().Version!.ToString();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"1|{package}|{RuntimeInformation.RuntimeIdentifier}|{RuntimeInformation.ProcessArchitecture}"
            + $"|epochs|cow|memory {memoryLimit}|stack {stackSize}|tables {ElementsPerTable} {TablesPerModule}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
