using Escapement.AspNetCore.Routing;
using Escapement.AspNetCore.Console.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Console;

/// <summary>Maps the console.</summary>
public static class EscapementConsoleEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the console: pages for browsers that show and steer what <c>app.MapEscapement()</c> maps. Whatever else the application maps comes before it, and
    /// addresses of the host stay the host's. Its files hold nobody's data and ask for no token; what they show comes from the API, which does. A node without
    /// the role <see cref="EscapementRoles.Api"/> has no console.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">Where: <c>/</c>, the default, or a path such as <c>/admin/scheduler</c>, below the application's path base.</param>
    /// <param name="configure">Sets what differs from the defaults.</param>
    /// <exception cref="ArgumentException">The path is no plain path, or an option is out of range.</exception>
    /// <exception cref="InvalidOperationException">
    /// <c>AddEscapement</c> was not called, or its <see cref="EscapementOptions.ApiPrefix"/> does not end with <c>/api</c>.
    /// </exception>
    public static IEndpointRouteBuilder MapEscapementConsole(
        this IEndpointRouteBuilder endpoints, string path = "/", Action<EscapementConsoleOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (!IsPlainPath(path))
        {
            throw new ArgumentException($"\"{path}\" is no path for the console: use / or one such as /admin/scheduler, without parameters", nameof(path));
        }

        var options = endpoints.ServiceProvider.GetService<EscapementOptions>()
            ?? throw new InvalidOperationException("Call services.AddEscapement() before app.MapEscapementConsole().");
        if (!options.ServesApi)
        {
            return endpoints;
        }

        var console = new EscapementConsoleOptions();
        configure?.Invoke(console);
        var index = new ConsoleIndex(ApiParent.Of(options), options.Oidc?.ClientId is not null, ConsoleFiles.Page);
        var answers = new ConsoleAnswers(index, new ConsoleHeaders(console.FrameAncestors));
        endpoints.MapMethods($"{path.TrimEnd('/')}/{{**{ConsoleAnswers.Address}}}", [HttpMethods.Get, HttpMethods.Head], answers.AnswerAsync)
            .WithOrder(int.MaxValue)
            .WithDisplayName("Escapement console")
            .WithMetadata(new LeavesHostPaths())
            .ExcludeFromDescription()
            .AllowAnonymous();
        return endpoints;
    }

    private static bool IsPlainPath(string? path) =>
        path is ['/', ..] && !path.Contains("//", StringComparison.Ordinal) && !path.AsSpan().ContainsAny("{}*?#\\ ");
}
