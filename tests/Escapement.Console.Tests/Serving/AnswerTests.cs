using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Escapement.AspNetCore;
using Escapement.AspNetCore.Console.Serving;
using Escapement.Server.Tests;

namespace Escapement.Console.Tests.Serving;

public sealed partial class AnswerTests : IAsyncLifetime
{
    private RunningServer server = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("schedules")]
    [InlineData("extensions/com.acme.sync")]
    [InlineData("tenants/acme/schedules?q=a.b")]
    [InlineData("apis")]
    public async Task Get_OfAPagesAddress_AnswersThePageWithItsHeaders(string address)
    {
        using var answer = await client.GetAsync("/" + address);
        var page = await answer.Content.ReadAsStringAsync();
        var nonce = Nonce().Match(page).Groups[1].Value;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Matches("^[A-Za-z0-9+/]{24}$", nonce);
        Assert.Equal(
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + "worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            Header(answer, "Content-Security-Policy"));
        Assert.Equal("no-store", Header(answer, "Cache-Control"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Contains("name=\"escapement-base\" content=\"/\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"escapement-api\" content=\"/\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"./", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OfThePageTwice_HasAnotherNonceEachTime() => Assert.NotEqual(
        Nonce().Match(await client.GetStringAsync("/")).Value, Nonce().Match(await client.GetStringAsync("/")).Value);

    [Fact]
    public async Task Get_OfEveryAddressInThePage_AnswersAFileThatIsKeptForGood()
    {
        var page = await client.GetStringAsync("/");
        var addresses = Linked().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.Contains(addresses, a => a.EndsWith(".js", StringComparison.Ordinal));
        foreach (var address in addresses.Where(a => a.StartsWith("/assets/", StringComparison.Ordinal)))
        {
            using var answer = await client.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", Header(answer, "Cache-Control"));
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Files_OfTheConsole_HoldNothingThatTheBuildPutInline()
    {
        Assert.Contains(ConsoleFiles.All.Keys, k => k.EndsWith(".svg", StringComparison.Ordinal));
        foreach (var file in ConsoleFiles.All.Keys.Where(k => k.EndsWith(".js", StringComparison.Ordinal) || k.EndsWith(".css", StringComparison.Ordinal)))
        {
            Assert.DoesNotMatch("data:[a-z]+/[a-z]", await client.GetStringAsync("/" + file));
        }

        var page = await client.GetStringAsync("/");
        Assert.DoesNotMatch("<style|<script(?![^>]* src=)|data:", page);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0.1, gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData(null, null)]
    public async Task Get_OfAScript_AnswersTheFormThatTheBrowserTakes(string? accepted, string? coding)
    {
        // Of the least ones a form may be no smaller than they are, and is not kept.
        var script = ConsoleFiles.All.Keys.First(k => k.StartsWith("assets/index-", StringComparison.Ordinal) && k.EndsWith(".js", StringComparison.Ordinal));
        using var plain = await client.GetAsync("/" + script);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + script);
        if (accepted is not null)
        {
            request.Headers.Add("Accept-Encoding", accepted);
        }

        using var answer = await client.SendAsync(request);
        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", Header(answer, "Vary"));
        Assert.Equal("text/javascript; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        await using var content = await answer.Content.ReadAsStreamAsync();
        await using Stream read = coding switch
        {
            "br" => new System.IO.Compression.BrotliStream(content, System.IO.Compression.CompressionMode.Decompress),
            "gzip" => new System.IO.Compression.GZipStream(content, System.IO.Compression.CompressionMode.Decompress),
            _ => content,
        };
        using var text = new StreamReader(read);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await text.ReadToEndAsync());
        Assert.Equal(coding is null, answer.Headers.ETag?.Tag == plain.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Get_OfAFileThatTheBrowserHas_IsNotSentAgain()
    {
        var script = ConsoleFiles.All.Keys.First();
        using var first = await client.GetAsync("/" + script);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + script);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(request);
        Assert.Equal((HttpStatusCode.NotModified, 0), (second.StatusCode, (await second.Content.ReadAsByteArrayAsync()).Length));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/schedules")]
    public async Task Head_OfAPage_AnswersItsHeadersAlone(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var answer = await client.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, 0), (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
    }

    // A page in place of a file that is gone would be kept for good, or run as a script.
    [Theory]
    [InlineData("/assets/index-gone.js")]
    [InlineData("/favicon.ico")]
    [InlineData("/robots.txt")]
    public async Task Get_OfAFileThatIsNotThere_AnswersNoPage(string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("no-store", Header(answer, "Cache-Control"));
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("POST", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("GET", "/api/v2/schedules", 404)]
    [InlineData("GET", "/api/v1/resume", 405)]
    [InlineData("PUT", "/api/v1/schedules", 405)]
    [InlineData("DELETE", "/healthz", 405)]
    [InlineData("GET", "/healthz/more", 404)]
    [InlineData("GET", "/metrics", 404)]
    [InlineData("GET", "/openapi/v2.json", 404)]
    [InlineData("POST", "/openapi/v1.json", 405)]
    public async Task Send_ToAnAddressOfTheHost_AnswersWhatItDidWithoutAConsole(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        using var answer = await client.SendAsync(request);
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.DoesNotContain(
            "script-src", answer.Headers.TryGetValues("Content-Security-Policy", out var policy) ? string.Join(' ', policy) : "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ToAPage_IsNotAllowed()
    {
        using var answer = await client.PostAsync("/schedules", content: null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    [GeneratedRegex("nonce=\"([^\"]*)\"")]
    private static partial Regex Nonce();

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Linked();
}
