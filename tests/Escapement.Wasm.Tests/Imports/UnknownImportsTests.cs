using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Wasm.Tests.Imports;

public abstract class UnknownImportsTests(SandboxIsolation isolation)
{
    [Fact]
    public async Task Invoke_UnknownImport_TrapsOnlyWhenCalled()
    {
        await using var fixture = new SandboxFixture(isolation);
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(Unknown(GuestComponent.AnswerOk))).Result);
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(Unknown("(call $pay) " + GuestComponent.AnswerOk)));
        Assert.Equal(RunReason.Trap, failed.Reason);
        Assert.Contains("pay", failed.Message, StringComparison.Ordinal);

        static GuestComponent Unknown(string body) => new GuestComponent { Body = body }.Import("acme:billing/invoices", "", "pay", "", "", "pay");
    }

    [Fact]
    public async Task Invoke_OlderWasiBesideUnknownImport_GetsTheRealClock()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent { Body = "(if (i64.eqz (call $now)) (then unreachable)) " + GuestComponent.AnswerOk }
            .Import("wasi:clocks/monotonic-clock@0.2.0", "", "now", "(result u64)", "(result i64)", "now")
            .Import("acme:billing/invoices", "", "pay", "", "", "pay");
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(guest)).Result);
    }

    public sealed class InProcess() : UnknownImportsTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : UnknownImportsTests(SandboxIsolation.Process);
}
