using System.Globalization;
using Escapement.Wasm;
using Escapement.Wasm.Attack;
using Escapement.Wasm.Tests;

// Runs one attack from all slots at once, and prints by how many MiB the process's resident memory rose above what it was after a harmless
// call of each. Arguments: the attack, the number of slots, where the guests run.
var slots = int.Parse(args[1], CultureInfo.InvariantCulture);
await using var fixture = new SandboxFixture(Enum.Parse<SandboxIsolation>(args[2]), o =>
{
    o.Slots = slots;
    o.TimeLimit = TimeSpan.FromSeconds(10);
});
await FromAllSlots("plain");
var before = Resident("VmRSS");
await FromAllSlots(args[0]);
Console.WriteLine(Resident("VmHWM") - before);

async Task FromAllSlots(string attack)
{
    var invocation = fixture.Publish(Attacks.Of(attack).ToBytes(), Attacks.Capabilities);
    await Task.WhenAll(Enumerable.Range(0, slots).Select(_ => fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None).AsTask()));
}

// "VmRSS:   123456 kB"
static int Resident(string what) => int.Parse(
    File.ReadLines("/proc/self/status").First(l => l.StartsWith(what, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
    CultureInfo.InvariantCulture) >> 10;
