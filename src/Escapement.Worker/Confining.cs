using Escapement.Wasm.Confinement;

namespace Escapement.Worker;

/// <summary>What this process gives up before it looks at anything that a stranger made.</summary>
internal static class Confining
{
    /// <summary>Gives it up, and names what holds.</summary>
    /// <param name="before">What it was started with.</param>
    public static IReadOnlyList<string> Confine(IReadOnlyList<string> before) =>
        SystemCallFilter.TryApply() ? [Confinements.NoNewPrivileges, Confinements.Seccomp, .. before] : before;
}
