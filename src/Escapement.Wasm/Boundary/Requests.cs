using Escapement.Sandbox;
using Wasmtime.Components;
using static Escapement.Wasm.Boundary.Lowering;

namespace Escapement.Wasm.Boundary;

/// <summary>The request as the guest gets it: <c>execute-request</c> and <c>context-data</c> (contract section 7).</summary>
internal static class Requests
{
    public static ComponentValue Lower(Invocation invocation) => Record(
        ("context", Context(invocation)),
        ("http", Http(invocation.Request)));

    public static ComponentValue Context(Invocation invocation)
    {
        var install = invocation.Extension.Install;
        return Record(
            ("request-id", Option(invocation.Request.RequestId)),
            ("tenant-id", Text(install.Scope.Tenant.Value)),
            ("extension-id", Text(install.ExtensionId)),
            ("install-id", Option(install.Scope.Install.ToString())),
            ("version-id", Option(install.Version.ToString())));
    }

    private static ComponentValue Http(HandlerRequest request) => Record(
        ("method", Text(request.Method)),
        ("url", Text(request.Url)),
        ("headers", List(request.Headers, static h => Record(("name", Text(h.Key)), ("value", Text(h.Value))))),
        ("body", request.Body is { } body ? ComponentValue.Some(Bytes(body)) : ComponentValue.None()));
}
