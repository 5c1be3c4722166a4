using System.Runtime.InteropServices;

namespace Escapement.Wasm.Confinement;

/// <summary>Numbers of system calls on a processor; -1 for those that it does not have.</summary>
internal sealed record SystemCallNumbers(
    uint AuditArchitecture, int Seccomp, int NewThread, int Kill, int ThreadKill, int Open, int OpenAt, int SetOrGetLimit, IReadOnlyList<int> Denied)
{
    /// <summary>Calls that have the same number everywhere: the newer ones.</summary>
    private static readonly int[] DeniedEverywhere =
    [
        424, 434, 438, 440, // signals and descriptors of other processes, and advice on their memory
        425, 426, 427, // io_uring, which makes calls past any filter
        428, 429, 430, 431, 432, 433, 442, // mounts
        452, // fchmodat2
    ];

    private static readonly SystemCallNumbers X64 = new(
        0xC000003E,
        Seccomp: 317,
        NewThread: 56,
        Kill: 62,
        ThreadKill: 234,
        Open: 2,
        OpenAt: 257,
        SetOrGetLimit: 302,
        Denied:
        [
            41, 42, 43, 49, 50, 53, 288, // sockets
            57, 58, 59, 322, // fork, vfork, execve, execveat
            101, 310, 311, 312, // ptrace, process_vm_readv, process_vm_writev, kcmp
            129, 200, 297, // signals by other ways than kill and tgkill
            155, 161, 165, 166, 272, 308, // pivot_root, chroot, mount, umount2, unshare, setns
            298, 321, 323, // perf_event_open, bpf, userfaultfd
            246, 320, 169, 175, 176, 313, 167, 168, // kexec, reboot, modules, swap
            172, 173, 164, 227, 170, 171, // ports, clocks, names of the machine
            248, 249, 250, // keys
            160, // setrlimit
            76, 82, 83, 84, 85, 86, 87, 88, 133, 258, 259, 263, 264, 265, 266, 316, // making, moving and removing files
            90, 91, 92, 93, 94, 132, 188, 189, 190, 235, 260, 261, 268, 280, // whose they are and who may what
            303, 304, // files by handle
            .. DeniedEverywhere,
        ]);

    private static readonly SystemCallNumbers Arm64 = new(
        0xC00000B7,
        Seccomp: 277,
        NewThread: 220,
        Kill: 129,
        ThreadKill: 131,
        Open: -1,
        OpenAt: 56,
        SetOrGetLimit: 261,
        Denied:
        [
            198, 199, 200, 201, 202, 203, 242,
            221, 281,
            117, 270, 271, 272,
            130, 138, 240,
            39, 40, 41, 51, 97, 268,
            241, 280, 282,
            104, 294, 142, 105, 106, 273, 224, 225,
            112, 161, 162, 170,
            217, 218, 219,
            164,
            33, 34, 35, 36, 37, 38, 45, 276,
            5, 6, 7, 52, 53, 54, 55, 88,
            264, 265,
            .. DeniedEverywhere,
        ]);

    /// <summary>Those of this machine; null where they are not known.</summary>
    public static SystemCallNumbers? Here => !OperatingSystem.IsLinux() ? null : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => X64,
        Architecture.Arm64 => Arm64,
        _ => null,
    };
}
