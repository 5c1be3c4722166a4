using System.Security.Claims;
using Escapement.Access;
using Escapement.AspNetCore;
using Escapement.AspNetCore.Access;

namespace Escapement.Server.Tests.Access;

public sealed class ClaimMapperTests
{
    private readonly OidcOptions options = new()
    {
        Authority = "https://login.example.com",
        Audience = "escapement",
        Mappings =
        [
            new OidcMapping { Claim = "groups", Value = "ops", Role = EscapementRole.Operator },
            new OidcMapping { Claim = "groups", Value = "support", Role = EscapementRole.Viewer },
            new OidcMapping { Claim = "admin_of", Value = "*", Role = EscapementRole.Admin, Tenants = ["{value}", "{value}-test"] },
            new OidcMapping { Claim = "groups", Value = "acme-admins", Role = EscapementRole.Admin, Tenants = ["acme"] },
        ],
    };

    [Theory]
    [InlineData("groups=ops", "Operator all")]
    [InlineData("groups=Ops", null)]
    [InlineData("Groups=ops", null)]
    [InlineData("roles=ops", null)]
    [InlineData("groups=support", "Viewer all")]
    [InlineData("admin_of=acme groups=support", "Viewer all")]
    [InlineData("groups=acme-admins admin_of=globex", "Admin acme,globex,globex-test")]
    [InlineData("admin_of=acme admin_of=globex", "Admin acme,acme-test,globex,globex-test")]
    [InlineData("admin_of=*", null)]
    [InlineData("admin_of=", null)]
    [InlineData("admin_of=a/b admin_of=acme", "Admin acme,acme-test")]
    [InlineData("", null)]
    public void Map_Claims_AreTheFirstRoleThatMatchesWithAllTenantsOfIt(string claims, string? expected)
    {
        var caller = ClaimMapper.Map(Claims($"sub=anna {claims}"), options);
        var tenants = caller?.Tenants.IsAll == true ? "all" : string.Join(',', caller?.Tenants.Named ?? []);
        Assert.Equal(expected, caller is null ? null : $"{caller.Role} {tenants}");
    }

    [Theory]
    [InlineData("groups=ops", null)]
    [InlineData("groups=ops sub=", null)]
    [InlineData("groups=ops sub=a\nb", null)]
    [InlineData("groups=ops sub=anna", "anna")]
    public void Map_WhoHasNoName_IsNobody(string claims, string? name) => Assert.Equal(name, ClaimMapper.Map(Claims(claims), options)?.Name);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Map_NameAmongSpaces_IsWhatItIsWithoutThem(int length, bool isSomebody)
    {
        var name = new string('x', length);
        var spaces = new string(' ', 3_000);

        var caller = ClaimMapper.Map([new Claim("groups", "ops"), new Claim("sub", spaces + name + spaces)], options);

        Assert.Equal(isSomebody ? name : null, caller?.Name);
    }

    [Theory]
    [InlineData("first-token")]
    [InlineData("First-Token")]
    [InlineData(" \u00a0escapement\t ")]
    [InlineData("ESCAPEMENT")]
    public void Map_NameThatTheAuditHasForTheHostOrItsFirstToken_IsNobody(string name)
    {
        Assert.Null(ClaimMapper.Map([new Claim("groups", "ops"), new Claim("sub", name)], options));
        Assert.NotNull(ClaimMapper.Map([new Claim("groups", "ops"), new Claim("sub", name.Trim() + "s")], options));
    }

    private static IEnumerable<Claim> Claims(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('=', 2)).Select(c => new Claim(c[0], c[1]));
}
