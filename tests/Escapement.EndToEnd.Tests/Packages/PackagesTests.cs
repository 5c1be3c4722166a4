using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests.Packages;

/// <summary>What applications and authors get: the packages alone, without these sources.</summary>
[Collection(Alone.Name)]
public sealed partial class PackagesTests(PackedFeed feed) : IClassFixture<PackedFeed>, IDisposable
{
    private readonly ServerFolder folder = new();

    private string Application => Path.Combine(folder.Root, "application");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Application_OfPackages_RunsGuestsInWorkers()
    {
        WriteApplication();
        await Command.RunAsync(Application, "dotnet", "publish", "-c", "Release", "-o", "out", "-v", "q");
        var address = new Uri($"http://127.0.0.1:{RealServer.FreePort()}");
        using var process = ServerProcess.Of(
            Path.Combine(Application, "out", "Embedding.dll"), ["--urls", address.ToString()], ("Shop__ExtensionData", folder.Data));
        await process.WroteAsync("Application started");

        using var client = new HttpClient { BaseAddress = address };
        Assert.Equal("The shop is open.", await client.GetStringAsync("/", TestContext.Current.CancellationToken));
        Assert.Contains(
            "content=\"/extensions/console/\"",
            await client.GetStringAsync("/extensions/console/schedules", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token().Match(process.Output).Value);
        await PublishAsync(client);
        await Poll.UntilAsync("it is compiled and installed", async () =>
        {
            using var installed = await client.PostAsJsonAsync(
                "/extensions/api/v1/tenants/shop/installs", new { extensionId = BundleFile.Extension }, TestContext.Current.CancellationToken);
            Assert.Contains(installed.StatusCode, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.Conflict]);
            return installed.StatusCode == HttpStatusCode.Created;
        });

        using var call = new HttpRequestMessage(HttpMethod.Post, $"/extensions/api/ext/{BundleFile.Extension}/api/work");
        call.Headers.Add("x-alga-tenant", "shop");
        using var answer = await client.SendAsync(call, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(process.Workers());
    }

    [Fact]
    public async Task BuildCommand_OfThePackage_BuildsTheSample()
    {
        var sample = Path.Combine(folder.Root, "sample");
        CopySources(Path.Combine(Repository.Root, "samples", "scheduler-demo"), sample);
        var package = Path.Combine(sample, "node_modules", "@escapement", "extension-runtime");
        Directory.CreateDirectory(package);
        await Command.RunAsync(package, "tar", "-xzf", Assert.Single(Directory.GetFiles(feed.Path, "*.tgz")), "--strip-components=1");

        // What it depends on is here already, as the sources lock it.
        Directory.CreateSymbolicLink(Path.Combine(package, "node_modules"), Path.Combine(Repository.Root, "sdk", "typescript", "node_modules"));
        await Command.RunAsync(sample, "node", Path.Combine(package, "cli", "escapement-extension.js"), "build");
        Assert.Single(Directory.GetFiles(Path.Combine(sample, "dist"), "*.tar.zst"));
    }

    [GeneratedRegex(@"\besc_[A-Za-z0-9_-]+")]
    private static partial Regex Token();

    private static async Task PublishAsync(HttpClient client)
    {
        using var content = new ByteArrayContent(BundleFile.Working(1_000));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zstd");
        using var published = await client.PostAsync("/extensions/api/v1/extensions", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, published.StatusCode);
    }

    private static void CopySources(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var below in Directory.GetDirectories(from).Where(d => Path.GetFileName(d) is not ("node_modules" or "dist" or "bin" or "obj")))
        {
            CopySources(below, Path.Combine(to, Path.GetFileName(below)));
        }
    }

    /// <summary>The sample that embeds the host, with the package where the sample in the sources has the project.</summary>
    private void WriteApplication()
    {
        CopySources(Path.Combine(Repository.Root, "samples", "embedding"), Application);

        // Packages go into a folder of their own, so that those of an older build of the same version are not taken for them.
        File.WriteAllText(Path.Combine(Application, "Embedding.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectSources>{feed.Path}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(folder.Root, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>$(NUGET_PACKAGES);$(HOME)/.nuget/packages</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Escapement.AspNetCore" Version="0.1.0" />
                <PackageReference Include="Escapement.Console" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
    }
}
