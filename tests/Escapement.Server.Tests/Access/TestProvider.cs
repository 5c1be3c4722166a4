using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Escapement.Server.Tests.Access;

/// <summary>A small OpenID Connect provider that gives tokens for whatever it is asked to say.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient client = new();
    private RsaSecurityKey key = NewKey("first");

    private TestProvider()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            // Without a store: whoever asks is a client, and gets what it asks for.
            server.EnableDegradedMode();
            server.SetTokenEndpointUris("/token");
            server.SetAuthorizationEndpointUris("/authorize");
            server.AllowClientCredentialsFlow();
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.AddSigningKey(key);
            server.AddEphemeralEncryptionKey();
            server.DisableAccessTokenEncryption();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateTokenRequestContext>(e => e.UseInlineHandler(_ => ValueTask.CompletedTask));
            server.AddEventHandler<HandleTokenRequestContext>(e => e.UseInlineHandler(context =>
            {
                if (context.Request.IsClientCredentialsGrantType())
                {
                    context.SignIn(PrincipalOf(context.Request));
                }

                return ValueTask.CompletedTask;
            }));
            server.AddEventHandler<ValidateAuthorizationRequestContext>(e => e.UseInlineHandler(_ => ValueTask.CompletedTask));
            server.AddEventHandler<HandleAuthorizationRequestContext>(e => e.UseInlineHandler(context =>
            {
                var user = PrincipalOf(User);
                user.SetScopes(context.Request.GetScopes());
                context.SignIn(user);
                return ValueTask.CompletedTask;
            }));
            server.AddEventHandler<ProcessSignInContext>(e => e.SetOrder(OpenIddictServerHandlers.PrepareIdentityTokenPrincipal.Descriptor.Order + 1)
                .UseInlineHandler(context =>
                {
                    if (IdentityTokenIsFor is var (audiences, party))
                    {
                        context.IdentityTokenPrincipal?.SetAudiences([.. audiences]).SetClaim("azp", party);
                    }

                    return ValueTask.CompletedTask;
                }));
        });
        app = builder.Build();
    }

    public string Authority => app.Urls.Single();

    public RsaSecurityKey Key => key;

    /// <summary>Whom a browser is that comes to sign in.</summary>
    public IReadOnlyList<(string Claim, string Value)> User { get; set; } = [];

    /// <summary>For whom the next identity tokens are, and to whom they say that they were given; null for the client that asks.</summary>
    public (IReadOnlyList<string> Audiences, string? Party)? IdentityTokenIsFor { get; set; }

    public static async Task<TestProvider> StartAsync()
    {
        var provider = new TestProvider();
        await provider.app.StartAsync();

        // The first answers are slow on a busy machine, and the host waits for so long only.
        foreach (var path in (string[])[".well-known/openid-configuration", ".well-known/jwks"])
        {
            using var answer = await provider.client.GetAsync(new Uri($"{provider.Authority}/{path}"));
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }

        return provider;
    }

    /// <summary>An access token for an audience, with these claims.</summary>
    public async Task<string> TokenAsync(string audience, params (string Claim, string Value)[] claims)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("client_id", "test"), new("client_secret", "any"), new("audience_wanted", audience),
            new("claims_wanted", string.Join('\n', claims.Select(c => $"{c.Claim}={c.Value}"))),
        ]);
        using var answer = await client.PostAsync(new Uri($"{Authority}/token"), form);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (string)(await RunningServer.ReadAsync(answer))["access_token"]!;
    }

    /// <summary>Signs with another key from now on; the old one is published no more.</summary>
    public void RotateKey()
    {
        key = NewKey("second");
        var options = app.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        options.SigningCredentials.Clear();
        options.SigningCredentials.Add(new SigningCredentials(key, SecurityAlgorithms.RsaSha256));
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static ClaimsPrincipal PrincipalOf(OpenIddictRequest request)
    {
        var claims = ((string)request["claims_wanted"]!).Split('\n').Select(c => c.Split('=', 2)).Select(c => (c[0], c[1]));
        var principal = PrincipalOf(claims);
        principal.SetResources((string)request["audience_wanted"]!);
        return principal;
    }

    private static ClaimsPrincipal PrincipalOf(IEnumerable<(string Claim, string Value)> claims)
    {
        var identity = new ClaimsIdentity(claims.Select(c => new Claim(c.Claim, c.Value)), "provider");
        identity.SetDestinations(_ => [OpenIddictConstants.Destinations.AccessToken, OpenIddictConstants.Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }

    private static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };
}
