using System.Buffers.Binary;

namespace Escapement.Wasm.Confinement;

/// <summary>
/// Linux's Landlock: a thread gives up all of the file system but what it names, and its children never get it back. With it go TCP, signals
/// to processes outside, and looking into them, as far as the kernel's version has these.
/// </summary>
internal static unsafe class Landlock
{
    private const nint CreateRuleset = 444;
    private const nint AddRule = 445;
    private const nint RestrictSelf = 446;
    private const int AskVersion = 1;
    private const int PathBeneath = 1;

    private const ulong Execute = 1 << 0;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadDirectory = 1 << 3;

    // O_PATH and O_CLOEXEC, of which the first alone differs nowhere that .NET runs.
    private const int OpenPath = 0x200000 | 0x80000;

    /// <summary>Which Landlock the kernel has; 0 for none.</summary>
    public static int Version => OperatingSystem.IsLinux() ? Math.Max(0, (int)NativeCalls.SystemCall(CreateRuleset, 0, null, AskVersion, 0)) : 0;

    /// <summary>
    /// Restricts the calling thread, and what it starts from now on, to reading and running what is below these paths. What is not there is
    /// left out. Needs that the thread can get no new privileges.
    /// </summary>
    /// <returns>Whether it holds.</returns>
    public static bool TryRestrictThread(IEnumerable<string> readable)
    {
        var version = Version;
        if (version == 0)
        {
            return false;
        }

        var ruleset = Create(version);
        if (ruleset < 0)
        {
            return false;
        }

        try
        {
            foreach (var path in readable)
            {
                Allow(ruleset, path);
            }

            return NativeCalls.SystemCall(RestrictSelf, ruleset, null, 0, 0) == 0;
        }
        finally
        {
            _ = NativeCalls.Close(ruleset);
        }
    }

    private static int Create(int version)
    {
        // Each version knows more of what can be done to a file: renaming across folders, cutting off, device commands.
        var files = (1UL << (version switch { 1 => 13, 2 => 14, < 5 => 15, _ => 16 })) - 1;
        var network = version >= 4 ? 0b11UL : 0;
        var scopes = version >= 6 ? 0b11UL : 0;
        var attributes = stackalloc ulong[] { files, network, scopes };
        return (int)NativeCalls.SystemCall(CreateRuleset, (nint)attributes, (void*)(version switch { < 4 => 8, < 6 => 16, _ => 24 }), 0, 0);
    }

    private static void Allow(int ruleset, string path)
    {
        var isDirectory = Directory.Exists(path);
        if (!isDirectory && !File.Exists(path))
        {
            return;
        }

        var parent = NativeCalls.Open(path, OpenPath);
        if (parent < 0)
        {
            return;
        }

        // A structure without padding: what is allowed, and beneath what.
        var rule = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(rule, 8), Execute | ReadFile | (isDirectory ? ReadDirectory : 0));
        BinaryPrimitives.WriteInt32LittleEndian(new Span<byte>(rule + 8, 4), parent);
        _ = NativeCalls.SystemCall(AddRule, ruleset, (void*)PathBeneath, (nint)rule, 0);
        _ = NativeCalls.Close(parent);
    }
}
