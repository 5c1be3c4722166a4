using System.Globalization;
using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Wasm.Running;

namespace Escapement.Wasm.Tests.Running;

/// <summary>What guests hand to the host, in one call and in all.</summary>
public abstract class HandedOverTests(SandboxIsolation isolation)
{
    private const int Limit = 256 << 10;

    [Theory]
    [InlineData(Limit, true)]
    [InlineData(Limit + 1, false)]
    [InlineData(2_600_000, false)]
    public async Task Answer_Body_IsHeldAgainstTheLimit(int bytes, bool fits)
    {
        await using var fixture = new SandboxFixture(isolation);
        var invoked = await fixture.InvokeAsync(Answers(
            $"""
            (i32.store (i32.const 28) (i32.const 1))
            (i32.store (i32.const 32) (i32.const 4096))
            (i32.store (i32.const 36) (i32.const {bytes}))
            """));

        Assert.Equal(fits ? null : RunReason.ResponseTooLarge, (invoked.Result as InvocationResult.Failed)?.Reason);
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_000_000, false)]
    public async Task Answer_EmptyHeaders_AreHeldAgainstTheLimit(int headers, bool fits)
    {
        await using var fixture = new SandboxFixture(isolation);
        var invoked = await fixture.InvokeAsync(Answers(
            $"""
            (i32.store (i32.const 20) (i32.const 65536))
            (i32.store (i32.const 24) (i32.const {headers}))
            """));

        Assert.Equal(fits ? null : RunReason.ResponseTooLarge, (invoked.Result as InvocationResult.Failed)?.Reason);
    }

    [Fact]
    public async Task Log_TextBeyondWhatOneCallMay_EndsAsTrapThatSaysSo()
    {
        await using var fixture = new SandboxFixture(isolation);
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(Logs("(call $log (i32.const 131072) (i32.const 30000000))"), Capability.LogEmit));

        Assert.Equal((RunReason.Trap, true), (failed.Reason, failed.Message.Contains("handed more data to one host call", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Capability.LogEmit)]
    [InlineData(Capability.ContextRead)]
    public async Task Log_OverAndOver_EndsWhenTheRunHasHandedOverEnough(string capability)
    {
        await using var fixture = new SandboxFixture(isolation);
        var failed = SandboxFixture.Failed(await fixture.InvokeAsync(
            Logs("(loop $again (call $log (i32.const 131072) (i32.const 1000000)) (br $again))"), capability));

        Assert.Equal("The guest handed more than 16777216 bytes to host calls in one run; the last was logging.info.", failed.Message);
        Assert.Equal(RunReason.TooManyHostCalls, failed.Reason);
    }

    [Fact]
    public async Task UnknownImport_OverAndOver_EndsWhenTheRunHasHandedOverEnough()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent
        {
            Pages = 100,
            Body = "(loop $again (call $pay (i32.const 131072) (i32.const 1000000) (i32.const 128)) (br $again)) (i32.const 16)",
        }
            .Import("acme:billing/invoices", """(type $e0 (enum "denied")) (export "e" (type $e (eq $e0)))""", "pay",
                """(param "text" string) (result (result (error $e)))""", "(param i32 i32 i32)", "pay");

        Assert.Equal(RunReason.TooManyHostCalls, SandboxFixture.Failed(await fixture.InvokeAsync(guest)).Reason);
    }

    private static GuestComponent Answers(string stores) => new() { Pages = 1_000, Body = stores + GuestComponent.AnswerOk };

    private static GuestComponent Logs(string body) =>
        new GuestComponent { Pages = 1_000, Body = string.Create(CultureInfo.InvariantCulture, $"{body} {GuestComponent.AnswerOk}") }.ImportLogging();

    public sealed class InProcess() : HandedOverTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : HandedOverTests(SandboxIsolation.Process);
}
