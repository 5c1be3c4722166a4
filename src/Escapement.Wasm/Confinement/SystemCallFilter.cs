namespace Escapement.Wasm.Confinement;

/// <summary>
/// Linux's seccomp: from now on no thread of this process can open connections, start processes or run programs, look into or signal
/// others, mount, or open a file to write. What is denied answers that it is not permitted.
/// </summary>
internal static unsafe class SystemCallFilter
{
    private const int SetFilter = 1;
    private const int EveryThread = 1;

    private const ushort Load = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort JumpIfAnyBit = 0x45;
    private const ushort Answer = 0x06;

    private const uint Allow = 0x7FFF0000;
    private const uint NotPermitted = 0x00050000 | 1;
    private const uint NotThere = 0x00050000 | 38;

    private const uint CloneThread = 0x10000;
    private const uint OpenToWrite = 0x1 | 0x2 | 0x40 | 0x200;
    private const uint OtherInterface = 0x40000000;
    private const int Clone3 = 435;
    private const int OpenAt2 = 437;

    /// <summary>Puts it on every thread of this process, for good.</summary>
    /// <returns>Whether it holds.</returns>
    public static bool TryApply()
    {
        if (SystemCallNumbers.Here is not { } numbers || NativeCalls.ProcessControl(NativeCalls.SetNoNewPrivileges, 1, 0, 0, 0) != 0)
        {
            return false;
        }

        var program = Write(numbers, (uint)Environment.ProcessId);
        fixed (ulong* instructions = program)
        {
            var header = stackalloc ulong[] { (ulong)program.Length, (ulong)instructions };
            return NativeCalls.SystemCall(numbers.Seccomp, SetFilter, (void*)EveryThread, (nint)header, 0) == 0;
        }
    }

    /// <summary>The filter as the kernel runs it, over the call's number, its architecture and its arguments.</summary>
    private static ulong[] Write(SystemCallNumbers numbers, uint ownProcess)
    {
        List<ulong> program =
        [
            Step(Load, 4),
            Step(JumpIfEqual, numbers.AuditArchitecture, then: 1),
            Step(Answer, NotPermitted),
            Step(Load, 0),
            Step(JumpIfAtLeast, OtherInterface, otherwise: 1),
            Step(Answer, NotPermitted),
        ];
        foreach (var denied in numbers.Denied)
        {
            program.AddRange([Step(JumpIfEqual, (uint)denied, otherwise: 1), Step(Answer, NotPermitted)]);
        }

        // What hides its arguments from a filter is said not to be there, and libraries use what came before it.
        foreach (var hidden in (ReadOnlySpan<int>)[Clone3, OpenAt2])
        {
            program.AddRange([Step(JumpIfEqual, (uint)hidden, otherwise: 1), Step(Answer, NotThere)]);
        }

        OnlyIf(numbers.NewThread, argument: 0, JumpIfAnyBit, CloneThread, isAllowed: true);
        OnlyIf(numbers.Kill, argument: 0, JumpIfEqual, ownProcess, isAllowed: true);
        OnlyIf(numbers.ThreadKill, argument: 0, JumpIfEqual, ownProcess, isAllowed: true);
        OnlyIf(numbers.OpenAt, argument: 2, JumpIfAnyBit, OpenToWrite, isAllowed: false);
        OnlyIf(numbers.Open, argument: 1, JumpIfAnyBit, OpenToWrite, isAllowed: false);

        // A limit may be asked for, which is to give no new one; the pointer to it is looked at in two halves.
        program.AddRange(
        [
            Step(JumpIfEqual, (uint)numbers.SetOrGetLimit, otherwise: 5),
            Step(Load, 16 + (8 * 2)),
            Step(JumpIfEqual, 0, otherwise: 2),
            Step(Load, 20 + (8 * 2)),
            Step(JumpIfEqual, 0, then: 1),
            Step(Answer, NotPermitted),
            Step(Answer, Allow),
        ]);
        return [.. program];

        void OnlyIf(int call, int argument, ushort jump, uint value, bool isAllowed)
        {
            if (call >= 0)
            {
                program.AddRange(
                [
                    Step(JumpIfEqual, (uint)call, otherwise: 4),
                    Step(Load, (uint)(16 + (8 * argument))),
                    Step(jump, value, otherwise: 1),
                    Step(Answer, isAllowed ? Allow : NotPermitted),
                    Step(Answer, isAllowed ? NotPermitted : Allow),
                ]);
            }
        }
    }

    private static ulong Step(ushort code, uint value, byte then = 0, byte otherwise = 0) =>
        code | ((ulong)then << 16) | ((ulong)otherwise << 24) | ((ulong)value << 32);
}
