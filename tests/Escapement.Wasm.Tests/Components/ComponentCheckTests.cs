using Escapement.Runs;
using Escapement.Wasm.Components;

namespace Escapement.Wasm.Tests.Components;

/// <summary>What an author is told at publication, and nobody at the first run.</summary>
public abstract class ComponentCheckTests(SandboxIsolation isolation)
{
    [Theory]
    [InlineData("(param \"request\" string) (result u16)", "Its handler has another type")]
    [InlineData("(result u16)", "Its handler has another type")]
    public async Task Compile_HandlerOfAnotherType_IsRefused(string type, string reason)
    {
        var core = type.Contains("string", StringComparison.Ordinal) ? "(param i32 i32) (result i32)" : "(result i32)";
        await AssertRefusedAsync(
            $$"""
            (component
              (core module $m (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 8)
                (func (export "handler") {{core}} i32.const 200))
              (core instance $i (instantiate $m))
              (alias core export $i "memory" (core memory $mem))
              (func $f {{type}} (canon lift (core func $i "handler") (memory $mem) (realloc (core func $i "realloc"))))
              (export "handler" (func $f)))
            """,
            reason);
    }

    [Fact]
    public async Task Compile_NoHandler_IsRefused() =>
        await AssertRefusedAsync(new GuestComponent { ExportName = "other" }.ToText(), "does not export the function \"handler\"");

    [Fact]
    public async Task Compile_KnownImportOfAnotherType_IsRefusedWithBothTypes()
    {
        var guest = new GuestComponent().Import("alga:extension/logging", "", "log-info", "(param \"level\" u32)", "(param i32)", "log");
        await AssertRefusedAsync(guest.ToText(), "alga:extension/logging#log-info with another type than this host's: (u32) in place of (string)");
    }

    [Fact]
    public async Task Compile_MoreMemoryAtStartThanAllowed_IsRefused() => await AssertRefusedAsync(
        new GuestComponent { Pages = (64 << 4) + 1 }.ToText(), "It asks for 65 MiB of memory at its start, and a guest may have 64 MiB");

    [Theory]
    [InlineData("(table 60000 funcref)", 1, 1, "It asks for a table of 60,000 elements at its start, and one may have 50,000")]
    [InlineData("(memory 1)", 1, 2, "It has more memories than the 2 that a component may have")]
    [InlineData("", 0, 40, "It is made of more core instances than the 32 that a component may have")]
    [InlineData("(table 1 funcref)", 11, 1, "It has more tables than the 40 that a component, or the 10 that a module may have")]
    [InlineData("(table 1 funcref)", 10, 5, "It has more tables than the 40")]
    public async Task Compile_MoreThanAGuestMayHave_IsRefusedInOurWords(string field, int fields, int instances, string reason)
    {
        var module = $"(core module $m {Repeated(field, fields)}) {Repeated("(core instance (instantiate $m))", instances)}";
        await AssertRefusedAsync(new GuestComponent().ToText().Replace("(component", "(component " + module, StringComparison.Ordinal), reason);

        static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
    }

    [Fact]
    public async Task Invoke_StartTraps_IsToldAtPublicationOrAtTheFirstRun()
    {
        await using var fixture = new SandboxFixture(isolation);
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(new GuestComponent { Module = "(func $start unreachable) (start $start)" }));
        var (reason, says) = isolation == SandboxIsolation.Process
            ? (RunReason.ComponentUnavailable, "Its start, which comes before its handler in every run, ends in a trap")
            : (RunReason.Trap, "The guest trapped at its start, before its handler was called");
        Assert.Equal(reason, failed.Reason);
        Assert.Contains(says, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compile_NoComponent_IsRefusedWithTheEnginesWordsOfWhy() => await AssertRefusedAsync(
        "(module)", "It is no component that this host can compile: ");

    [Fact]
    public async Task Compile_ImportsACoreModule_IsRefused() => await AssertRefusedAsync(
        new GuestComponent().ToText().Replace(
            "(component",
            "(component (import \"some-module\" (core module $missing (export \"f\" (func))))", StringComparison.Ordinal),
        "some-module");

    [Fact]
    public async Task Compile_KnownFunctionThatTheWorldLacks_IsNot()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent().Import("alga:extension/logging", "", "log-debug", "(param \"message\" string)", "(param i32 i32)", "log");
        Assert.IsType<Escapement.Sandbox.InvocationResult.Responded>((await fixture.InvokeAsync(guest)).Result);
    }

    [Fact]
    public async Task Compile_UnknownInterfaceWithAResource_LoadsAndTrapsOnlyWhenCalled()
    {
        await using var fixture = new SandboxFixture(isolation);
        Assert.IsType<Escapement.Sandbox.InvocationResult.Responded>((await fixture.InvokeAsync(WithResource(GuestComponent.AnswerOk))).Result);
        Assert.Equal(RunReason.Trap, SandboxFixture.Failed(await fixture.InvokeAsync(WithResource("(drop (call $open)) " + GuestComponent.AnswerOk))).Reason);

        static GuestComponent WithResource(string body) => new GuestComponent { Body = body }.Import(
            "acme:billing/invoices", "(export \"invoice\" (type $invoice (sub resource)))", "open", "(result (own $invoice))", "(result i32)", "open");
    }

    [Fact]
    public void World_Functions_AreReadFromTheWit()
    {
        Assert.Equal("(string)->record{success:bool,error:option<string>}", WorldTypes.Functions["alga:extension/scheduler#delete-schedule"]);
        Assert.Equal("()->list<string>", WorldTypes.Functions["alga:extension/secrets#list-keys"]);
        Assert.Equal(
            "(string,string)->result<_,enum{missing,conflict,denied,internal}>", WorldTypes.Functions["alga:extension/storage#delete"]);
        Assert.StartsWith("(record{context:record{request-id:option<string>,", WorldTypes.Functions["handler"], StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(string wat, string reason)
    {
        await using var fixture = new SandboxFixture(isolation);
        var invocation = fixture.Publish(Wasmtime.Module.ConvertText(wat));
        var failed = SandboxFixture.Failed(await fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None));
        Assert.Equal(RunReason.ComponentUnavailable, failed.Reason);
        Assert.Contains(reason, failed.Message, StringComparison.Ordinal);
    }

    public sealed class InProcess() : ComponentCheckTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : ComponentCheckTests(SandboxIsolation.Process);
}
