using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Wasm.Tests.Imports;

public abstract class UnknownImportsTests(SandboxIsolation isolation)
{
    private const string Invoices = "acme:billing/invoices";

    [Theory]
    [InlineData("", "", "(call $pay)")]
    [InlineData("(result u32)", "(result i32)", "(drop (call $pay))")]
    [InlineData("(result (result u32))", "(param i32)", "(call $pay (i32.const 128))")]
    [InlineData("(result (result (error u32)))", "(param i32)", "(call $pay (i32.const 128))")]
    public async Task Invoke_UnknownImportWithoutAnErrorOfItsOwn_TrapsOnlyWhenCalled(string signature, string core, string call)
    {
        await using var fixture = new SandboxFixture(isolation);
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(Unknown(GuestComponent.AnswerOk))).Result);
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(Unknown(call + GuestComponent.AnswerOk)));
        Assert.Equal(RunReason.Trap, failed.Reason);
        Assert.Equal("The guest called acme:billing/invoices#pay, which this host does not have.", failed.Message);

        GuestComponent Unknown(string body) => new GuestComponent { Body = body }.Import(Invoices, "", "pay", signature, core, "pay");
    }

    [Theory]
    [InlineData("missing denied internal", 1)]
    [InlineData("not-allowed internal", 0)]
    [InlineData("other internal", 1)]
    public async Task Invoke_UnknownImportWithAnErrorEnum_GuestGetsTheWordThatSaysNo(string words, int expected)
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = Calls("(call $pay (i32.const 128))").Import(
            Invoices,
            $"""(type $e0 (enum {string.Join(' ', words.Split(' ').Select(w => $"\"{w}\""))})) (export "e" (type $e (eq $e0)))""",
            "pay",
            "(result (result string (error $e)))",
            "(param i32)",
            "pay");

        var (memory, evidence) = await fixture.CallAsync(fixture.Publish(guest.ToBytes()));

        Assert.Equal((1, expected), (memory.Byte(128), memory.Byte(132)));
        Assert.Equal(1, evidence.HostCalls["acme:billing/invoices#pay"]);
        Assert.Equal(("warn", "acme:billing/invoices#pay: this host does not have it."), Assert.Single(evidence.Log.Select(l => (l.Level, l.Message))));
    }

    [Fact]
    public async Task Invoke_UnknownImportWithATextAsError_GuestGetsASentence()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = Calls("(call $pay (i32.const 128))").Import(Invoices, "", "pay", "(result (result (error string)))", "(param i32)", "pay");

        var memory = await fixture.CallAsync(guest);

        Assert.Equal((1, "acme:billing/invoices#pay: this host does not have it."), (memory.Byte(128), memory.Text(132)));
    }

    [Theory]
    [InlineData("""(export "r" (type (sub resource)))""")]
    [InlineData("""(export "r" (type $r (sub resource))) (export "[method]r.go" (func (param "self" (borrow $r))))""")]
    [InlineData("""(export "r" (type $r (sub resource))) (export "[constructor]r" (func (result (own $r))))""")]
    [InlineData("""(export "r" (type $r (sub resource))) (export "s" (type (eq $r)))""")]
    public async Task Invoke_UnknownImportWithAResource_Runs(string types)
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent().Import("acme:r/x", types, "f", "", "", "f");
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(guest)).Result);
    }

    // A component names its imports as it likes, so what is counted by name must have an end, or its worker would say what no worker may.
    [Fact]
    public async Task Invoke_UnknownImportWithALongName_IsCountedUnderItsBeginning()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent { Body = "(call $pay (i32.const 128))" + GuestComponent.AnswerOk }
            .Import(Invoices, "", "pay-" + string.Join('-', Enumerable.Repeat("later", 100)), "(result (result (error string)))", "(param i32)", "pay");

        var invoked = await fixture.InvokeAsync(guest);

        Assert.IsType<InvocationResult.Responded>(invoked.Result);
        var (name, count) = Assert.Single(invoked.Evidence.HostCalls);
        Assert.Equal(("acme:billing/invoices#pay-later-later-later-later-later-later-l…", 1), (name, count));
    }

    [Fact]
    public async Task Invoke_UnknownImportsWithoutNumber_AreCountedTogetherFromTheHundredthOn()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = Enumerable.Range(0, 150).Aggregate(
            new GuestComponent { Body = string.Concat(Enumerable.Range(0, 150).Select(i => $"(call $f{i} (i32.const 128))")) + GuestComponent.AnswerOk },
            (guest, i) => guest.Import($"acme:billing/i{i}", "", "pay", "(result (result (error string)))", "(param i32)", $"f{i}"));

        var invoked = await fixture.InvokeAsync(guest);

        Assert.IsType<InvocationResult.Responded>(invoked.Result);
        Assert.Equal((100, 51), (invoked.Evidence.HostCalls.Count, invoked.Evidence.HostCalls["others"]));
    }

    [Fact]
    public async Task Invoke_UnknownFunctionOfAKnownInterface_Runs()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent().ImportLogging("log-debug");
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(guest)).Result);
    }

    [Fact]
    public async Task Invoke_OlderWasiBesideUnknownImport_GetsTheRealClock()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent { Body = "(if (i64.eqz (call $now)) (then unreachable)) " + GuestComponent.AnswerOk }
            .Import("wasi:clocks/monotonic-clock@0.2.0", "", "now", "(result u64)", "(result i64)", "now")
            .Import(Invoices, "", "pay", "", "", "pay");
        Assert.IsType<InvocationResult.Responded>((await fixture.InvokeAsync(guest)).Result);
    }

    [Fact]
    public async Task Invoke_TypesThatStandForMillionsOfValues_AreRefused()
    {
        await using var fixture = new SandboxFixture(isolation);
        var types = string.Concat(Enumerable.Range(1, 5).Select(n =>
            $"(type $t{n} (tuple {string.Join(' ', Enumerable.Repeat(n == 1 ? "bool" : $"$t{n - 1}", 10))}))"));
        var guest = new GuestComponent().Import(
            Invoices, types, "pay", """(param "all" (list $t5)) (param "more" (list $t5))""", "(param i32 i32 i32 i32)", "pay");
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(guest));
        Assert.Equal((RunReason.ComponentUnavailable, true), (failed.Reason, failed.Message.Contains("too large", StringComparison.Ordinal)));
    }

    private static GuestComponent Calls(string call) => new() { Body = call + GuestComponent.AnswerMemory };

    public sealed class InProcess() : UnknownImportsTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : UnknownImportsTests(SandboxIsolation.Process);
}
