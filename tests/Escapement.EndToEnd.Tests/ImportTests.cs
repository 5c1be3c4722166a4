using System.Net;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;
using Escapement.Wasm.Tests;

namespace Escapement.EndToEnd.Tests;

/// <summary>What components import, from their publication to a call of it, on a server as people start it.</summary>
public sealed class ImportTests : OnAServer
{
    private const string Tenant = "acme";

    // The record of the interface "user" as components in the field have it.
    private const string WithClient = """(field "tenant-id" string) (field "client-id" (option string)) (field "client-name" string)""";
    private const string WithoutClient = """(field "tenant-id" string) (field "client-name" string)""";

    [Theory]
    [InlineData(WithClient)]
    [InlineData(WithoutClient)]
    public async Task Call_UserDataInEitherShape_GoesOnAfterTheAnswer(string fields)
    {
        var guest = new GuestComponent { Body = "(call $get (i32.const 512))" + GuestComponent.AnswerOk }.Import(
            "alga:extension/user",
            $"""
            (type $v0 (record {fields} (field "user-id" string) (field "user-email" string) (field "user-name" string) (field "user-type" string)))
            (export "user-data" (type $v (eq $v0)))
            (type $e0 (enum "not-available" "not-allowed"))
            (export "user-error" (type $e (eq $e0)))
            """,
            "get-user",
            "(result (result $v (error $e)))",
            "(param i32)",
            "get");
        Assert.Null(await PublishAsync(guest));

        await Server.InstallAsync(BundleFile.Extension, Tenant);
        var (status, body) = await Server.CallAsync(Tenant, BundleFile.Extension, HttpMethod.Post, "/api/work");
        Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
    }

    [Fact]
    public async Task Call_OfWhatTheHostHasNot_WasWarnedOfAndEndsSo()
    {
        var guest = new GuestComponent { Body = "(call $log (i32.const 64) (i32.const 5))" + GuestComponent.AnswerOk }.ImportLogging("log-warm");
        var warning = await PublishAsync(guest);
        Assert.Contains("alga:extension/logging#log-warm", warning, StringComparison.Ordinal);
        Assert.EndsWith("Did you mean log-warn?", warning, StringComparison.Ordinal);

        await Server.InstallAsync(BundleFile.Extension, Tenant);
        var (status, problem) = await Server.CallAsync(Tenant, BundleFile.Extension, HttpMethod.Post, "/api/work");
        Assert.Equal((HttpStatusCode.BadGateway, "trap"), (status, (string?)problem!["reason"]));
        Assert.Contains("alga:extension/logging#log-warm, which this host does not have", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_StartTraps_IsRefusedWithAMessageForItsAuthor()
    {
        Assert.Null(await PublishAsync(new GuestComponent { Module = "(func $start unreachable) (start $start)" }));

        var compilation = await Server.CompiledAsync(BundleFile.Extension);
        Assert.Equal("refused", (string?)compilation["state"]);
        Assert.StartsWith("Its start, which comes before its handler in every run, ends in a trap", (string?)compilation["error"], StringComparison.Ordinal);
    }

    /// <summary>Publishes; the only warning, or null.</summary>
    private async Task<string?> PublishAsync(GuestComponent guest)
    {
        using var answer = await Server.PublishAsync(BundleFile.Of(guest));
        var published = await RealServer.ReadAsync(answer, HttpStatusCode.Created);
        return (string?)published["warnings"]!.AsArray().SingleOrDefault()?["message"];
    }
}
