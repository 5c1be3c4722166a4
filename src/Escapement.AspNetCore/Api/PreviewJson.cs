using Escapement.Previews;

namespace Escapement.AspNetCore.Api;

/// <summary>By what a preview can be committed.</summary>
/// <param name="Token">Give it back as <c>previewToken</c>, once; nobody else can.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record PreviewJson(string Token, DateTimeOffset ExpiresAt)
{
    public static PreviewJson Of(Preview preview) => new(preview.Id.ToString(), preview.ExpiresAt);
}
