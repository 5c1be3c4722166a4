using Escapement.Wasm.Confinement;

namespace Escapement.Worker;

/// <summary>What makes sure that this process does not outlive its host.</summary>
internal static class Lifeline
{
    private const int Killed = 9;

    /// <summary>Has the system end this process with its parent. False when it has another parent by now than the one that started it.</summary>
    public static bool HoldTo(int parent)
    {
        // Elsewhere the end of the pipe tells, which a guest that breaks out could leave unread.
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        _ = NativeCalls.ProcessControl(NativeCalls.SetParentDeathSignal, Killed, 0, 0, 0);
        return NativeCalls.ParentProcessId() == parent;
    }
}
