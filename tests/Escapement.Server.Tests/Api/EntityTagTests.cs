using Escapement.AspNetCore.Api;

namespace Escapement.Server.Tests.Api;

public sealed class EntityTagTests
{
    [Fact]
    public void Of_SameFields_IsTheSameAndOtherwiseNot()
    {
        var tag = EntityTag.Of([("name", "a"), ("note", null)]);
        Assert.Equal(tag, EntityTag.Of([("name", "a"), ("note", null)]));
        Assert.NotEqual(tag, EntityTag.Of([("name", null), ("note", "a")]));
        Assert.NotEqual(tag, EntityTag.Of([("name", "a"), ("note", "")]));
    }

    [Fact]
    public void Changed_SomeFields_NamesThose()
    {
        var tag = EntityTag.Of([("name", "a"), ("cron", "0 9 * * *"), ("note", null)]);
        Assert.Equal(["name", "note"], EntityTag.Changed(tag, [("name", "b"), ("cron", "0 9 * * *"), ("note", "x")]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("####################")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Changed_TagOfSomethingElse_NamesNone(string tag) => Assert.Empty(EntityTag.Changed(tag, [("name", "b")]));
}
