using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Escapement.Access;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// Sends a browser to the provider and takes what it brings back (OpenID Connect Core, section 3.1, with PKCE, RFC 7636). Keys and addresses are those that
/// the bearer's side reads.
/// </summary>
internal sealed class CodeFlow(IOptionsMonitor<JwtBearerOptions> bearer, EscapementOptions options)
{
    private readonly OidcOptions oidc = options.Oidc ?? throw new InvalidOperationException("There is no provider");

    private JwtBearerOptions Bearer => bearer.Get(JwtAccess.Scheme);

    /// <summary>Where to send the browser.</summary>
    /// <param name="flight">What the browser keeps meanwhile.</param>
    /// <param name="redirectUri">Where the provider sends it back to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SignInUnavailableException">The provider cannot be asked.</exception>
    public async Task<string> BeginAsync(SignInFlight flight, string redirectUri, CancellationToken cancellationToken)
    {
        var configuration = await ConfigurationAsync(cancellationToken);
        return QueryHelpers.AddQueryString(configuration.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["client_id"] = oidc.ClientId,
            ["response_type"] = "code",
            ["response_mode"] = "query",
            ["scope"] = oidc.Scope,
            ["redirect_uri"] = redirectUri,
            ["state"] = flight.State,
            ["nonce"] = flight.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(flight.Verifier))),
            ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>Who the provider says has signed in.</summary>
    /// <param name="flight">What the browser kept.</param>
    /// <param name="code">What it brought.</param>
    /// <param name="redirectUri">As at the beginning.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SignInUnavailableException">The provider cannot be asked.</exception>
    public async Task<SignInEnd> EndAsync(SignInFlight flight, string code, string redirectUri, CancellationToken cancellationToken)
    {
        var configuration = await ConfigurationAsync(cancellationToken);
        if (await RedeemAsync(configuration.TokenEndpoint, flight, code, redirectUri, cancellationToken) is not { } idToken)
        {
            return new SignInEnd(IsSignedIn: false, Caller: null);
        }

        var parameters = Bearer.TokenValidationParameters.Clone();
        (parameters.ValidIssuer, parameters.ValidAudience, parameters.ValidAudiences) = (configuration.Issuer, oidc.ClientId, null);
        parameters.ConfigurationManager = Bearer.ConfigurationManager as BaseConfigurationManager;
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(idToken, parameters);
        return result.IsValid && result.ClaimsIdentity.FindFirst("nonce")?.Value == flight.Nonce && IsForThisClient(result.ClaimsIdentity)
            ? new SignInEnd(IsSignedIn: true, ClaimMapper.Map(result.ClaimsIdentity.Claims, oidc))
            : new SignInEnd(IsSignedIn: false, Caller: null);
    }

    // Section 3.1.3.7, 3 to 5: what is for others too says whom it was given to, and that is this host.
    private bool IsForThisClient(ClaimsIdentity token)
    {
        var givenTo = token.FindAll("azp").Select(c => c.Value).ToList();
        return givenTo.TrueForAll(c => c == oidc.ClientId) && (givenTo.Count > 0 || token.FindAll("aud").Count() == 1);
    }

    private async Task<string?> RedeemAsync(string endpoint, SignInFlight flight, string code, string redirectUri, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["client_id"] = oidc.ClientId!,
            ["code_verifier"] = flight.Verifier,
        };
        if (oidc.ClientSecret is { } secret)
        {
            fields["client_secret"] = secret;
        }

        try
        {
            using var form = new FormUrlEncodedContent(fields);
            using var answer = await Bearer.Backchannel.PostAsync(new Uri(endpoint), form, cancellationToken);
            return answer.IsSuccessStatusCode
                ? (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))?["id_token"]
                : (int)answer.StatusCode < 500 ? null : throw new SignInUnavailableException($"The provider answered {(int)answer.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException or InvalidOperationException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SignInUnavailableException("The provider cannot be asked", e);
        }
    }

    private async Task<OpenIdConnectConfiguration> ConfigurationAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Bearer.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            throw new SignInUnavailableException("The provider cannot be asked", e);
        }
    }
}

/// <summary>What the provider said.</summary>
/// <param name="IsSignedIn">Whether it knows somebody.</param>
/// <param name="Caller">Who that is here; null when nothing says what they may do.</param>
internal sealed record SignInEnd(bool IsSignedIn, EscapementPrincipal? Caller);

/// <summary>The provider cannot be asked.</summary>
internal sealed class SignInUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
