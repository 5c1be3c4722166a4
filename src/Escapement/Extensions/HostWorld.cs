using System.Collections.Frozen;

namespace Escapement.Extensions;

/// <summary>What the host has for components to import, by name: the interfaces of <c>wit/extension.wit</c>, and WASI as far as the engine gives it.</summary>
internal static class HostWorld
{
    /// <summary>How the names of the project's own interfaces begin.</summary>
    public const string Package = "alga:extension/";

    private static readonly string[] Wasi = ["wasi:cli/", "wasi:clocks/", "wasi:filesystem/", "wasi:io/", "wasi:random/", "wasi:sockets/"];

    /// <summary>The functions of each of the project's own interfaces.</summary>
    public static FrozenDictionary<string, IReadOnlyList<string>> Interfaces { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [Package + "context"] = ["get-context"],
        [Package + "logging"] = ["log-info", "log-warn", "log-error"],
        [Package + "scheduler"] = ["list-schedules", "get-schedule", "create-schedule", "update-schedule", "delete-schedule", "get-endpoints"],
        [Package + "secrets"] = ["get", "list-keys"],
        [Package + "http"] = ["fetch"],
        [Package + "storage"] = ["get", "put", "delete", "list-entries"],
        [Package + "ui-proxy"] = ["call-route"],
        [Package + "user"] = ["get-user"],
        [Package + "user-v2"] = ["get-user"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether an interface is one of WASI's that the engine gives, which takes any 0.2 for the one it has.</summary>
    public static bool IsWasi(string import) =>
        Wasi.Any(p => import.StartsWith(p, StringComparison.Ordinal)) && import.Contains("@0.2.", StringComparison.Ordinal);
}
