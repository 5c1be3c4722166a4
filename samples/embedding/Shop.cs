using Escapement.AspNetCore;
using Escapement.AspNetCore.Console;

namespace Embedding;

/// <summary>An ordinary web application that also hosts extensions.</summary>
public static class Shop
{
    /// <summary>Puts the application together.</summary>
    /// <param name="builder">With the host's own configuration.</param>
    /// <param name="escapement">What differs from the sample's settings; the tests use it.</param>
    public static WebApplication Build(WebApplicationBuilder builder, Action<EscapementOptions>? escapement = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddEscapement(o =>
        {
            o.DataFolder = builder.Configuration["Shop:ExtensionData"] ?? "shop-extensions";
            o.ApiPrefix = "/extensions/api";
            o.OpenApiPath = "/extensions/openapi.json";
            escapement?.Invoke(o);
        });

        var app = builder.Build();
        app.MapGet("/", () => "The shop is open.");
        app.MapEscapement();
        app.MapEscapementConsole("/extensions/console");
        return app;
    }
}
