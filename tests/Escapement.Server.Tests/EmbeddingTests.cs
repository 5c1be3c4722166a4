using System.Net;
using Embedding;
using Escapement.AspNetCore;
using Escapement.Compiling;
using Escapement.Gateway;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Publishing;
using Escapement.Runs;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Escapement.Server.Tests;

public sealed class EmbeddingTests
{
    [Fact]
    public async Task Sample_Started_ServesItsOwnPageBesideTheHost()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        string? token = null;
        await using var app = Shop.Build(builder, o =>
        {
            o.DataFolder = TestFolders.New();
            o.OnFirstToken = t => token = t;
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal("The shop is open.", await client.GetStringAsync("/"));
        using var refused = await client.GetAsync("/extensions/api/v1/extensions");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var elsewhere = await client.GetAsync("/nothing");
        Assert.Equal((HttpStatusCode.NotFound, 0L), (elsewhere.StatusCode, elsewhere.Content.Headers.ContentLength));

        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.Contains("items", await client.GetStringAsync("/extensions/api/v1/extensions"), StringComparison.Ordinal);
        Assert.Contains("/extensions/api/v1/extensions", await client.GetStringAsync("/extensions/openapi.json"), StringComparison.Ordinal);
        await app.StopAsync();
    }

    [Fact]
    public void AddEscapement_OptionsOutOfRange_NamesEveryProblem()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddEscapement(o =>
        {
            o.DataFolder = " ";
            o.ApiPrefix = "api";
            o.TimeLapse = 1001;
            o.Limits = new() { MaxPerInstall = 0 };
        }));
        Assert.Equal(4, thrown.Failures.Count());
    }

    [Fact]
    public async Task MapEscapement_PolicyThatTheApplicationLacks_IsRefusedByName()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddEscapement(o =>
        {
            o.DataFolder = TestFolders.New();
            o.AuthorizationPolicy = "operators";
        });
        await using var app = builder.Build();

        var thrown = Assert.Throws<InvalidOperationException>(() => app.MapEscapement());
        Assert.Contains("\"operators\"", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(ICompilations))]
    [InlineData(typeof(Publisher))]
    [InlineData(typeof(InstallOperations))]
    [InlineData(typeof(InstalledExtensions))]
    [InlineData(typeof(ScheduleOperations))]
    [InlineData(typeof(HostApiFactory))]
    [InlineData(typeof(RunOperations))]
    [InlineData(typeof(ExtensionGateway))]
    public async Task AddEscapement_AServiceOfTheGuide_CanBeInjected(Type service)
    {
        Assert.True(service.IsPublic);
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddEscapement(o => o.DataFolder = TestFolders.New());
        await using var app = builder.Build();

        Assert.NotNull(app.Services.GetService(service));
    }

    [Theory]
    [InlineData("//")]
    [InlineData("/x/")]
    [InlineData("/x//y")]
    public void AddEscapement_PrefixThatIsNoPlainPath_IsRefused(string prefix) =>
        Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddEscapement(o => o.ApiPrefix = prefix));
}
