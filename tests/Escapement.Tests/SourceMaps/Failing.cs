using System.Collections.Frozen;
using System.Text;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.SourceMaps;
using Escapement.Tests.Extensions;

namespace Escapement.Tests.SourceMaps;

/// <summary>A sandbox in which every run fails with the same words, behind the maps of one bundle.</summary>
internal sealed class Failing(string message, string logged, string? map) : ISandbox, IVersionStore
{
    private static readonly VersionId Version = new(Ids.Next(TimeProvider.System));

    public int Slots => 1;

    public int BundlesRead { get; private set; }

    public Func<ValueTask<byte[]?>>? OnBundle { get; init; }

    public async Task<(string Message, string Logged)> RunAsync(SourceMappedSandbox sandbox)
    {
        var invoked = await sandbox.InvokeAsync(Invocation(), CancellationToken.None);
        return (Assert.IsType<InvocationResult.Failed>(invoked.Result).Message, Assert.Single(invoked.Evidence.Log).Message);
    }

    public SourceMappedSandbox Wrapped(TimeProvider? time = null) => new(this, this, time ?? TimeProvider.System);

    public ValueTask<Invoked> InvokeAsync(Invocation invocation, CancellationToken cancellationToken) => new(new Invoked(
        new InvocationResult.Failed(RunReason.Trap, message),
        TimeProvider.System.GetUtcNow(),
        TimeSpan.Zero,
        new RunEvidence([new GuestLogLine(TimeProvider.System.GetUtcNow(), "error", logged)], 0, new Dictionary<string, int>())));

    public ValueTask<byte[]?> GetBundleAsync(VersionId id, CancellationToken cancellationToken = default)
    {
        BundlesRead++;
        if (OnBundle is not null)
        {
            return OnBundle();
        }

        var writer = BundleWriter.Good();
        return new((map is null ? writer : writer.File("dist/main.js.map", Encoding.UTF8.GetBytes(map))).Pack());
    }

    public ValueTask<PublishOutcome> PublishAsync(
        ExtensionVersion version, ReadOnlyMemory<byte> bundle, AuditEntry audit, PublisherQuota? quota, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ExtensionVersion>> ListAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ExtensionVersion?> GetAsync(VersionId id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ExtensionVersion?> FindAsync(string extensionId, string version, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<WithdrawOutcome> WithdrawAsync(
        ExtensionVersion version, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private static Invocation Invocation() =>
        new(TestExtension.Of(Version), new NoHost(), new HandlerRequest("r", "GET", "/", [], null));

    private sealed class NoHost : IHostApi
    {
        public T Get<T>()
            where T : class => throw new NotSupportedException();
    }
}
