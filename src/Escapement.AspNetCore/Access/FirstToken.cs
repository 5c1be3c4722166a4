using Escapement.Access;
using Microsoft.Extensions.Hosting;

namespace Escapement.AspNetCore.Access;

/// <summary>Makes the token of an empty store before anything is served. It is handed out once; what stays is its hash.</summary>
internal sealed class FirstToken(ITokenStore tokens, EscapementOptions options, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>What audit entries call its bearer.</summary>
    public const string Name = "first-token";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var secret = TokenSecret.Make();
        if (await tokens.AddFirstAsync(new ApiToken(Ids.Next(time), Name, TokenSecret.Hash(secret), time.GetUtcNow()), cancellationToken))
        {
            (options.OnFirstToken ?? Print)(secret);
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
