namespace Escapement.Wasm.Confinement;

/// <summary>The names by which operators are told what holds worker processes.</summary>
internal static class Confinements
{
    /// <summary>No program that it runs can have more rights than it has.</summary>
    public const string NoNewPrivileges = "no-new-privileges";

    /// <summary>It can make no system calls that it does not need.</summary>
    public const string Seccomp = "seccomp";

    /// <summary>It can read the runtime, its own program and compiled components, and write nothing.</summary>
    public const string Landlock = "landlock";

    /// <summary>Its private memory cannot grow past a limit that the kernel holds.</summary>
    public const string DataLimit = "data-limit";

    /// <summary>All memory that it takes, of whatever kind, is bounded by the kernel, which kills it at the bound.</summary>
    public const string MemoryCgroup = "memory-cgroup";

    /// <summary>It is killed when it holds more memory than it may.</summary>
    public const string Watchdog = "watchdog";
}
