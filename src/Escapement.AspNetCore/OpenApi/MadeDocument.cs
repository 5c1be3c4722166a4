using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Escapement.AspNetCore.OpenApi;

/// <summary>
/// The OpenAPI document as it is sent. Making it takes seconds, and it depends on the routes alone: so it is made once, when somebody first asks, whoever else
/// asks meanwhile waits for the same, and nobody's leaving ends it for the others.
/// </summary>
internal sealed class MadeDocument(IServiceProvider services)
{
    /// <summary>The document's name among an application's.</summary>
    public const string Name = "escapement";

    private readonly Lock one = new();
    private Task<byte[]>? making;

    /// <summary>The document, in UTF-8.</summary>
    public Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        lock (one)
        {
            if (making is null or { IsFaulted: true })
            {
                making = Task.Run(MakeAsync, CancellationToken.None);
            }

            return making.WaitAsync(cancellationToken);
        }
    }

    private async Task<byte[]> MakeAsync()
    {
        await using var scope = services.CreateAsyncScope();
        var provider = scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await provider.GetOpenApiDocumentAsync();
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }
}
