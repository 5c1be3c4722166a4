namespace Escapement.Wasm.Protocol;

/// <summary>The limits that a worker holds guests to, as the host has them. What concerns the host alone does not cross.</summary>
internal static class SettingsMessage
{
    public static WireWriter Write(WasmSandboxOptions options, int slots) => new WireWriter()
        .Int(slots)
        .Long(options.TimeLimit.Ticks)
        .Long(options.MemoryLimit)
        .Int(options.MaxResponseBytes)
        .Int(options.MaxLogBytes)
        .Int(options.MaxLogLines)
        .Int(options.MaxLogLineChars)
        .Int(options.MaxHostCalls)
        .Int(options.MaxHostCallBytes)
        .Long(options.MaxHostCallBytesPerRun)
        .Int(options.StackSize)
        .Int(options.MaxLoadedComponents);

    public static WasmSandboxOptions Read(ref WireReader reader) => new()
    {
        Slots = reader.Int(),
        TimeLimit = new TimeSpan(reader.Long()),
        MemoryLimit = reader.Long(),
        MaxResponseBytes = reader.Int(),
        MaxLogBytes = reader.Int(),
        MaxLogLines = reader.Int(),
        MaxLogLineChars = reader.Int(),
        MaxHostCalls = reader.Int(),
        MaxHostCallBytes = reader.Int(),
        MaxHostCallBytesPerRun = reader.Long(),
        StackSize = reader.Int(),
        MaxLoadedComponents = reader.Int(),
    };
}
