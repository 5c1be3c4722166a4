using System.Runtime.InteropServices;
using Escapement.Wasm.Confinement;

namespace Escapement.Worker;

/// <summary>What makes sure that this process ends with its host, and no sooner.</summary>
internal static class Lifeline
{
    private const int Killed = 9;

    private static readonly PosixSignal[] Requests = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    // A registration that nothing holds is taken back.
    private static PosixSignalRegistration[] ignored = [];

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

    /// <summary>
    /// Has requests to end pass this process by. A terminal, and some a service manager, sends them to every process of a program; the host ends its
    /// workers itself, when their guests are done.
    /// </summary>
    public static void IgnoreRequestsToEnd() =>
        ignored = [.. Requests.Select(signal => PosixSignalRegistration.Create(signal, static context => context.Cancel = true))];
}
