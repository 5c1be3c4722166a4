using Escapement.AspNetCore.Access;

namespace Escapement.Server.Tests.Api.Sessions;

public sealed class SignInFlightTests
{
    [Theory]
    [InlineData("a.b.c.L2E", "/a")]
    [InlineData("a.b.c.Ly9h", null)]
    [InlineData("a.b.c.L8Op", null)]
    [InlineData("a.b.c.=", null)]
    [InlineData("a.b.c", null)]
    [InlineData(null, null)]
    public void Flight_Read_IsOneThatLeadsHereOrNone(string? text, string? returnTo) => Assert.Equal(returnTo, SignInFlight.Read(text)?.ReturnTo);
}
