using Escapement.Access;
using Microsoft.Extensions.Hosting;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// Makes the token of an empty store before anything is served: an operator's, which does not expire. It is handed out once; what stays is its hash.
/// </summary>
internal sealed class FirstToken(ITokenStore tokens, EscapementOptions options, TimeProvider time) : IHostedLifecycleService
{
    private const string Maker = "escapement";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var secret = TokenSecret.Make();
        var token = new ApiToken
        {
            Id = Ids.Next(time),
            Bearer = new EscapementPrincipal(EscapementRole.Operator, TenantScope.All, TokenInput.FirstName),
            Sha256 = TokenSecret.Hash(secret)!,
            MadeBy = Maker,
            CreatedAt = time.GetUtcNow(),
        };
        if (await tokens.AddFirstAsync(token, cancellationToken))
        {
            (options.OnFirstToken ?? Print)(secret);
        }
        else
        {
            options.OnTokensThere?.Invoke();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // To the console and not to the log: logs are kept and shipped, and this is shown once.
    private static void Print(string secret) => Console.Out.WriteLine($"""

        The API token of this installation. It is shown this once and not stored; keep it.

            {secret}

        """);
}
