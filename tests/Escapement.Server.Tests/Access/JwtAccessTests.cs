using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Escapement.Access;
using Escapement.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Escapement.Server.Tests.Access;

public sealed class JwtAccessTests : IAsyncLifetime
{
    private const string Audience = "escapement";

    private TestProvider provider = null!;
    private RunningServer server = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await TestProvider.StartAsync();
        server = await StartAsync(TimeSpan.Zero);
    }

    private Task<RunningServer> StartAsync(TimeSpan skew, Action<IServiceCollection>? services = null) => RunningServer.StartAsync(
        o =>
        {
            o.Roles = EscapementRoles.Api;
            o.Oidc = new OidcOptions
            {
                Authority = provider.Authority,
                Audience = Audience,
                ClockSkew = skew,
                Mappings =
                [
                    new OidcMapping { Claim = "groups", Value = "scheduler-operators", Role = EscapementRole.Operator },
                    new OidcMapping { Claim = "admin_of", Value = "*", Role = EscapementRole.Admin, Tenants = ["{value}"] },
                ],
            };
        },
        services: services);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task Token_OfAnAdmin_LetsInToTheTenantsOfItsClaims()
    {
        var token = await provider.TokenAsync(Audience, ("sub", "anna"), ("admin_of", "acme"), ("admin_of", "globex"), ("admin_of", "*"));

        Assert.Equal(HttpStatusCode.OK, await AskAsync(token, "/api/v1/tenants/acme/runs"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(token, "/api/v1/tenants/globex/runs"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(token, "/api/v1/tenants/initech/runs"));
    }

    [Fact]
    public async Task Token_OfAnOperator_IsCalledInTheAuditWhatItsClaimSays()
    {
        var token = await provider.TokenAsync(Audience, ("sub", "olga"), ("groups", "others"), ("groups", "scheduler-operators"));
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await server.InstallAsync();

        Assert.Equal("olga", (string?)(await server.GetAsync("/api/v1/tenants/t1/audit"))["items"]![0]!["actor"]!["id"]);
    }

    [Fact]
    public async Task Token_ThatNothingMaps_IsForbidden()
    {
        var token = await provider.TokenAsync(Audience, ("sub", "nobody"), ("groups", "others"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(token, "/api/v1/extensions"));
    }

    /// <summary>In the audit nobody could tell them from the host's first token.</summary>
    [Theory]
    [InlineData("first-token")]
    [InlineData(" Escapement ")]
    public async Task Token_OfANameThatTheAuditHasForTheHost_IsForbidden(string name)
    {
        var token = await provider.TokenAsync(Audience, ("sub", name), ("groups", "scheduler-operators"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(token, "/api/v1/extensions"));
    }

    [Fact]
    public async Task Token_ForAnotherAudience_IsRefused()
    {
        var token = await provider.TokenAsync("shop", ("sub", "olga"), ("groups", "scheduler-operators"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token));
    }

    [Fact]
    public async Task Token_OfTheProvidersKey_IsRefusedUnlessAllOfItIsRight()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var good = Descriptor(provider.Key, SecurityAlgorithms.RsaSha256);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Sign(good)));

        var expired = Descriptor(provider.Key, SecurityAlgorithms.RsaSha256);
        (expired.NotBefore, expired.IssuedAt, expired.Expires) = (now.AddHours(-2), now.AddHours(-2), now.AddSeconds(-2));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Sign(expired)));

        var early = Descriptor(provider.Key, SecurityAlgorithms.RsaSha256);
        (early.NotBefore, early.Expires) = (now.AddHours(1), now.AddHours(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Sign(early)));

        var endless = Descriptor(provider.Key, SecurityAlgorithms.RsaSha256);
        endless.Expires = null;
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Sign(endless)));

        var forAnybody = Descriptor(provider.Key, SecurityAlgorithms.RsaSha256);
        forAnybody.Audience = null;
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Sign(forAnybody)));

        var another = Descriptor(provider.Key, SecurityAlgorithms.RsaSha256);
        another.Issuer = "https://login.example.com/";
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Sign(another)));
    }

    // By so much clocks may differ, either way.
    [Theory]
    [InlineData(-29, HttpStatusCode.OK)]
    [InlineData(-31, HttpStatusCode.Unauthorized)]
    [InlineData(29, HttpStatusCode.OK)]
    [InlineData(31, HttpStatusCode.Unauthorized)]
    public async Task Token_OneStepEitherSideOfTheSkew_LetsInOrNot(int seconds, HttpStatusCode expected)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var skewed = await StartAsync(TimeSpan.FromSeconds(30), s => s.AddSingleton<TimeProvider>(time));
        var (now, token) = (time.GetUtcNow().UtcDateTime, Descriptor(provider.Key, SecurityAlgorithms.RsaSha256));
        (token.IssuedAt, token.NotBefore, token.Expires) = seconds < 0
            ? (now.AddHours(-1), now.AddHours(-1), now.AddSeconds(seconds))
            : (now, now.AddSeconds(seconds), now.AddHours(1));
        skewed.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Sign(token));

        using var answer = await skewed.Client.GetAsync("/api/v1/extensions");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Token_Forged_IsRefused()
    {
        // A key of the forger's own, under the name of the provider's.
        using var forged = RSA.Create(2048);
        var own = new RsaSecurityKey(forged) { KeyId = provider.Key.KeyId };
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Sign(Descriptor(own, SecurityAlgorithms.RsaSha256))));

        // The provider's public key, which everybody can read, as the secret of an HMAC: in the forms in which it is published.
        var rsa = provider.Key.Rsa;
        byte[][] forms = [Encoding.UTF8.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), rsa.ExportSubjectPublicKeyInfo(), rsa.ExportParameters(false).Modulus!];
        foreach (var secret in forms)
        {
            var hmac = new SymmetricSecurityKey(secret) { KeyId = provider.Key.KeyId };
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(Sign(Descriptor(hmac, SecurityAlgorithms.HmacSha256))));
        }

        // No signature, said and unsaid.
        var payload = Sign(Descriptor(provider.Key, SecurityAlgorithms.RsaSha256)).Split('.')[1];
        foreach (var algorithm in (string[])["none", "None", "RS256"])
        {
            var header = Base64UrlEncoder.Encode($$"""{"alg":"{{algorithm}}","typ":"at+jwt"}""");
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"{header}.{payload}."));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("a.b.c"));
    }

    [Fact]
    public async Task Token_AfterTheProviderChangedItsKey_LetsIn()
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync(await OperatorAsync()));
        provider.RotateKey();

        Assert.Equal(HttpStatusCode.OK, await AskAsync(await OperatorAsync()));
    }

    [Fact]
    public async Task Token_WhileTheProviderIsAway_IsToldSoAndTokensOfTheHostLetIn()
    {
        var token = await OperatorAsync();
        await provider.StopAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(token));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server.Token!));
    }

    private Task<string> OperatorAsync() => provider.TokenAsync(Audience, ("sub", "olga"), ("groups", "scheduler-operators"));

    private SecurityTokenDescriptor Descriptor(SecurityKey key, string algorithm) => new()
    {
        Issuer = $"{provider.Authority}/",
        Audience = Audience,
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        TokenType = "at+jwt",
        Subject = new ClaimsIdentity([new Claim("sub", "mallory"), new Claim("groups", "scheduler-operators")]),
        SigningCredentials = new SigningCredentials(key, algorithm),
    };

    private static string Sign(SecurityTokenDescriptor descriptor) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);

    private async Task<HttpStatusCode> AskAsync(string token, string path = "/api/v1/extensions")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
