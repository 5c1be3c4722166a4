using System.Text;

namespace Escapement.Wasm.Tests;

/// <summary>
/// Writes components as text: the world's types, the imports asked for, and a core module whose <c>handler</c> does what the
/// test wants. The core handler gets the flattened request's address and gives the address of its answer.
/// </summary>
internal sealed class GuestComponent
{
    /// <summary>Where a good answer lies: status 200, no headers, no body.</summary>
    public const string AnswerOk = "(i32.const 16)";

    /// <summary>The same with all of the guest's memory, of one page, as the body.</summary>
    public const string AnswerMemory = """
        (i32.store (i32.const 28) (i32.const 1))
        (i32.store (i32.const 32) (i32.const 0))
        (i32.store (i32.const 36) (i32.const 65536))
        (i32.const 16)
        """;

    /// <summary>What has the good answer lie there.</summary>
    public const string AnswerData = """(data (i32.const 16) "\c8\00\00\00\04\00\00\00\00\00\00\00\00\00\00\00")""";

    private readonly StringBuilder imports = new();
    private readonly StringBuilder lowered = new();
    private readonly StringBuilder coreImports = new();
    private readonly StringBuilder arguments = new();

    /// <summary>The core handler's instructions; they leave an i32.</summary>
    public string Body { get; init; } = AnswerOk;

    /// <summary>More of the core module: functions, globals.</summary>
    public string Module { get; init; } = "";

    /// <summary>Data segments and such; address 16 holds the answer and 64 the text <c>hello</c>.</summary>
    public string Data { get; init; } = AnswerData;

    public int Pages { get; init; } = 1;

    /// <summary>What the component exports its handler as.</summary>
    public string ExportName { get; init; } = "handler";

    /// <summary>A guest that calls <c>$remove</c> and then answers well.</summary>
    public static GuestComponent Deletes(string calls) => new GuestComponent { Pages = 4, Body = calls + AnswerOk }.ImportDelete();

    /// <summary>A guest of a few kilobytes that takes minutes to compile: nested loops in each of which all of many variables change.</summary>
    public static GuestComponent CompileBomb(int loops = 1_000, int variables = 2_000) => new()
    {
        Body = $"(local {Repeated("i32 ", variables)}) {Repeated("loop ", loops)}"
            + string.Concat(Enumerable.Range(1, variables).Select(i => $"(local.set {i} (i32.add (local.get {i}) (local.get 0)))"))
            + $" local.get 1 br_if 0 {Repeated("end local.get 1 br_if 0 ", loops - 1)} end {AnswerOk}",
    };

    /// <summary>A guest whose code is four times its size: functions of one jump each, to one of very many places.</summary>
    public static GuestComponent LargeCode(int functions, int places = 60_000) => new()
    {
        Module = Repeated($"(func (param i32) (block (block (br_table {Repeated("0 1 ", places / 2)} (local.get 0)))))", functions),
    };

    /// <summary>Imports a function of an interface; core code calls it as <c>$name</c>.</summary>
    /// <param name="interfaceName">As the component spells it.</param>
    /// <param name="types">Type definitions inside the instance type.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="signature">Its component-level parameters and result.</param>
    /// <param name="core">Its core-level parameters and result.</param>
    /// <param name="name">What core code calls it.</param>
    public GuestComponent Import(string interfaceName, string types, string function, string signature, string core, string name)
    {
        imports.AppendLine($"""(import "{interfaceName}" (instance $i_{name} {types} (export "{function}" (func {signature}))))""");
        imports.AppendLine($"""(alias export $i_{name} "{function}" (func $f_{name}))""");
        lowered.AppendLine($"""(core func $c_{name} (canon lower (func $f_{name}) (memory $mem) (realloc $realloc)))""");
        coreImports.AppendLine($"""(import "host" "{name}" (func ${name} {core}))""");
        arguments.Append($"""(export "{name}" (func $c_{name}))""");
        return this;
    }

    /// <summary>Imports a logging function as <c>$log</c>: address and length of the text.</summary>
    public GuestComponent ImportLogging(string function = "log-info") =>
        Import("alga:extension/logging", "", function, """(param "message" string)""", "(param i32 i32)", "log");

    /// <summary>Imports <c>delete-schedule</c> as <c>$remove</c>: id's address and length, address for the answer.</summary>
    public GuestComponent ImportDelete() => Import(
        "alga:extension/scheduler",
        """
        (type $r0 (record (field "success" bool) (field "error" (option string))))
        (export "delete-schedule-result" (type $r (eq $r0)))
        """,
        "delete-schedule",
        """(param "schedule-id" string) (result $r)""",
        "(param i32 i32 i32)",
        "remove");

    /// <summary>
    /// Imports <c>create-schedule</c> as <c>$create</c>: address and length of endpoint and cron; zone, enabled, name and payload, each with a
    /// number before it that says whether it is there; address for the answer.
    /// </summary>
    public GuestComponent ImportCreate() => Import(
        "alga:extension/scheduler",
        """
        (type $i0 (record (field "endpoint" string) (field "cron" string) (field "timezone" (option string)) (field "enabled" (option bool))
          (field "name" (option string)) (field "payload" (option string))))
        (export "create-schedule-input" (type $i (eq $i0)))
        (type $r0 (record (field "success" bool) (field "schedule-id" (option string)) (field "error" (option string))
          (field "field-errors" (option string))))
        (export "create-schedule-result" (type $r (eq $r0)))
        """,
        "create-schedule",
        """(param "input" $i) (result $r)""",
        "(param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)",
        "create");

    public string ToText() => $$"""
        (component
          {{imports}}
          (core module $libc
            (memory (export "memory") {{Pages}})
            (global $next (mut i32) (i32.const 4096))
            (func (export "realloc") (param $old i32) (param $oldsize i32) (param $align i32) (param $size i32) (result i32)
              (global.set $next (i32.and (i32.add (global.get $next) (i32.const 15)) (i32.const -16)))
              (global.get $next)
              (global.set $next (i32.add (global.get $next) (local.get $size))))
            {{Data}}
            (data (i32.const 64) "hello"))
          (core instance $libc (instantiate $libc))
          (alias core export $libc "memory" (core memory $mem))
          (alias core export $libc "realloc" (core func $realloc))
          {{lowered}}
          (core instance $host {{arguments}})
          (core module $main
            (import "libc" "memory" (memory 0))
            {{coreImports}}
            {{Module}}
            (func (export "handler") (param i32) (result i32)
              {{Body}}))
          (core instance $main (instantiate $main (with "libc" (instance $libc)) (with "host" (instance $host))))
          (type $context0 (record (field "request-id" (option string)) (field "tenant-id" string) (field "extension-id" string)
            (field "install-id" (option string)) (field "version-id" (option string))))
          (export $context "context-data" (type $context0))
          (type $header0 (record (field "name" string) (field "value" string)))
          (export $header "http-header" (type $header0))
          (type $http0 (record (field "method" string) (field "url" string) (field "headers" (list $header)) (field "body" (option (list u8)))))
          (export $http "http-request" (type $http0))
          (type $request0 (record (field "context" $context) (field "http" $http)))
          (export $request "execute-request" (type $request0))
          (type $response0 (record (field "status" u16) (field "headers" (list $header)) (field "body" (option (list u8)))))
          (export $response "execute-response" (type $response0))
          (func $lifted (param "request" $request) (result $response)
            (canon lift (core func $main "handler") (memory $mem) (realloc $realloc)))
          (export "{{ExportName}}" (func $lifted)))
        """;

    public byte[] ToBytes() => Wasmtime.Module.ConvertText(ToText());

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
