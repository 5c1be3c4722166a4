using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Console.Serving;

/// <summary>
/// Answers what browsers ask of the console: a file where there is one, and the page at every other address, which the page itself makes sense of.
/// </summary>
internal sealed class ConsoleAnswers(ConsoleIndex index, ConsoleHeaders headers)
{
    /// <summary>The part of the route that holds the address below the console's.</summary>
    public const string Address = "address";

    private const string Immutable = "public, max-age=31536000, immutable";
    private const int NonceBytes = 18;

    public Task AnswerAsync(HttpContext context)
    {
        var address = (string?)context.Request.RouteValues[Address] ?? "";
        var response = context.Response;
        if (ConsoleFiles.All.TryGetValue(address, out var file))
        {
            headers.Write(response, nonce: null);
            response.Headers.CacheControl = IsAsset(address) ? Immutable : "no-cache";
            return file.Answer(context.Request, response).ExecuteAsync(context);
        }

        if (NamesAFile(address) || NamesAnotherHost(context.Request))
        {
            headers.Write(response, nonce: null);
            response.Headers.CacheControl = "no-store";
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        headers.Write(response, nonce);
        response.Headers.CacheControl = "no-store";
        var page = index.Write(context.Request.PathBase, Own(context.Request.Path, address), nonce);
        return TypedResults.Content(page, "text/html; charset=utf-8").ExecuteAsync(context);
    }

    private static bool IsAsset(string address) => address.StartsWith(ConsoleFiles.Assets, StringComparison.Ordinal);

    // Ids of extensions have dots, and stand deeper in addresses of pages.
    private static bool NamesAFile(string address) => IsAsset(address) || (address.Contains('.') && !address.Contains('/'));

    // What begins with two slashes is another host to a browser, which would load the page's script from there.
    private static bool NamesAnotherHost(HttpRequest request) => request.PathBase.Add(request.Path).Value!.StartsWith("//", StringComparison.Ordinal);

    // As it was asked for, not as it was mapped: it may have been mapped into a group.
    private static PathString Own(PathString path, string address)
    {
        var own = path.Value![..^address.Length];
        return own.EndsWith('/') ? own : own + "/";
    }
}
