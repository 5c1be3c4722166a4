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

    [Theory]
    [InlineData("headers")]
    [InlineData("headers-at-the-limit")]
    [InlineData("body")]
    [InlineData("puts")]
    [InlineData("puts-at-the-limit")]
    [InlineData("log")]
    [InlineData("log-at-the-limit")]
    [InlineData("unknown")]
    public async Task Attack_FromAllSlots_CostsNoMoreThanTheFormulaSays(string attack)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Escapement.Wasm.Attack.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, attack, Slots.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.InRange(int.Parse(said, CultureInfo.InvariantCulture), 0, Slots * (ForACall + ForTheGuest));
    }
}
