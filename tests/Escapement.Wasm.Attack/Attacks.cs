using System.Buffers.Binary;
using System.Globalization;
using Escapement.Extensions;
using Escapement.Wasm.Tests;

namespace Escapement.Wasm.Attack;

/// <summary>Guests that hand over as much as they can.</summary>
internal static class Attacks
{
    private const string StorageTypes = """
        (type $e0 (record (field "namespace" string) (field "key" string) (field "value" (list u8)) (field "revision" (option u64))))
        (export "storage-entry" (type $e (eq $e0)))
        (type $r0 (enum "missing" "conflict" "denied" "internal"))
        (export "storage-error" (type $r (eq $r0)))
        """;

    /// <summary>What the guests may do.</summary>
    public static string[] Capabilities { get; } = [Capability.LogEmit];

    public static GuestComponent Of(string name) => name switch
    {
        "plain" => new GuestComponent(),
        "headers" => Headers(1_000_000),

        // The most that one call may hand over, in the form that costs the host most.
        "headers-at-the-limit" => Headers(262_000),
        "body" => Body(2_600_000),
        "puts" => Puts(2_600_000),
        "puts-at-the-limit" => Puts(262_000),
        "log" => new GuestComponent
        {
            Pages = 1_000,
            Body = "(loop $again (call $log (i32.const 131072) (i32.const 60000000)) (br $again)) " + GuestComponent.AnswerOk,
        }.ImportLogging(),
        "log-at-the-limit" => new GuestComponent
        {
            Pages = 1_000,
            Body = "(loop $again (call $log (i32.const 131072) (i32.const 12000000)) (br $again)) " + GuestComponent.AnswerOk,
        }.ImportLogging(),
        "unknown" => Unknown(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such attack."),
    };

    private static GuestComponent Headers(int count) => new()
    {
        Pages = 1_000,
        Data = $"""(data (i32.const 16) "\c8\00\00\00{Word(65_536)}{Word(count)}\00\00\00\00")""",
    };

    private static GuestComponent Body(int bytes) => new()
    {
        Pages = 1_000,
        Data = $"""(data (i32.const 16) "\c8\00\00\00\04\00\00\00\00\00\00\00\01\00\00\00{Word(65_536)}{Word(bytes)}")""",
    };

    private static GuestComponent Puts(int bytes) => new GuestComponent
    {
        Pages = 200,
        Body = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            (loop $again
              (call $put (i32.const 64) (i32.const 5) (i32.const 64) (i32.const 5) (i32.const 4096) (i32.const {bytes})
                (i32.const 0) (i64.const 0) (i32.const 128))
              (br $again))
            {GuestComponent.AnswerOk}
            """),
    }.Import(
        "alga:extension/storage",
        StorageTypes,
        "put",
        """(param "entry" $e) (result (result $e (error $r)))""",
        "(param i32 i32 i32 i32 i32 i32 i32 i64 i32)",
        "put");

    /// <summary>A list of tuples of a hundred: for the engine as many elements as a list of bytes has.</summary>
    private static GuestComponent Unknown()
    {
        var hundred = string.Join(' ', Enumerable.Repeat("bool", 100));
        return new GuestComponent
        {
            Pages = 600,
            Body = "(call $take (i32.const 4096) (i32.const 262000)) " + GuestComponent.AnswerOk,
        }.Import("acme:odd/lists", "", "take", $"(param \"all\" (list (tuple {hundred})))", "(param i32 i32)", "take");
    }

    private static string Word(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return string.Concat(bytes.Select(b => "\\" + b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
