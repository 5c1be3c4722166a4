using System.Security.Claims;
using Escapement.AspNetCore.Access;

namespace Escapement.Server.Tests.Access;

public sealed class EscapementAccessTests
{
    [Fact]
    public void NameOf_OneStepEitherSideOfTheLongest_IsWholeOrCutWithADigest()
    {
        Assert.Equal(new string('x', 100), NameOf(new string('x', 100)));

        var cut = NameOf(new string('x', 101));

        Assert.Matches("^x{83}…[0-9a-f]{16}$", cut);
        Assert.Equal(cut, NameOf(new string('x', 101)));
        Assert.NotEqual(cut, NameOf(new string('x', 102)));
    }

    [Fact]
    public void NameOf_CutFallsInsideACharacter_LeavesItOut() =>
        Assert.Matches("^x{82}…[0-9a-f]{16}$", NameOf(new string('x', 82) + "\U0001F600" + new string('x', 99)));

    private static string NameOf(string name) =>
        EscapementAccess.NameOf(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test")));
}
