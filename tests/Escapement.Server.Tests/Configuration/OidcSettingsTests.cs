using Escapement.Access;
using Escapement.AspNetCore;
using Escapement.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Escapement.Server.Tests.Configuration;

public sealed class OidcSettingsTests
{
    private readonly Dictionary<string, string?> settings = new()
    {
        ["Oidc:Authority"] = "https://login.example.com",
        ["Oidc:Audience"] = "escapement",
        ["Oidc:ClientId"] = "console",
        ["Oidc:ClockSkew"] = "00:01:00",
        ["Oidc:Mappings:0:Claim"] = "groups",
        ["Oidc:Mappings:0:Value"] = "ops",
        ["Oidc:Mappings:0:Role"] = "operator",
        ["Oidc:Mappings:1:Claim"] = "admin_of",
        ["Oidc:Mappings:1:Value"] = "*",
        ["Oidc:Mappings:1:Role"] = "admin",
        ["Oidc:Mappings:1:Tenants"] = "{value}, {value}-test",
    };

    [Fact]
    public void Read_Everything_IsTaken()
    {
        var (oidc, problems) = Read();
        Assert.Empty(problems);
        Assert.Equal(("https://login.example.com", "escapement", "console", null), (oidc!.Authority, oidc.Audience, oidc.ClientId, oidc.ClientSecret));
        Assert.Equal((TimeSpan.FromMinutes(1), "sub", "openid"), (oidc.ClockSkew, oidc.NameClaim, oidc.Scope));
        Assert.Equal(
            [("groups", "ops", EscapementRole.Operator, "*"), ("admin_of", "*", EscapementRole.Admin, "{value}|{value}-test")],
            oidc.Mappings.Select(m => (m.Claim, m.Value, m.Role, string.Join('|', m.Tenants))));
    }

    [Fact]
    public void Read_Nothing_IsNoProvider()
    {
        settings.Clear();
        var (oidc, problems) = Read();
        Assert.Null(oidc);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("Oidc:Authority", null)]
    [InlineData("Oidc:Authority", "http://login.example.com")]
    [InlineData("Oidc:Authority", "https://login.example.com/?x=1")]
    [InlineData("Oidc:Authority", "login.example.com")]
    [InlineData("Oidc:Audience", null)]
    [InlineData("Oidc:ClockSkew", "00:05:01")]
    [InlineData("Oidc:ClockSkew", "-00:00:01")]
    [InlineData("Oidc:ClockSkew", "soon")]
    [InlineData("Oidc:NameClaim", " ")]
    [InlineData("Oidc:Scope", "profile email")]
    [InlineData("Oidc:ClientId", " ")]
    [InlineData("Oidc:Mappings:0:Claim", null)]
    [InlineData("Oidc:Mappings:0:Value", null)]
    [InlineData("Oidc:Mappings:0:Role", null)]
    [InlineData("Oidc:Mappings:0:Tenants", "acme")]
    [InlineData("Oidc:Mappings:1:Role", "Admin")]
    [InlineData("Oidc:Mappings:1:Tenants", "a b")]
    [InlineData("Oidc:Mappings:1:Tenants", "*,acme")]
    [InlineData("Oidc:Mappings:1:Tenant", "acme")]
    public void Read_WhatCannotBe_IsNamed(string name, string? value)
    {
        settings[name] = value;
        Assert.Contains(Read().Problems, p => p.StartsWith(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Oidc:Authority", "http://localhost:8080")]
    [InlineData("Oidc:Authority", "http://127.0.0.1/realm")]
    [InlineData("Oidc:ClockSkew", "00:05:00")]
    [InlineData("Oidc:ClockSkew", "00:00:00")]
    [InlineData("Oidc:Scope", "openid email")]
    [InlineData("Oidc:ClientSecret", "of the client")]
    [InlineData("Oidc:Mappings:1:Tenants", "*")]
    public void Read_WhatJustCan_IsTaken(string name, string value)
    {
        settings[name] = value;
        Assert.Empty(Read().Problems);
    }

    [Fact]
    public void Read_ASecretOfNoClient_IsNamed()
    {
        settings["Oidc:ClientId"] = null;
        settings["Oidc:ClientSecret"] = "of the client";
        Assert.StartsWith("Oidc:ClientSecret", Assert.Single(Read().Problems), StringComparison.Ordinal);
    }

    private (OidcOptions? Oidc, IReadOnlyList<string> Problems) Read()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create($"Escapement:{s.Key}", s.Value)));
        var (read, unreadable) = ServerSettings.Read(configuration);
        return (read.Options.Oidc, [.. unreadable, .. EscapementOptionsValidator.Validate(read.Options).Select(p => p.Message)]);
    }
}
