using Escapement.Previews;

namespace Escapement.Tests.Previews;

/// <summary>Previews in memory.</summary>
internal sealed class HeldPreviews : IPreviewStore
{
    private readonly List<Preview> previews = [];

    public ValueTask AddAsync(Preview preview, DateTimeOffset removeBefore, CancellationToken cancellationToken = default)
    {
        previews.RemoveAll(p => p.CreatedAt < removeBefore);
        previews.Add(preview);
        return ValueTask.CompletedTask;
    }

    public ValueTask<Preview?> FindAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(previews.Find(p => p.Id == id && p.Tenant == tenant));

    public async ValueTask<bool> TakeAsync(TenantId? tenant, Guid id, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(tenant, id, cancellationToken) is not { TakenAt: null } preview)
        {
            return false;
        }

        previews[previews.IndexOf(preview)] = preview with { TakenAt = at };
        return true;
    }
}
