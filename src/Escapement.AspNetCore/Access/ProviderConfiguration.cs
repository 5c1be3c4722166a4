using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// What the provider publishes: its keys and addresses. Read when first needed, again twice a day, and at once when a token names a key that is not there,
/// so that the first token of a new key lets in. One request waits for it; others go by what is there. The framework's own reads in the background, and the
/// first tokens of a new key are refused meanwhile.
/// </summary>
internal sealed class ProviderConfiguration(string authority, HttpClient http, TimeProvider time)
    : BaseConfigurationManager, IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(12);

    // Whoever sends tokens with keys of their own invention makes the host ask this often at most.
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    // As long as nothing of the provider is known, whoever comes so soon after a try that failed is told of that one: a provider that takes requests and
    // answers none would hold up each of them in turn.
    private static readonly TimeSpan FailureHolds = TimeSpan.FromSeconds(5);

    private readonly string address = authority.TrimEnd('/') + "/.well-known/openid-configuration";
    private readonly SemaphoreSlim one = new(1);
    private volatile OpenIdConnectConfiguration? current;
    private volatile FailedRead? failed;
    private long readAt;
    private long? askedAt;
    private volatile bool isAsked;

    /// <summary>Whether the provider was ever read.</summary>
    public bool IsRead => current is not null;

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (current is { } known && !isAsked && time.GetElapsedTime(readAt) < Fresh)
        {
            return known;
        }

        ThrowIfJustFailed();
        if (!await one.WaitAsync(current is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancel))
        {
            return current!;
        }

        try
        {
            ThrowIfJustFailed();
            if (current is null || isAsked || time.GetElapsedTime(readAt) >= Fresh)
            {
                isAsked = false;
                readAt = time.GetTimestamp();
                current = await OpenIdConnectConfigurationRetriever.GetAsync(address, new HttpDocumentRetriever(http) { RequireHttps = false }, cancel);
            }

            return current;
        }
        catch (Exception e) when (current is null && !(e is OperationCanceledException && cancel.IsCancellationRequested))
        {
            failed ??= new FailedRead(time.GetTimestamp(), e);
            throw;
        }
        catch (Exception e) when (current is not null && e is InvalidOperationException or IOException or HttpRequestException)
        {
            // Keys that were good go on: whether the provider answers now says nothing about them.
            return current!;
        }
        finally
        {
            one.Release();
        }
    }

    public override async Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) => await GetConfigurationAsync(cancel);

    public override void RequestRefresh()
    {
        if (askedAt is not { } last || time.GetElapsedTime(last) >= Between)
        {
            askedAt = time.GetTimestamp();
            isAsked = true;
        }
    }

    public void Dispose() => one.Dispose();

    private void ThrowIfJustFailed()
    {
        if (current is not null || failed is not { } last)
        {
            return;
        }

        if (time.GetElapsedTime(last.At) < FailureHolds)
        {
            throw new IOException("The provider could not be read a moment ago", last.Why);
        }

        failed = null;
    }

    private sealed record FailedRead(long At, Exception Why);
}
