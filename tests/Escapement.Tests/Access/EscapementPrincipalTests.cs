using Escapement.Access;

namespace Escapement.Tests.Access;

public sealed class EscapementPrincipalTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly TenantId Globex = TenantId.Parse("globex");

    // Each role by name, with who of them each may make, in the same order.
    private static readonly (EscapementPrincipal Principal, string Makes)[] All =
    [
        (Of(EscapementRole.Operator), "yyyyyyyyyy"),
        (Of(EscapementRole.Publisher), "----------"),
        (Of(EscapementRole.Publisher) with { ExtensionPrefixes = ["com.acme."] }, "----------"),
        (Of(EscapementRole.Admin), "---yyyyy--"),
        (Of(EscapementRole.Admin, Acme), "----y-y---"),
        (Of(EscapementRole.Admin, Acme, Globex), "----yyy---"),
        (Of(EscapementRole.Viewer, Acme), "----------"),
        (Of(EscapementRole.Viewer), "----------"),
        (Of(EscapementRole.Gateway, Acme), "----------"),
        (Of(EscapementRole.Gateway), "----------"),
    ];

    [Fact]
    public void MayGrant_EachByEach_NeverMoreThanTheMaker() => Assert.Equal(
        All.Select(a => a.Makes),
        All.Select(maker => string.Concat(All.Select(made => maker.Principal.MayGrant(made.Principal) ? 'y' : '-'))));

    [Theory]
    [InlineData(
        EscapementRole.Operator,
        "ReadDescription ReadRegistry Publish ReadTenant ChangeTenant ReadTokens ChangeTokens CallExtensions ReadNode ChangeHost")]
    [InlineData(EscapementRole.Publisher, "ReadDescription ReadRegistry Publish")]
    [InlineData(EscapementRole.Admin, "ReadDescription ReadRegistry ReadTenant ChangeTenant ReadTokens ChangeTokens ReadNode")]
    [InlineData(EscapementRole.Viewer, "ReadDescription ReadRegistry ReadTenant ReadTokens ReadNode")]
    [InlineData(EscapementRole.Gateway, "CallExtensions")]
    public void May_OfAllTenants_IsWhatTheRoleMay(EscapementRole role, string permissions) =>
        Assert.Equal(permissions, string.Join(' ', Enum.GetValues<Permission>().Where(Of(role).May)));

    [Theory]
    [InlineData(EscapementRole.Admin)]
    [InlineData(EscapementRole.Viewer)]
    public void May_OfSomeTenants_IsTheSameButForTheNode(EscapementRole role) => Assert.Equal(
        [Permission.ReadNode], Enum.GetValues<Permission>().Where(p => Of(role).May(p) != Of(role, Acme).May(p)));

    [Fact]
    public void Sees_NamedTenants_OthersAreNotThere()
    {
        var admin = Of(EscapementRole.Admin, Acme);
        Assert.True(admin.Sees(Acme));
        Assert.False(admin.Sees(Globex));
        Assert.False(admin.Sees(TenantId.Parse("Acme")));
        Assert.True(Of(EscapementRole.Admin).Sees(Globex));
        Assert.False(new EscapementPrincipal(EscapementRole.Admin, TenantScope.Of(), "nobody's").Sees(Acme));
    }

    [Fact]
    public void SeesToken_AsAViewer_IsWhatAnAdminOfItsTenantsSees()
    {
        var viewer = Of(EscapementRole.Viewer, Acme);
        Assert.True(viewer.SeesToken(Of(EscapementRole.Admin, Acme)));
        Assert.False(viewer.SeesToken(Of(EscapementRole.Admin, Acme, Globex)));
        Assert.False(viewer.SeesToken(Of(EscapementRole.Gateway, Acme)));
        Assert.False(viewer.SeesToken(Of(EscapementRole.Operator)));
        Assert.False(Of(EscapementRole.Gateway, Acme).SeesToken(Of(EscapementRole.Viewer, Acme)));
    }

    [Fact]
    public void SeesExtension_UnderAPrefix_OthersAreNotThere()
    {
        var publisher = Of(EscapementRole.Publisher) with { ExtensionPrefixes = ["com.acme.", "org.acme"] };
        Assert.True(publisher.SeesExtension("com.acme.sync"));
        Assert.True(publisher.SeesExtension("org.acme-too"));
        Assert.False(publisher.SeesExtension("com.acmesync"));
        Assert.False(publisher.SeesExtension("COM.ACME.sync"));
        Assert.True(Of(EscapementRole.Publisher).SeesExtension("com.globex.sync"));
        Assert.False((publisher with { ExtensionPrefixes = [] }).SeesExtension("com.acme.sync"));
    }

    [Fact]
    public void New_RoleNobodyHasOrOperatorOfSomeOrNoName_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new EscapementPrincipal(0, TenantScope.All, "x"));
        Assert.Throws<ArgumentException>(() => new EscapementPrincipal((EscapementRole)6, TenantScope.All, "x"));
        Assert.Throws<ArgumentException>(() => Of(EscapementRole.Operator, Acme));
        Assert.Throws<ArgumentException>(() => new EscapementPrincipal(EscapementRole.Viewer, TenantScope.All, " "));
    }

    [Fact]
    public void New_NameOneStepEitherSideOfTheLongest_IsTakenOrRefusedWithTheRemedy()
    {
        Assert.Equal(new string('x', 100), new EscapementPrincipal(EscapementRole.Viewer, TenantScope.All, new string('x', 100)).Name);

        var refused = Assert.Throws<ArgumentException>(() => new EscapementPrincipal(EscapementRole.Viewer, TenantScope.All, new string('x', 101)));

        Assert.Equal("name", refused.ParamName);
        Assert.StartsWith("The name has 101 characters, of 100 at most; give what is shorter", refused.Message, StringComparison.Ordinal);
    }

    private static EscapementPrincipal Of(EscapementRole role, params TenantId[] tenants) =>
        new(role, tenants.Length == 0 ? TenantScope.All : TenantScope.Of(tenants), "somebody");
}
