using Escapement.Access;

namespace Escapement.Tests.Access;

public sealed class TokenInputTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly TokenInput good = new() { Name = "ops", Role = "admin", Tenants = ["acme"] };

    [Fact]
    public void Read_WithoutExpiry_ExpiresIn90Days()
    {
        var (bearer, expires) = good.Read(Now, atMost: null).Value;
        Assert.Equal((EscapementRole.Admin, "ops", "acme"), (bearer.Role, bearer.Name, Assert.Single(bearer.Tenants.Named).Value));
        Assert.Equal(Now.AddDays(90), expires);
    }

    [Theory]
    [InlineData("never", null)]
    [InlineData("2026-03-02T09:00:01Z", "2026-03-02T09:00:01Z")]
    [InlineData("2026-03-02T10:00:00.001+00:59", "2026-03-02T09:01:00.001Z")]
    [InlineData("2036-02-28T09:00:00Z", "2036-02-28T09:00:00Z")]
    public void Read_AnExpiry_IsTakenAtItsWord(string text, string? expires) => Assert.Equal(
        expires is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(expires, System.Globalization.CultureInfo.InvariantCulture),
        (good with { Expires = text }).Read(Now, atMost: null).Value.ExpiresAt);

    [Theory]
    [InlineData("2026-03-02T09:00:00Z")]
    [InlineData("2026-03-02T08:59:59Z")]
    [InlineData("2036-02-28T09:00:01Z")]
    [InlineData("Never")]
    [InlineData("")]
    [InlineData("90")]
    public void Read_AnExpiryThatIsNone_IsRefused(string text) => Refused("expires", good with { Expires = text });

    [Fact]
    public void Read_Names_OneStepEitherSideOfTheLimits()
    {
        Refused("name", good with { Name = null });
        Refused("name", good with { Name = " " });
        Refused("name", good with { Name = new string('n', TokenInput.MaxName + 1) });
        Refused("name", good with { Name = "a\nb" });
        Refused("name", good with { Name = "a\u202eb" });
        Refused("name", good with { Name = "First-Token" });
        Refused("name", good with { Name = "escapement" });
        var longest = new string('n', TokenInput.MaxName);
        Assert.Equal(longest, (good with { Name = $" {longest} " }).Read(Now, atMost: null).Value.Bearer.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Admin")]
    [InlineData("root")]
    [InlineData("1")]
    public void Read_ARoleThatIsNone_IsRefused(string? role) => Refused("role", good with { Role = role });

    [Fact]
    public void Read_Tenants_AreNamedOrAll()
    {
        Assert.True((good with { Tenants = ["*"] }).Read(Now, atMost: null).Value.Bearer.Tenants.IsAll);
        string[] tooMany = [.. Enumerable.Range(0, TokenInput.MaxNamed + 1).Select(i => $"t{i}")];
        foreach (var wrong in (string?[]?[])[null, [], ["*", "acme"], ["acme", null], ["a b"], tooMany])
        {
            Refused("tenants", good with { Tenants = wrong });
        }

        Assert.Equal(TokenInput.MaxNamed, (good with { Tenants = tooMany[1..] }).Read(Now, atMost: null).Value.Bearer.Tenants.Named.Count);
    }

    [Theory]
    [InlineData("a b", "tenants[1], \"a b\", is no tenant id: ")]
    [InlineData("*", "tenants[1], \"*\", is no tenant id: ")]
    [InlineData(null, "tenants[1] is no tenant id: ")]
    public void Read_ATenantThatIsNone_IsNamed(string? wrong, string said) =>
        Assert.StartsWith(said, Assert.Single((good with { Tenants = ["acme", wrong] }).Read(Now, atMost: null).Problems).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("operator")]
    [InlineData("publisher")]
    public void Read_TenantsOfWhoHasNone_AreRefused(string role)
    {
        Refused("tenants", good with { Role = role });
        Assert.True((good with { Role = role, Tenants = null }).Read(Now, atMost: null).Value.Bearer.Tenants.IsAll);
    }

    [Fact]
    public void Read_Prefixes_AreForPublishersAlone()
    {
        var publisher = good with { Role = "publisher", Tenants = null };
        Refused("extensionPrefixes", good with { ExtensionPrefixes = ["com.acme."] });
        Refused("extensionPrefixes", publisher with { ExtensionPrefixes = [] });
        Refused("extensionPrefixes", publisher with { ExtensionPrefixes = [""] });
        Refused("extensionPrefixes", publisher with { ExtensionPrefixes = [null] });
        Refused("extensionPrefixes", publisher with { ExtensionPrefixes = [new string('x', TokenInput.MaxPrefix + 1)] });
        Assert.Equal(["com.acme."], (publisher with { ExtensionPrefixes = ["com.acme."] }).Read(Now, atMost: null).Value.Bearer.ExtensionPrefixes);
    }

    [Fact]
    public void Read_EverythingWrong_NamesItAll() => Assert.Equal(
        ["name", "expires", "tenants", "extensionPrefixes"],
        new TokenInput { Role = "viewer", Expires = "soon", ExtensionPrefixes = ["x"] }.Read(Now, atMost: null).Problems.Select(p => p.Path));

    private static void Refused(string field, TokenInput input) => Assert.Equal(field, Assert.Single(input.Read(Now, atMost: null).Problems).Path);
}
