using System.Text;
using Escapement.Extensions;
using Xunit;

namespace Escapement.Tests.Extensions;

public sealed class ManifestReaderTests
{
    public const string Smallest = """{"name":"com.acme.sync","version":"1.0.0","runtime":"wasm-js@1"}""";

    private const string Full = """
        {
          "name": "com.acme.sync", "publisher": "Acme", "version": "1.2.3-beta.1+5", "runtime": "wasm-js@1",
          "capabilities": [" CAP:Scheduler.Manage ", "cap:log.emit", "cap:log.emit"],
          "ui": { "type": "iframe", "entry": "ui/index.html", "hooks": { "appMenu": { "label": "Sync" } } },
          "api": { "endpoints": [
            { "method": "POST", "path": "/api//sync", "handler": "sync", "schedulable": true },
            { "method": "GET", "path": "/api/sync", "handler": "status" },
            { "method": "GET", "path": "/api/off", "handler": "off", "schedulable": false },
            { "method": "DELETE", "path": "/api/sync/:id", "handler": "remove" },
            { "method": "GET", "path": "/api/sync/{id}", "handler": "one" } ] },
          "precompiled": { "x64": "dist/main.cwasm" }, "assets": ["ui/**"], "sbom": "sbom.json", "colour": "red"
        }
        """;

    [Fact]
    public void Read_Full_GivesEverything()
    {
        var manifest = ManifestReader.Read(Full).Value.Manifest;

        Assert.Equal(("com.acme.sync", "Acme", "1.2.3-beta.1+5", "wasm-js@1"), (manifest.Name, manifest.Publisher, manifest.Version, manifest.Runtime));
        Assert.Equal([Capability.LogEmit, Capability.SchedulerManage], manifest.Capabilities.Order(StringComparer.Ordinal));
        Assert.Equal(Full, manifest.Json);
        Assert.Equal(
            ["GET /api/off False", "GET /api/sync True", "POST /api/sync True", "DELETE /api/sync/:id False", "GET /api/sync/{id} False"],
            manifest.Endpoints.Select(e => $"{e.Key} {e.Schedulable}"));
    }

