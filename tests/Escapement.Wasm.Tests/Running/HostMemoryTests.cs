using System.Diagnostics;
using System.Globalization;

namespace Escapement.Wasm.Tests.Running;

/// <summary>
/// The formula of docs/guides/operating.md: what guests cost the host's process beyond the memory they may have, measured in one of its own.
/// </summary>
public sealed class HostMemoryTests
{
    private const int Slots = 4;

    // MiB of a slot: a kilobyte for each element that one call may hand over, and twice the guest's memory with its tables.
    private const int ForACall = 256;
    private const int ForTheGuest = 144;

    // Where guests run in workers: the frames that may cross, from each worker, and what is made of them.
    private const int WithWorkers = 64;

    public static TheoryData<string> Attacks { get; } =
        ["headers", "headers-at-the-limit", "body", "puts", "puts-at-the-limit", "log", "log-at-the-limit", "unknown"];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Attack_InTheProcess_CostsNoMoreThanTheFormulaSays(string attack) =>
        Assert.InRange(await GrowthAsync(attack, SandboxIsolation.InProcess), 0, Slots * (ForACall + ForTheGuest));

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Attack_InWorkers_CostsTheHostNextToNothing(string attack) =>
        Assert.InRange(await GrowthAsync(attack, SandboxIsolation.Process), 0, WithWorkers);

    /// <summary>By how many MiB the host's process grows while the attack comes from all slots.</summary>
    private static async Task<int> GrowthAsync(string attack, SandboxIsolation isolation)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Escapement.Wasm.Attack.dll");
        string[] arguments = [program, attack, Slots.ToString(CultureInfo.InvariantCulture), isolation.ToString()];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        return int.Parse(said, CultureInfo.InvariantCulture);
    }
}
