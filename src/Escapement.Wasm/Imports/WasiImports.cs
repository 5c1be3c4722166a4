namespace Escapement.Wasm.Imports;

/// <summary>Which interfaces of WASI the engine gives, with nothing behind them that a guest could reach.</summary>
internal static class WasiImports
{
    private static readonly string[] Packages = ["wasi:cli/", "wasi:clocks/", "wasi:filesystem/", "wasi:io/", "wasi:random/", "wasi:sockets/"];

    /// <summary>The engine takes any 0.2 for the one it has.</summary>
    public static bool AreGiven(string import) =>
        Packages.Any(p => import.StartsWith(p, StringComparison.Ordinal)) && import.Contains("@0.2.", StringComparison.Ordinal);
}