    [Fact]
    public void Read_UnknownFields_AreWarnedOfWithTheirPath()
    {
        var reading = ManifestReader.Read("""
            {"name":"com.acme.sync","version":"1.0.0","runtime":"wasm-js@1","a b":1,
             "ui":{"type":"iframe","entry":"x","size":1},
             "api":{"v":1,"endpoints":[{"method":"GET","path":"/","handler":"h","auth":"none"}]}}
            """).Value;

        Assert.Equal(["$.api.endpoints[0].auth", "$.api.v", "$.ui.size", "$[\"a b\"]"], reading.Warnings.Select(w => w.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_Smallest_IsEnough()
    {
        var reading = ManifestReader.Read(Encoding.UTF8.GetBytes("\ufeff" + Smallest)).Value;

        Assert.Empty(reading.Warnings);
        Assert.Empty(reading.Manifest.Endpoints);
        Assert.Equal(Smallest, reading.Manifest.Json);
    }

    [Fact]
    public void Read_ManyMistakes_ReportsEachWithItsPath()
    {
        var problems = ManifestReader.Read("""
            { "name": "Acme", "version": "1.0", "runtime": "node", "publisher": 7,
              "capabilities": ["cap:fly", 3], "ui": { "type": "window" }, "assets": [1], "sbom": {},
              "api": { "endpoints": [
                { "method": "GET", "path": "/a", "handler": "a" },
                { "method": "GET", "path": "//a", "handler": "b" },
                { "method": "FETCH", "path": "/b", "handler": "b" },
                { "method": "GET", "path": "c", "handler": "" },
                { "method": "PUT", "path": "/d", "handler": "d", "schedulable": true },
                { "method": "GET", "path": "/e/:id", "handler": "e", "schedulable": true },
                { "method": "GET", "path": "/f", "handler": "f", "schedulable": "yes" },
                { "method": "GET", "path": "/e/{other}", "handler": "e" },
                "text", {} ] } }
            """).Problems;

        Assert.Equal(
            [
                "$.api.endpoints[1] duplicate-endpoint", "$.api.endpoints[2].method method", "$.api.endpoints[3].handler empty",
                "$.api.endpoints[3].path path", "$.api.endpoints[4].schedulable not-schedulable", "$.api.endpoints[5].schedulable not-schedulable",
                "$.api.endpoints[6].schedulable type", "$.api.endpoints[7] duplicate-endpoint", "$.api.endpoints[8] type",
                "$.api.endpoints[9].handler missing", "$.api.endpoints[9].method missing", "$.api.endpoints[9].path missing",
                "$.assets[0] type", "$.capabilities[0] unknown-capability", "$.capabilities[1] type", "$.name name", "$.publisher type",
                "$.runtime unknown-runtime", "$.sbom type", "$.ui.entry missing", "$.ui.type ui-type", "$.version semver",
            ],
            problems.Select(p => $"{p.Path} {p.Code}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cap:log.emmit", "did you mean cap:log.emit?")]
    [InlineData("cap:root", "there are cap:client.read, cap:context.read, cap:http.fetch, ")]
    public void Read_UnknownCapability_SaysWhichWasMeantOrWhichThereAre(string capability, string hint) =>
        Assert.Contains(
            hint,
            Assert.Single(ManifestReader.Read(With($"\"capabilities\":[\"{capability}\"]")).Problems).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_MistakesWithoutEnd_ListsAThousandAndSaysThatThereAreMore()
    {
        var problems = ManifestReader.Read(With($$"""
            "api":{"endpoints":[{{string.Join(',', Enumerable.Repeat("{}", 300_000))}}]}
            """)).Problems;

        Assert.Equal((1_001, "more"), (problems.Count, problems[^1].Code));
    }

    [Fact]
    public void Read_UnknownFieldsWithoutEnd_ListsAThousandAndSaysThatThereAreMore()
    {
        var warnings = ManifestReader.Read(With(string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"x{i}\":1")))).Value.Warnings;

        Assert.Equal((1_001, "more"), (warnings.Count, warnings[^1].Code));
    }

    // Each path held the long name once more: eighty gigabytes for a bundle of a kilobyte.
    [Fact]
    public void Read_DuplicatesBelowALongName_AreToldInFewWords()
    {
        var problems = ManifestReader.Read(With($$"""
            "{{new string('x', 500_000)}}":{{{string.Join(',', Enumerable.Repeat("\"a\":1", 80_000))}}}
            """)).Problems;

        Assert.Equal($"$[\"{new string('x', 100)}...\"].a", problems[0].Path);
        Assert.InRange(problems.Sum(p => p.Path.Length + p.Message.Length), 1, 1_000_000);
    }

    [Theory]
    [InlineData("", "$ not-json")]
    [InlineData("{", "$ not-json")]
    [InlineData("{}}", "$ not-json")]
    [InlineData("[]", "$ type")]
    [InlineData("null", "$ type")]
    [InlineData("{\"name\":\"\\ud800\"}", "$ not-text")]
    [InlineData("{\"\\udc00\":1}", "$ not-text")]
    public void Read_NoManifestAtAll_SaysSo(string json, string problem) => Assert.Equal([problem], Codes(json));

    [Fact]
    public void Read_InvalidUtf8_IsNotJson() =>
        Assert.Equal("not-json", Assert.Single(ManifestReader.Read([(byte)'"', 0xFF, (byte)'"']).Problems).Code);

    [Theory]
    [InlineData("Com.acme.sync")]
    [InlineData("com")]
    [InlineData("com..sync")]
    [InlineData("com.acme.")]
    [InlineData("com.-acme")]
    [InlineData("com.acme_x")]
    [InlineData("com.äcme")]
    [InlineData("com/acme")]
    [InlineData("../com.acme")]
    public void Read_BadName_IsRefused(string name) =>
        Assert.Equal(["$.name name"], Codes(Smallest.Replace("com.acme.sync", name, StringComparison.Ordinal)));

    [Theory]
    [InlineData("1")]
    [InlineData("v1.0.0")]
    [InlineData("01.0.0")]
    [InlineData("1.0.0-")]
    [InlineData("1.0.0 ")]
    [InlineData("latest")]
    public void Read_BadVersion_IsRefused(string version) =>
        Assert.Equal(["$.version semver"], Codes(Smallest.Replace("1.0.0", version, StringComparison.Ordinal)));

    [Theory]
    [InlineData("/a?b=1")]
    [InlineData("/a#b")]
    [InlineData("/a b")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/a\\\\b")]
    [InlineData("/a/:")]
    [InlineData("/a/{}")]
    [InlineData("/a/{id")]
    public void Read_BadPath_IsRefused(string path) =>
        Assert.Equal(["$.api.endpoints[0].path path"], Codes(With($$"""
            "api":{"endpoints":[{"method":"GET","path":"{{path}}","handler":"h"}]}
            """)));

    [Theory]
    [InlineData("\"name\":\"com.acme.other\"", "$.name duplicate-key")]
    [InlineData("\"x\":[{\"y\":{\"a\":1,\"a\":2}}]", "$.x[0].y.a duplicate-key")]
    [InlineData("\"api\":[]", "$.api type")]
    [InlineData("\"api\":{\"endpoints\":{}}", "$.api.endpoints type")]
    [InlineData("\"capabilities\":\"cap:log.emit\"", "$.capabilities type")]
    [InlineData("\"ui\":\"iframe\"", "$.ui type")]
    [InlineData("\"ui\":{\"type\":\"iframe\",\"entry\":\"x\",\"hooks\":[]}", "$.ui.hooks type")]
    public void Read_OneMistake_SaysWhere(string field, string problem) => Assert.Equal([problem], Codes(With(field)));

    [Theory]
    [InlineData("name")]
    [InlineData("version")]
    [InlineData("runtime")]
    public void Read_RequiredFieldMissing_SaysSo(string field) =>
        Assert.Equal([$"$.{field} missing"], Codes(Smallest.Replace($"\"{field}\"", "\"sbom\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(500, false)]
    public void Read_Nesting_IsRefusedBeyond64(int depthBelowRoot, bool isOk)
    {
        var json = With($"\"deep\":{new string('[', depthBelowRoot)}{new string(']', depthBelowRoot)}");

        Assert.Equal(isOk ? [] : ["$ too-deep"], Codes(json));
    }

    [Fact]
    public void Read_Size_OneStepEitherSide()
    {
        var padding = new string(' ', ManifestReader.MaxBytes - Smallest.Length);

        Assert.True(ManifestReader.Read(Smallest + padding).IsOk);
        Assert.Equal(["$ too-large"], Codes(Smallest + padding + " "));
    }

    private static string With(string field) => Smallest[..^1] + "," + field.Trim() + "}";

    private static IEnumerable<string> Codes(string json) => ManifestReader.Read(json).Problems.Select(p => $"{p.Path} {p.Code}");
}
