namespace Escapement.Previews;

/// <summary>Previews that can be committed.</summary>
internal interface IPreviewStore
{
    /// <summary>
    /// Keeps a preview, and takes away those beside it that were shown before an instant, and the caller's before its last <see cref="Preview.Most"/>.
    /// </summary>
    ValueTask AddAsync(Preview preview, DateTimeOffset removeBefore, CancellationToken cancellationToken = default);

    /// <summary>The preview of this id, or null.</summary>
    ValueTask<Preview?> FindAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken = default);

    /// <summary>Uses a preview up; false when it was used up before. Of several who ask at once one gets it.</summary>
    ValueTask<bool> TakeAsync(TenantId? tenant, Guid id, DateTimeOffset at, CancellationToken cancellationToken = default);
}
