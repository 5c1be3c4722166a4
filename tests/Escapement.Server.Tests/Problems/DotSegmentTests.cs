using System.Net;

namespace Escapement.Server.Tests.Problems;

public sealed class DotSegmentTests
{
    // As when a backend puts an id that somebody typed into a URL: it must not reach what lies above.
    [Theory]
    [InlineData("..")]
    [InlineData("%2e%2e")]
    [InlineData(".%2E")]
    [InlineData("%2e")]
    public async Task Delete_DotSegmentInPlaceOfAnId_IsRefusedAndChangesNothing(string id)
    {
        await using var server = await RunningServer.StartAsync();
        var path = await server.InstallAsync();
        var asWritten = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(
            HttpMethod.Delete, new Uri($"{server.Address.GetLeftPart(UriPartial.Authority)}{path}/schedules/{id}", asWritten));

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var there = await server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
    }
}
