using Escapement.Access;

namespace Escapement.Tests.Access;

public sealed class CallerKeyTests
{
    private static readonly TenantId A = TenantId.Parse("a");
    private static readonly TenantId B = TenantId.Parse("b");

    [Fact]
    public void Of_WhoDifferInAnything_Differ()
    {
        EscapementPrincipal[] callers =
        [
            new(EscapementRole.Admin, TenantScope.Of(A), "anna"),
            new(EscapementRole.Admin, TenantScope.Of(A), "anna") { TokenId = Guid.Parse("01993a5e-7c1f-7000-8000-000000000001") },
            new(EscapementRole.Admin, TenantScope.Of(A), "anna") { TokenId = Guid.Parse("01993a5e-7c1f-7000-8000-000000000002") },
            new(EscapementRole.Viewer, TenantScope.Of(A), "anna"),
            new(EscapementRole.Admin, TenantScope.Of(A), "bert"),
            new(EscapementRole.Admin, TenantScope.Of(A, B), "anna"),
            new(EscapementRole.Admin, TenantScope.Of(TenantId.Parse("all")), "anna"),
            new(EscapementRole.Admin, TenantScope.All, "anna"),
            new(EscapementRole.Publisher, TenantScope.All, "anna"),
            new(EscapementRole.Publisher, TenantScope.All, "anna") { ExtensionPrefixes = ["a", "b"] },
            new(EscapementRole.Publisher, TenantScope.All, "anna") { ExtensionPrefixes = ["a1:b"] },
            new(EscapementRole.Publisher, TenantScope.All, "b\nanna") { ExtensionPrefixes = ["a"] },
            new(EscapementRole.Publisher, TenantScope.All, "anna") { ExtensionPrefixes = ["a", "b\n"] },
        ];
        Assert.Equal(callers.Length, callers.Select(CallerKey.Of).Distinct().Count());
    }

    [Fact]
    public void Of_TheSameInAnotherOrder_IsTheSame() => Assert.Equal(
        CallerKey.Of(new EscapementPrincipal(EscapementRole.Admin, TenantScope.Of(A, B), "anna")),
        CallerKey.Of(new EscapementPrincipal(EscapementRole.Admin, TenantScope.Of(B, A), "anna")));
}
