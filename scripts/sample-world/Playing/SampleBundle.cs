using System.Text;
using System.Text.Json;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.SampleWorld.Cast;
using Escapement.Wasm.Tests;

namespace Escapement.SampleWorld.Playing;

/// <summary>Bundles that a real sandbox runs: a small component, which logs a line and answers 200, or 500 if the version is a bad one.</summary>
internal static class SampleBundle
{
    private const string AnswerFailed = """(data (i32.const 16) "\f4\01\00\00\04\00\00\00\00\00\00\00\00\00\00\00")""";

    public static byte[] Of(SampleExtension extension, SampleVersion version)
    {
        var line = $"{extension.Id} {version.Number}: {(version.IsBad ? version.Fails : "all done")}";
        var guest = new GuestComponent
        {
            Data = $"""{(version.IsBad ? AnswerFailed : GuestComponent.AnswerData)} (data (i32.const 200) "{line}")""",
            Body = $"(call $log (i32.const 200) (i32.const {line.Length})) {GuestComponent.AnswerOk}",
        }.ImportLogging(version.IsBad ? "log-error" : "log-info");
        return BundleFile.Pack(tar =>
        {
            BundleFile.AddFile(tar, "manifest.json", Encoding.UTF8.GetBytes(ManifestOf(extension, version)));
            BundleFile.AddFile(tar, "dist/main.wasm", guest.ToBytes());
        });
    }

    private static string ManifestOf(SampleExtension extension, SampleVersion version)
    {
        var endpoints = extension.Jobs.Select(j => j.Endpoint.Split(' ')).Append(SampleExtensions.Setup.Split(' ')).Append(SampleExtensions.Report.Split(' '));
        return JsonSerializer.Serialize(new
        {
            name = extension.Id,
            publisher = extension.Publisher,
            version = version.Number,
            runtime = "wasm-js@1",
            capabilities = version.Capabilities,
            api = new
            {
                endpoints = endpoints.DistinctBy(e => $"{e[0]} {e[1]}").Select(e => new { method = e[0], path = e[1], handler = e[1].Split('/')[^1] }),
            },
        });
    }
}
