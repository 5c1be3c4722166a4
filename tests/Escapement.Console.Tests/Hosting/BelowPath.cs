using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Console.Tests.Hosting;

/// <summary>Puts an application below a path, as <c>UsePathBase</c> does.</summary>
internal sealed class BelowPath(string path) : IStartupFilter
{
    public static void AddTo(IServiceCollection services, string path) =>
        services.Insert(0, ServiceDescriptor.Transient<IStartupFilter>(_ => new BelowPath(path)));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UsePathBase(path);
        next(app);
    };
}
