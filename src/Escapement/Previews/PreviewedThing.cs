namespace Escapement.Previews;

/// <summary>A thing that a preview was about.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Revision">Its revision when the preview was shown.</param>
internal readonly record struct PreviewedThing(Guid Id, long Revision)
{
    /// <summary>Takes the things that are as they were shown, and lists the others: what changed since, and what is gone.</summary>
    /// <param name="shown">As they were shown.</param>
    /// <param name="present">As they are. What was not shown is in neither answer.</param>
    /// <param name="of">A thing's id and revision.</param>
    public static (IReadOnlyList<T> AsShown, IReadOnlyList<Guid> Changed) Compare<T>(
        IEnumerable<PreviewedThing> shown, IEnumerable<T> present, Func<T, PreviewedThing> of)
    {
        var byId = present.ToDictionary(thing => of(thing).Id);
        var (asShown, changed) = (new List<T>(), new List<Guid>());
        foreach (var thing in shown)
        {
            if (byId.TryGetValue(thing.Id, out var found) && of(found) == thing)
            {
                asShown.Add(found);
            }
            else
            {
                changed.Add(thing.Id);
            }
        }

        return (asShown, changed);
    }
}
