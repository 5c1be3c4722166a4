using System.Collections.Frozen;
using Escapement.Extensions;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Sandbox;

namespace Escapement.Wasm.Protocol;

/// <summary>
/// One call, as a worker needs it: the code, on whose behalf, what it declares and may, and the request. Secrets and configuration do not
/// cross.
/// </summary>
internal static class InvokeMessage
{
    public static WireWriter Write(CompiledCode code, Invocation invocation)
    {
        var (install, version) = invocation.Extension;
        var request = invocation.Request;
        return new WireWriter()
            .Text(code.Path)
            .Text(code.Digest)
            .Text(install.Scope.Tenant.Value)
            .Id(install.Scope.Install.Value)
            .Text(install.ExtensionId)
            .Id(version.Id.Value)
            .Texts(version.Manifest.Capabilities)
            .Texts([.. install.Granted.Where(invocation.Extension.Can)])
            .Text(request.RequestId)
            .Text(request.Method)
            .Text(request.Url)
            .Pairs(request.Headers)
            .OptionalBytes(request.Body)
            .Long(invocation.TimeLimit?.Ticks ?? 0);
    }

    public static (CompiledCode Code, Invocation Invocation) Read(ref WireReader reader, IHostApi host)
    {
        var code = new CompiledCode(reader.Text(), reader.Text());
        var scope = new InstallScope(TenantId.Parse(reader.Text()), new InstallId(reader.Id()));
        var name = reader.Text();
        var version = new VersionId(reader.Id());
        var declared = reader.Texts().ToFrozenSet(StringComparer.Ordinal);
        var granted = reader.Texts().ToFrozenSet(StringComparer.Ordinal);
        var request = new HandlerRequest(reader.Text(), reader.Text(), reader.Text(), reader.Pairs(), reader.OptionalBytes());
        TimeSpan? timeLimit = reader.Long() is > 0 and var ticks ? new TimeSpan(ticks) : null;
        reader.End();
        return (code, new Invocation(Extension(scope, name, version, declared, granted), host, request) { TimeLimit = timeLimit });
    }

    // What a guest can see of its version is its id, and what it declares and may use.
    private static InstalledExtension Extension(
        InstallScope scope, string name, VersionId version, FrozenSet<string> declared, FrozenSet<string> granted) => new(
        new Install
        {
            Scope = scope,
            ExtensionId = name,
            Version = version,
            Enabled = true,
            Granted = granted,
            CreatedAt = default,
            UpdatedAt = default,
        },
        new ExtensionVersion
        {
            Id = version,
            Endpoints = [],
            BundleSha256 = "",
            ComponentSha256 = "",
            PublishedAt = default,
            Manifest = new Manifest { Name = name, Publisher = "", Version = "", Runtime = "", Capabilities = declared, Endpoints = [], Json = "" },
        });
}
