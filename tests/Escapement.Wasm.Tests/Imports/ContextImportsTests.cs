using Escapement.Extensions;

namespace Escapement.Wasm.Tests.Imports;

public abstract class ContextImportsTests(SandboxIsolation isolation)
{
    [Fact]
    public async Task GetContext_Granted_TellsOnWhoseBehalfTheGuestRuns() => await TellsOnWhoseBehalf(Capability.ContextRead);

    [Fact]
    public async Task GetContext_NotGranted_TellsAllTheSameForItIsInTheRequest() => await TellsOnWhoseBehalf();

    private async Task TellsOnWhoseBehalf(params IEnumerable<string> capabilities)
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = new GuestComponent { Body = "(call $context (i32.const 128)) " + GuestComponent.AnswerMemory }.Import(
            "alga:extension/context",
            """
            (type $c0 (record (field "request-id" (option string)) (field "tenant-id" string) (field "extension-id" string)
              (field "install-id" (option string)) (field "version-id" (option string))))
            (export "context-data" (type $c (eq $c0)))
            """,
            "get-context",
            "(result $c)",
            "(param i32)",
            "context");
        var invocation = fixture.Publish(guest.ToBytes(), capabilities);
        var install = invocation.Extension.Install;

        var (memory, evidence) = await fixture.CallAsync(invocation);

        Assert.Equal(
            ("r-1", "acme", "com.example.guest", install.Scope.Install.ToString(), install.Version.ToString()),
            (memory.OptionalText(128), memory.Text(140), memory.Text(148), memory.OptionalText(156), memory.OptionalText(168)));
        Assert.Equal(1, evidence.HostCalls["context.get"]);
    }

    public sealed class InProcess() : ContextImportsTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : ContextImportsTests(SandboxIsolation.Process);
}
