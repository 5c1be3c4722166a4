using Escapement.Extensions;
using Escapement.Wasm.Components;

namespace Escapement.Wasm.Tests.Components;

/// <summary>What is read of a component in the host's own process, without the engine.</summary>
public sealed class UnknownImportWarningsTests
{
    private const string Text = "(param \"message\" string)";

    [Fact]
    public void Of_EverythingThatTheHostHas_SaysNothing()
    {
        var guest = new GuestComponent().ImportLogging().ImportCreate().ImportDelete();
        Assert.Equal(
            ["alga:extension/logging: log-info", "alga:extension/scheduler: create-schedule", "alga:extension/scheduler: delete-schedule"],
            Imports(guest.ToBytes()).Found.Select(i => $"{i.Name}: {string.Join(',', i.Functions)}"));
        Assert.Empty(Warnings(guest));
    }

    [Fact]
    public void Of_UnknownFunctionOfAKnownInterface_NamesItAndWhatWasMeant()
    {
        var warning = Assert.Single(Warnings(new GuestComponent().ImportLogging("log-warm")));
        Assert.Equal(("dist/main.wasm", "unknown-import"), (warning.Path, warning.Code));
        Assert.Contains("the function \"alga:extension/logging#log-warm\", which this host does not have", warning.Message, StringComparison.Ordinal);
        Assert.EndsWith("Did you mean log-warn?", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme:billing/invoices", "the interface \"acme:billing/invoices\"")]
    [InlineData("alga:extension/invoicing", "the interface \"alga:extension/invoicing\"")]
    [InlineData("alga:extension/loging", "Did you mean alga:extension/logging?")]
    [InlineData("wasi:http/types@0.2.0", "the interface \"wasi:http/types@0.2.0\"")]
    public void Of_UnknownInterface_NamesIt(string name, string says)
    {
        var guest = new GuestComponent().Import(name, "", "f", Text, "(param i32 i32)", "f");
        Assert.Contains(says, Assert.Single(Warnings(guest)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wasi:clocks/wall-clock@0.2.3")]
    [InlineData("wasi:io/streams@0.2.0")]
    public void Of_WasiThatTheEngineGives_SaysNothing(string name) =>
        Assert.Empty(Warnings(new GuestComponent().Import(name, "", "f", Text, "(param i32 i32)", "f")));

    [Fact]
    public void Of_MoreThanAreListed_SaysThatThereAreMore()
    {
        var guest = new GuestComponent();
        for (var i = 0; i < 101; i++)
        {
            guest.Import($"acme:many/i{i}", "", "f", Text, "(param i32 i32)", $"f{i}");
        }

        var warnings = Warnings(guest);
        Assert.Equal(101, warnings.Count);
        Assert.Contains("100 are listed", warnings[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples/scheduler-demo/dist/main.wasm")]
    [InlineData("samples/scheduler-demo/dist/quickjs/main.wasm")]
    public void Of_WhatTheToolsBuild_SaysNothing(string path)
    {
        var imports = Imports(File.ReadAllBytes(Path.Combine(Engines.EngineGuest.Root, path)));
        Assert.Contains(imports.Found, i => i.Name == "alga:extension/scheduler" && i.Functions.Contains("list-schedules"));
        Assert.Empty(UnknownImportWarnings.Of(imports.Found));
    }

    [Fact]
    public void Add_CutAnywhere_EndsWithoutAWord()
    {
        var whole = new GuestComponent().ImportLogging().ImportCreate().ToBytes();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.InRange(Imports(whole[..length]).Found.Count, 0, 2);
        }
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(100, 0)]
    public void Found_ImportsOfOneTypeWithManyFunctions_IsGivenUpPastABound(int imports, int found)
    {
        const int functions = 2_000;
        byte[] function = [0x04, 0x00, 0x03, (byte)'g', (byte)'e', (byte)'t', 0x01, 0x00];
        byte[] import = [0x00, 0x03, (byte)'a', (byte)':', (byte)'b', 0x05, 0x00];
        byte[] types = [0x01, 0x42, .. Number(functions), .. Enumerable.Repeat(function, functions).SelectMany(f => f)];
        byte[] all = [.. Number(imports), .. Enumerable.Repeat(import, imports).SelectMany(i => i)];
        byte[] component = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00, 0x07, .. Number(types.Length), .. types, 0x0a, .. Number(all.Length), .. all];

        Assert.Equal(found, Imports(component).Found.Count);

        static byte[] Number(int value) => [(byte)(value | 0x80), (byte)((value >> 7) | 0x80), (byte)(value >> 14)];
    }

    [Fact]
    public void Add_BytesThatDiffer_EndWithoutAWord()
    {
        var random = new Random(7);
        var whole = new GuestComponent().ImportLogging().ImportCreate().ToBytes();
        for (var i = 0; i < 20_000; i++)
        {
            var changed = whole.ToArray();
            changed[random.Next(8, whole.Length)] = (byte)random.Next(256);
            _ = UnknownImportWarnings.Of(Imports(changed).Found).ToList();
        }
    }

    [Fact]
    public void Interfaces_OfTheHost_AreThoseOfTheWorld() => Assert.Equal(
        WorldTypes.Functions.Keys.Where(f => f.Contains('#', StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        HostWorld.Interfaces.SelectMany(i => i.Value.Select(f => $"{i.Key}#{f}")).Order(StringComparer.Ordinal));

    private static List<Problem> Warnings(GuestComponent guest) => [.. UnknownImportWarnings.Of(Imports(guest.ToBytes()).Found)];

    private static ComponentImports Imports(byte[] component)
    {
        using var binary = new ComponentBinary();
        binary.Add(component);
        return binary.Imports;
    }
}
