namespace Escapement.Wasm.Confinement;

/// <summary>
/// Files and connections that a program got from its parent unasked: those beyond the three of every program that are not closed by
/// running another program. The runtime's own all are.
/// </summary>
internal static class InheritedDescriptors
{
    private const int GetFlags = 1;
    private const int CloseOnExecution = 1;
    private const int Most = 4_096;

    /// <summary>Closes them.</summary>
    public static void Close()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        for (var descriptor = 3; descriptor < Most; descriptor++)
        {
            var flags = NativeCalls.DescriptorFlags(descriptor, GetFlags, 0);
            if (flags >= 0 && (flags & CloseOnExecution) == 0)
            {
                _ = NativeCalls.Close(descriptor);
            }
        }
    }
}
