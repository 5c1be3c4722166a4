using System.Text.Json;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Json;
using Escapement.AspNetCore.Problems;
using Escapement.Previews;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api;

/// <summary>
/// Previews in routes. One route shows and keeps (<see cref="KeepPreviewAsync{T}"/>); another says <see cref="CommitsPreview"/> in its entry and takes what
/// was kept (<see cref="TakePreviewAsync{T}"/>). Whose tenant's it is comes out of the path.
/// </summary>
internal static class Previewing
{
    /// <summary>Says that a route commits what was shown.</summary>
    public static RouteHandlerBuilder CommitsPreview(this RouteHandlerBuilder route) => route.Refuses(404, 409);

    /// <summary>Keeps what is shown.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What is to be done, in a word.</param>
    /// <param name="content">What the commit must know besides.</param>
    /// <param name="things">What it is about, with revisions; see <see cref="PreviewedThing.Compare{T}"/>.</param>
    public static async Task<PreviewJson> KeepPreviewAsync<T>(this HttpContext context, string kind, T content, params IReadOnlyList<PreviewedThing> things) =>
        PreviewJson.Of(await context.RequestServices.GetRequiredService<PreviewOperations>().KeepAsync(
            context.Principal(), context.TenantIfAny(), kind, JsonSerializer.Serialize(content, ApiJson.Options), things, context.RequestAborted));

    /// <summary>Takes what was shown, which uses it up; or says why not.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">As it was kept with.</param>
    /// <param name="token">What the caller gave.</param>
    public static async Task<TakenPreview<T>> TakePreviewAsync<T>(this HttpContext context, string kind, string? token)
    {
        var taking = await context.RequestServices.GetRequiredService<PreviewOperations>().TakeAsync(
            context.Principal(), context.TenantIfAny(), kind, token, context.RequestAborted);
        return taking switch
        {
            PreviewTaking.Taken taken =>
                new(JsonSerializer.Deserialize<T>(taken.Preview.Content, ApiJson.Options), taken.Preview.Things, Refusal: null),
            PreviewTaking.Unknown => Refuse<T>(
                Refusal.NotFound("There is no such preview for this caller; ask for one and give back its token as previewToken")),
            PreviewTaking.Expired => Refuse<T>(Refusal.Conflict(
                "preview-expired", "The preview is too old", $"A preview can be committed for {Preview.GoodFor.TotalMinutes} minutes; ask for another")),
            PreviewTaking.UsedUp => Refuse<T>(Refusal.Conflict(
                "preview-used", "The preview is used up", "This preview was committed before, and can be once; look at what is there and ask for another")),
            var unknown => throw new InvalidOperationException($"An outcome that nobody knows: {unknown}"),
        };
    }

    private static TakenPreview<T> Refuse<T>(ProblemResult refusal) => new(default, [], refusal);
}

/// <summary>What was shown, or why it cannot be committed.</summary>
/// <param name="Content">What the commit must know.</param>
/// <param name="Things">What it is about, as it was.</param>
/// <param name="Refusal">Why not; null when it can.</param>
internal sealed record TakenPreview<T>(T? Content, IReadOnlyList<PreviewedThing> Things, ProblemResult? Refusal);
