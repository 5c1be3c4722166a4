using System.Text.Json.Nodes;
using Escapement.Access;
using Escapement.AspNetCore.Api;
using Escapement.AspNetCore.Problems;
using Escapement.Previews;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Api;

public sealed class PreviewingTests
{
    private static readonly EscapementPrincipal Ops = new(EscapementRole.Operator, TenantScope.All, "ops");

    [Fact]
    public async Task Take_WhatWasKept_HasItsContentAndThingsOnceAndIsUsedUpAfter()
    {
        await using var server = await RunningServer.StartAsync();
        var thing = new PreviewedThing(Guid.NewGuid(), 7);
        var shown = await ContextOf(server).KeepPreviewAsync("undo", new Wanted("2.0.0", DateTimeOffset.UnixEpoch), thing);
        Assert.InRange(shown.ExpiresAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));

        var taken = await ContextOf(server).TakePreviewAsync<Wanted>("undo", shown.Token);
        Assert.Equal((new Wanted("2.0.0", DateTimeOffset.UnixEpoch), thing), (taken.Content, Assert.Single(taken.Things)));
        Assert.Null(taken.Refusal);

        var again = await ContextOf(server).TakePreviewAsync<Wanted>("undo", shown.Token);
        Assert.Equal((409, "urn:escapement:problem:preview-used"), await SentAsync(again.Refusal));
    }

    [Fact]
    public async Task Take_WhatIsExpiredOrUnknown_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        var old = new Preview
        {
            Id = Ids.Next(TimeProvider.System),
            Caller = CallerKey.Of(Ops),
            Kind = "undo",
            Content = "{}",
            CreatedAt = TimeProvider.System.GetUtcNow() - Preview.GoodFor,
        };
        await server.Services.GetRequiredService<IPreviewStore>().AddAsync(old, DateTimeOffset.UnixEpoch);

        var expired = await ContextOf(server).TakePreviewAsync<Wanted>("undo", old.Id.ToString());
        Assert.Equal((409, "urn:escapement:problem:preview-expired"), await SentAsync(expired.Refusal));
        var unknown = await ContextOf(server).TakePreviewAsync<Wanted>("undo", token: null);
        Assert.Equal((404, "urn:escapement:problem:not-found"), await SentAsync(unknown.Refusal));
    }

    private static DefaultHttpContext ContextOf(RunningServer server)
    {
        var context = new DefaultHttpContext { RequestServices = server.Services };
        context.Features.Set(Ops);
        return context;
    }

    private static async Task<(int Status, string? Type)> SentAsync(ProblemResult? refusal)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider(), Response = { Body = body } };
        await refusal!.ExecuteAsync(context);
        return (context.Response.StatusCode, (string?)JsonNode.Parse(body.ToArray())!["type"]);
    }

    private sealed record Wanted(string Version, DateTimeOffset At);
}
