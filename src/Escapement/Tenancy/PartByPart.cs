namespace Escapement;

/// <summary>Keeps what concerns several tenants at once from waiting for the part of the store that is away.</summary>
internal static class PartByPart
{
    /// <summary>
    /// Does something for all items at once. Only if a part of the store is away is it done again for those of each part by themselves, and
    /// then what a part answered stands, whatever becomes of the others.
    /// </summary>
    /// <param name="store">Whose parts.</param>
    /// <param name="items">For what; of one part they are done once.</param>
    /// <param name="tenantOf">Whose an item is; null for nobody's.</param>
    /// <param name="work">What is done; nothing of it counts as done when it throws.</param>
    /// <exception cref="StoreUnavailableException">The store is away as a whole.</exception>
    public static async ValueTask<PartAnswers<TItem, TAnswer>> RunAsync<TItem, TAnswer>(
        ITenantParts store, IReadOnlyList<TItem> items, Func<TItem, TenantId?> tenantOf, Func<IReadOnlyList<TItem>, ValueTask<TAnswer>> work)
    {
        try
        {
            return new PartAnswers<TItem, TAnswer>([(items, await work(items))], [], null);
        }
        catch (StoreUnavailableException e) when (e.InPart)
        {
            var parts = items.GroupBy(i => store.PartOf(tenantOf(i))).Select(p => p.ToList()).ToList();
            return parts.Count == 1 ? new PartAnswers<TItem, TAnswer>([], items, e) : await EachAsync(parts, work);
        }
    }

    private static async ValueTask<PartAnswers<TItem, TAnswer>> EachAsync<TItem, TAnswer>(
        List<List<TItem>> parts, Func<IReadOnlyList<TItem>, ValueTask<TAnswer>> work)
    {
        var answered = new List<(IReadOnlyList<TItem>, TAnswer)>();
        var away = new List<TItem>();
        StoreUnavailableException? problem = null;
        foreach (var part in parts)
        {
            try
            {
                answered.Add((part, await work(part)));
            }
            catch (StoreUnavailableException e)
            {
                away.AddRange(part);
                problem = e;
            }
        }

        return new PartAnswers<TItem, TAnswer>(answered, away, problem);
    }
}

/// <summary>What the parts of a store answered.</summary>
/// <param name="Answered">The answers, each with the items that it is about.</param>
/// <param name="Away">The items of parts that did not answer: nothing was done for them.</param>
/// <param name="Problem">Why they did not; null when all did.</param>
internal sealed record PartAnswers<TItem, TAnswer>(
    IReadOnlyList<(IReadOnlyList<TItem> Items, TAnswer Answer)> Answered, IReadOnlyList<TItem> Away, StoreUnavailableException? Problem);
