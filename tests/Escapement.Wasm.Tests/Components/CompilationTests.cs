using Escapement.Compiling;
using Escapement.Sandbox;

namespace Escapement.Wasm.Tests.Components;

public abstract class CompilationTests(SandboxIsolation isolation)
{
    [Fact]
    public async Task Invoke_NotCompiled_SaysSoAtOnceAndHasItCompiled()
    {
        await using var fixture = new SandboxFixture(isolation);
        var invocation = fixture.Publish(new GuestComponent().ToBytes());

        var first = Assert.IsType<InvocationResult.NotReady>((await fixture.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None)).Result);

        Assert.Contains("com.example.guest 1.0.0", first.Message, StringComparison.Ordinal);
        Assert.IsType<InvocationResult.Responded>((await fixture.Sandbox.InvokeAsync(invocation, CancellationToken.None)).Result);
        Assert.Equal(CompilationState.Compiled, (await fixture.Sandbox.Inner.Compilations.GetAsync(invocation.Extension.Version)).State);
    }

    [Fact]
    public async Task Invoke_CompiledByAnotherNode_LoadsTheStoresCode()
    {
        var code = new FakeCodeStore();
        var store = new FakeCompilationStore(code: code);
        var component = new GuestComponent().ToBytes();
        await using (var first = new SandboxFixture(isolation, compilations: store))
        {
            await first.Sandbox.InvokeAsync(first.Publish(component), CancellationToken.None);
        }

        await using var second = new SandboxFixture(isolation, compilations: store);
        Assert.IsType<InvocationResult.Responded>((await second.Sandbox.Inner.InvokeAsync(second.Publish(component), CancellationToken.None)).Result);
        Assert.Equal(0, second.Fetches);
    }

    [Theory]
    [InlineData("seal")]
    [InlineData("code")]
    [InlineData("key")]
    public async Task Invoke_StoresCodeIsSomebodyElses_IsNotLoaded(string what)
    {
        var code = new FakeCodeStore();
        var component = new GuestComponent().ToBytes();
        await using (var first = new SandboxFixture(isolation, compilations: new FakeCompilationStore(what == "key" ? new byte[32] : null, code)))
        {
            await first.Sandbox.InvokeAsync(first.Publish(component), CancellationToken.None);
        }

        code.Change(bytes => bytes[what == "seal" ? 0 : ^1] ^= what == "key" ? (byte)0 : (byte)1);
        await using var second = new SandboxFixture(isolation, compilations: new FakeCompilationStore(code: code));
        var invocation = second.Publish(component);
        Assert.IsType<InvocationResult.NotReady>((await second.Sandbox.Inner.InvokeAsync(invocation, CancellationToken.None)).Result);
        Assert.IsType<InvocationResult.Responded>((await second.Sandbox.InvokeAsync(invocation, CancellationToken.None)).Result);
        Assert.Equal(1, second.Fetches);
    }

    private sealed class FakeCodeStore : ICompiledCodeStore
    {
        private readonly Dictionary<(string, string), byte[]> kept = [];

        public void Change(Action<byte[]> change) => change(Assert.Single(kept).Value);

        public ValueTask SaveAsync(
            string component, string engine, ReadOnlyMemory<byte> code, DateTimeOffset now, DateTimeOffset dropBefore, CancellationToken cancellationToken)
        {
            kept[(component, engine)] = code.ToArray();
            return ValueTask.CompletedTask;
        }

        public ValueTask<byte[]?> LoadAsync(string component, string engine, CancellationToken cancellationToken) =>
            new(kept.GetValueOrDefault((component, engine)));

        public ValueTask RemoveAsync(string component, string engine, CancellationToken cancellationToken)
        {
            kept.Remove((component, engine));
            return ValueTask.CompletedTask;
        }
    }

    public sealed class InProcess() : CompilationTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : CompilationTests(SandboxIsolation.Process);
}
