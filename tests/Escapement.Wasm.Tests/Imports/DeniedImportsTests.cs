using Escapement.Extensions;

namespace Escapement.Wasm.Tests.Imports;

public abstract class DeniedImportsTests(SandboxIsolation isolation)
{
    private const string SecretErrors = "missing denied expired internal";
    private const string HttpErrors = "invalid-url not-allowed transport internal";
    private const string StorageErrors = "missing conflict denied internal";
    private const string ProxyErrors = "route-not-found denied bad-request internal";
    private const string UserErrors = "not-available not-allowed";

    private const string Entry = """
        (type $v0 (record (field "namespace" string) (field "key" string) (field "value" (list u8)) (field "revision" (option u64))))
        (export "storage-entry" (type $v (eq $v0)))
        """;

    private const string Http = """
        (type $h0 (record (field "name" string) (field "value" string)))
        (export "http-header" (type $h (eq $h0)))
        (type $q0 (record (field "method" string) (field "url" string) (field "headers" (list $h)) (field "body" (option (list u8)))))
        (export "http-request" (type $q (eq $q0)))
        (type $v0 (record (field "status" u16) (field "headers" (list $h)) (field "body" (option (list u8)))))
        (export "http-response" (type $v (eq $v0)))
        """;

    private const string User = """
        (type $v0 (record (field "tenant-id" string) (field "client-id" (option string)) (field "client-name" string) (field "user-id" string)
          (field "user-email" string) (field "user-name" string) (field "user-type" string)))
        (export "user-data" (type $v (eq $v0)))
        """;

    private const string UserWithoutClient = """
        (type $v0 (record (field "tenant-id" string) (field "client-name" string) (field "user-id" string)
          (field "user-email" string) (field "user-name" string) (field "user-type" string)))
        (export "user-data" (type $v (eq $v0)))
        """;

    private const string UserV2 = """
        (type $v0 (record (field "tenant-id" string) (field "client-name" string) (field "user-id" string) (field "user-email" string)
          (field "user-name" string) (field "user-type" string) (field "client-id" (option string))
          (field "additional-fields" (list (tuple string string)))))
        (export "user-data-v2" (type $v (eq $v0)))
        """;

    // After the function: its parameters, and what they are to core code; the answer's type, with where its error lies in it.
    [Theory]
    [InlineData("secrets", "get", "string", "i32 i32", "", "string", 4, SecretErrors, "denied")]
    [InlineData("http", "fetch", "$q", "i32 i32 i32 i32 i32 i32 i32 i32 i32", Http, "$v", 4, HttpErrors, "not-allowed")]
    [InlineData("storage", "get", "string string", "i32 i32 i32 i32", Entry, "$v", 8, StorageErrors, "denied")]
    [InlineData("storage", "put", "$v", "i32 i32 i32 i32 i32 i32 i32 i64", Entry, "$v", 8, StorageErrors, "denied")]
    [InlineData("storage", "delete", "string string", "i32 i32 i32 i32", "", "", 1, StorageErrors, "denied")]
    [InlineData("storage", "list-entries", "string (option string)", "i32 i32 i32 i32 i32", Entry, "(list $v)", 4, StorageErrors, "denied")]
    [InlineData("ui-proxy", "call-route", "string (option (list u8))", "i32 i32 i32 i32 i32", "", "(list u8)", 4, ProxyErrors, "denied")]
    [InlineData("user", "get-user", "", "", User, "$v", 4, UserErrors, "not-available")]
    [InlineData("user", "get-user", "", "", UserWithoutClient, "$v", 4, UserErrors, "not-available")]
    [InlineData("user-v2", "get-user", "", "", UserV2, "$v", 4, UserErrors, "not-available")]
    public async Task Call_OfWhatTheHostHasNot_AnswersTheInterfacesOwnError(
        string interfaceName, string function, string parameters, string core, string types, string answer, int errorAt, string errors, string expected)
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = Calls(core).Import(
            "alga:extension/" + interfaceName,
            $"""
            {types}
            (type $e0 (enum {string.Join(' ', errors.Split(' ').Select(e => $"\"{e}\""))}))
            (export "error" (type $e (eq $e0)))
            """,
            function,
            $"{Parameters(parameters)} (result (result {answer} (error $e)))",
            $"(param {core} i32)",
            "call");

        var (memory, evidence) = await fixture.CallAsync(fixture.Publish(guest.ToBytes()));

        Assert.Equal((1, expected), (memory.Byte(128), errors.Split(' ')[memory.Byte(128 + errorAt)]));
        Assert.Equal(1, evidence.HostCalls[$"{interfaceName}.{function}"]);
    }

    [Theory]
    [InlineData(false, false, "storage.delete: cap:storage.kv is not declared in the manifest.")]
    [InlineData(true, false, "storage.delete: cap:storage.kv is not granted to this install.")]
    [InlineData(true, true, "storage.delete: this version of the host does not have it.")]
    public async Task Call_Refused_TheLogTellsWhichOfTheThreeItIs(bool declared, bool granted, string line)
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = Calls("i32 i32 i32 i32").Import(
            "alga:extension/storage",
            """(type $e0 (enum "missing" "conflict" "denied" "internal")) (export "error" (type $e (eq $e0)))""",
            "delete",
            """(param "n" string) (param "k" string) (result (result (error $e)))""",
            "(param i32 i32 i32 i32 i32)",
            "call");
        var invocation = fixture.Publish(guest.ToBytes(), declared ? [Capability.StorageKv] : []);
        var install = invocation.Extension.Install;
        var asked = invocation with { Extension = invocation.Extension with { Install = granted ? install : install with { Granted = [] } } };

        var (_, evidence) = await fixture.CallAsync(asked);

        Assert.Equal(("warn", line), Assert.Single(evidence.Log.Select(l => (l.Level, l.Message))));
    }

    [Fact]
    public async Task Call_OfListKeys_AnswersThatThereAreNone()
    {
        await using var fixture = new SandboxFixture(isolation);
        var guest = Calls("").Import("alga:extension/secrets", "", "list-keys", "(result (list string))", "(param i32)", "call");
        Assert.Equal(0, (await fixture.CallAsync(guest)).Int(128 + 4));
    }

    private static GuestComponent Calls(string core) => new()
    {
        Body = $"""
            (call $call {string.Join(' ', core.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(type => $"({type}.const 0)"))} (i32.const 128))
            {GuestComponent.AnswerMemory}
            """,
    };

    private static string Parameters(string types)
    {
        // A type in brackets is the last one.
        var last = types.IndexOf('(', StringComparison.Ordinal);
        var each = (last < 0 ? types : types[..last]).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (last >= 0)
        {
            each.Add(types[last..]);
        }

        return string.Join(' ', each.Select((type, i) => $"(param \"p{i}\" {type})"));
    }

    public sealed class InProcess() : DeniedImportsTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : DeniedImportsTests(SandboxIsolation.Process);
}
