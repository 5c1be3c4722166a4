using Escapement.Wasm.Confinement;
using Escapement.Wasm.Protocol;
using Microsoft.Win32.SafeHandles;

namespace Escapement.Worker;

/// <summary>The pipes to the host.</summary>
internal sealed record Pipes(Stream Input, Stream Output)
{
    /// <summary>
    /// Takes standard input and output for frames alone: whatever else prints goes to standard error. Closes what was inherited beside them.
    /// </summary>
    public static Pipes Take()
    {
        if (!OperatingSystem.IsLinux())
        {
            var taken = new Pipes(Console.OpenStandardInput(), Console.OpenStandardOutput());
            Console.SetOut(Console.Error);
            return taken;
        }

        InheritedDescriptors.Close();
        var output = NativeCalls.Duplicate(1);
        _ = NativeCalls.Duplicate(2, onto: 1);
        return new Pipes(Open(0, FileAccess.Read), Open(output, FileAccess.Write));
    }

    public FramePipe ToFrames(int maxPayload) => new(Input, Output, maxPayload);

    private static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);
}
