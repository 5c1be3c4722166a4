using Escapement.Previews;

namespace Escapement.Tests.Previews;

public sealed class PreviewedThingTests
{
    [Fact]
    public void Compare_SomeChangedSomeGoneSomeNew_TakesThoseAsShownAndListsTheOthers()
    {
        Guid[] ids = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid())];
        PreviewedThing[] shown = [new(ids[0], 1), new(ids[1], 1), new(ids[2], 1)];
        PreviewedThing[] present = [new(ids[3], 1), new(ids[1], 2), new(ids[0], 1)];

        var (asShown, changed) = PreviewedThing.Compare(shown, present, thing => thing);

        Assert.Equal([shown[0]], asShown);
        Assert.Equal([ids[1], ids[2]], changed);
    }
}
