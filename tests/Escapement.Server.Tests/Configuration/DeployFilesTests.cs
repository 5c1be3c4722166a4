using System.Text.RegularExpressions;
using Escapement.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Escapement.Server.Tests.Configuration;

/// <summary>What deploy files and guides tell the server must be what the server knows. Their form is checked in <c>tests/deploy</c>.</summary>
public sealed partial class DeployFilesTests
{
    private static readonly string Root = FindRoot();

    [Theory]
    [InlineData("deploy/container/Containerfile", 2)]
    [InlineData("deploy/compose/compose.yaml", 2)]
    [InlineData("deploy/kubernetes/escapement.yaml", 6)]
    [InlineData("docs/guides/deploying.md", 2)]
    [InlineData("docs/guides/operating.md", 0)]
    [InlineData("docs/reference/configuration.md", 1)]
    public void Settings_OfAFile_AreKnown(string file, int atLeast)
    {
        var found = Setting().Matches(File.ReadAllText(Path.Combine(Root, file)));
        var names = found.Select(m => m.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(names.Count >= atLeast, $"{file} has {names.Count} settings");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(names.Select(n => KeyValuePair.Create($"Escapement:{n}", (string?)"x"))).Build();
        var (_, problems) = ServerSettings.Read(configuration);
        Assert.DoesNotContain(problems, p => p.Contains("is not a setting", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("deploy/systemd/escapement.service", "^ExecStart=/usr/bin/dotnet \\S+ (.+)$")]
    public void Flags_OfAFile_AreKnown(string file, string line)
    {
        var flags = Regex.Match(File.ReadAllText(Path.Combine(Root, file)), line, RegexOptions.Multiline).Groups[1].Value;
        Assert.NotEqual("", flags);
        Assert.Empty(Flags.Read(flags.Split(' ')).Problems);
    }

    [Fact]
    public void ReferencePage_EverySetting_IsListed()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs/reference/configuration.md"));
        var reader = new SettingsReader(new ConfigurationBuilder().Build().GetSection("Escapement"));
        ServerSettings.Read(reader);
        Assert.True(reader.Known.Count > 30, $"{reader.Known.Count} settings");
        Assert.DoesNotContain(reader.Known, name => !page.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\bESCAPEMENT__(\w+)")]
    private static partial Regex Setting();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Escapement.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Escapement.slnx");
        }

        return folder.FullName;
    }
}
