using Escapement.Access;

namespace Escapement.Previews;

/// <summary>
/// Keeping what was shown, and giving it out to be committed, once. A preview is used up by being given out, whatever becomes of the commit:
/// so what it showed cannot be done twice, not even when a node dies in the middle of it.
/// </summary>
internal sealed class PreviewOperations(IPreviewStore store, TimeProvider time)
{
    /// <summary>Keeps what a caller is shown.</summary>
    /// <param name="by">Who is shown it. Nobody else can commit it.</param>
    /// <param name="tenant">Whose things it is about; null for those of no tenant or of several.</param>
    /// <param name="kind">What is to be done, in a word.</param>
    /// <param name="content">What the commit must know besides.</param>
    /// <param name="things">What it is about, with revisions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Preview> KeepAsync(
        EscapementPrincipal by,
        TenantId? tenant,
        string kind,
        string content,
        IReadOnlyList<PreviewedThing> things,
        CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var preview = new Preview
        {
            Id = Ids.Next(time),
            Tenant = tenant,
            Caller = CallerKey.Of(by),
            Kind = kind,
            Content = content,
            Things = things,
            CreatedAt = now,
        };
        await store.AddAsync(preview, removeBefore: now - Preview.GoodFor - Preview.KnownFor, cancellationToken);
        return preview;
    }

    /// <summary>Gives a preview out to be committed. Another caller's, another tenant's and one of another kind are as if they were not there.</summary>
    /// <param name="by">Who commits it.</param>
    /// <param name="tenant">As it was kept with.</param>
    /// <param name="kind">As it was kept with.</param>
    /// <param name="token">What the caller was given for it: its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<PreviewTaking> TakeAsync(
        EscapementPrincipal by, TenantId? tenant, string kind, string? token, CancellationToken cancellationToken = default)
    {
        if (!Ids.TryParse(token, out var id)
            || await store.FindAsync(tenant, id, cancellationToken) is not { } preview
            || preview.Kind != kind
            || preview.Caller != CallerKey.Of(by))
        {
            return new PreviewTaking.Unknown();
        }

        var now = time.GetUtcNow();
        if (preview.TakenAt is not null)
        {
            return new PreviewTaking.UsedUp();
        }

        if (preview.ExpiresAt <= now)
        {
            return new PreviewTaking.Expired();
        }

        return await store.TakeAsync(tenant, id, now, cancellationToken) ? new PreviewTaking.Taken(preview with { TakenAt = now }) : new PreviewTaking.UsedUp();
    }
}
