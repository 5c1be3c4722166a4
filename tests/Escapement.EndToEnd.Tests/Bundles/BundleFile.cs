using System.Formats.Tar;
using System.Text;
using Escapement.Wasm.Tests;
using ZstdSharp;

namespace Escapement.EndToEnd.Tests.Bundles;

/// <summary>Bundles made in the test: small components that compile at once, and archives that no build command would make.</summary>
internal static class BundleFile
{
    public const string Extension = "com.example.guest";

    /// <summary>The endpoint that all of them have.</summary>
    public const string Endpoint = "POST /api/work";

    /// <summary>Of the schedules that <see cref="WitnessedWork"/> makes.</summary>
    public const string WitnessCron = "0 0 2 2 *";

    /// <summary>A guest that counts down before it answers 200: a million rounds take about a millisecond.</summary>
    public static byte[] Working(long rounds) => Of(new GuestComponent { Body = CountDown("", rounds) });

    /// <summary>
    /// The same, after it made a schedule that never fires: it is stored durably before the guest goes on, and so bears witness to the
    /// execution. Needs <c>cap:scheduler.manage</c>.
    /// </summary>
    public static byte[] WitnessedWork(long rounds)
    {
        var plain = new GuestComponent();
        var endpoint = $"(i32.const 200) (i32.const {Endpoint.Length})";
        var cron = $"(i32.const 250) (i32.const {WitnessCron.Length})";
        const string absent = "(i32.const 0) (i32.const 0) (i32.const 0)";
        return Of(new GuestComponent
        {
            Data = plain.Data + $"""(data (i32.const 200) "{Endpoint}") (data (i32.const 250) "{WitnessCron}")""",
            Body = CountDown($"(call $create {endpoint} {cron} {absent} (i32.const 1) (i32.const 0) {absent} {absent} (i32.const 300))", rounds),
        }.ImportCreate());
    }

    public static string ManifestOf(string extension) => $$"""
        {"name":"{{extension}}","publisher":"Example","version":"1.0.0","runtime":"wasm-js@1","capabilities":["cap:scheduler.manage","cap:log.emit"],
        "api":{"endpoints":[{"method":"POST","path":"/api/work","handler":"work"}]},"assets":[]}
        """;

    public static byte[] Of(GuestComponent guest, string extension = Extension) => Pack(tar => AddParts(tar, guest.ToBytes(), extension));

    /// <summary>What every good bundle holds.</summary>
    public static void AddParts(TarWriter tar, byte[]? component = null, string extension = Extension)
    {
        AddFile(tar, "manifest.json", Encoding.UTF8.GetBytes(ManifestOf(extension)));
        AddFile(tar, "dist/main.wasm", component ?? new GuestComponent().ToBytes());
    }

    public static void AddFile(TarWriter tar, string name, byte[] bytes) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes), ModificationTime = DateTimeOffset.UnixEpoch });

    public static byte[] Pack(Action<TarWriter> fill)
    {
        using var packed = new MemoryStream();
        using (var zstd = new CompressionStream(packed, level: 3, leaveOpen: true))
        using (var tar = new TarWriter(zstd, TarEntryFormat.Pax))
        {
            fill(tar);
        }

        return packed.ToArray();
    }

    private static string CountDown(string first, long rounds) => $"""
        (local $left i64) (local.set $left (i64.const {rounds}))
        {first}
        (loop $again
          (local.set $left (i64.sub (local.get $left) (i64.const 1)))
          (br_if $again (i64.ne (local.get $left) (i64.const 0))))
        {GuestComponent.AnswerOk}
        """;
}
