using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Api;
using Escapement.AspNetCore.Api.Audit;
using Escapement.AspNetCore.Api.Bulk;
using Escapement.AspNetCore.Api.Calls;
using Escapement.AspNetCore.Api.Events;
using Escapement.AspNetCore.Api.Extensions;
using Escapement.AspNetCore.Api.Finding;
using Escapement.AspNetCore.Api.Forecasts;
using Escapement.AspNetCore.Api.Installs;
using Escapement.AspNetCore.Api.Nodes;
using Escapement.AspNetCore.Api.Pauses;
using Escapement.AspNetCore.Api.Runs;
using Escapement.AspNetCore.Api.Schedules;
using Escapement.AspNetCore.Api.Sessions;
using Escapement.AspNetCore.Api.Tenants;
using Escapement.AspNetCore.Api.Tokens;
using Escapement.AspNetCore.Api.Why;
using Escapement.AspNetCore.Gateway;
using Escapement.AspNetCore.Health;
using Escapement.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore;

/// <summary>Maps the scheduler host's paths.</summary>
public static class EscapementEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the HTTP API, the gateway, health and the OpenAPI document. Everything but health asks for the API token, or for
    /// <see cref="EscapementOptions.AuthorizationPolicy"/>. A node without the role <see cref="EscapementRoles.Api"/> has health alone.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <exception cref="InvalidOperationException">
    /// <c>AddEscapement</c> was not called, or the application has no policy of the name that the options give.
    /// </exception>
    public static IEndpointRouteBuilder MapEscapement(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = endpoints.ServiceProvider.GetService<EscapementOptions>()
            ?? throw new InvalidOperationException("Call services.AddEscapement() before app.MapEscapement().");

        endpoints.MapHealth(options);
        if (!options.ServesApi)
        {
            return endpoints;
        }

        EscapementAccess.RequirePolicy(endpoints.ServiceProvider, options);
        endpoints.MapOpenApiDocument(options);
        endpoints.MapGateway(options);

        var api = endpoints.MapApi(options);
        api.MapExtensions(options);
        if (options.Oidc?.ClientId is not null)
        {
            endpoints.MapProviderSignIn(options);
        }

        api.MapWhoIsCalling();
        if (options.AuthorizationPolicy is null)
        {
            api.MapTokens();
            api.MapSession();
            api.MapSessions();
        }

        api.MapAllSchedules();
        api.MapNodeAudit();
        api.MapNodeUndo();
        api.MapAllEvents();
        api.MapTenants();
        api.MapExtensionInstalls();
        api.MapAllIds();
        api.MapAllRuns();
        api.MapAllLateness();
        api.MapWhyOfAll();
        api.MapNodes();
        api.MapHostForecast();
        api.MapHostPauses();
        var tenant = api.MapGroup("/tenants/{tenant}").WithTenant();
        tenant.MapTenantForecast();
        tenant.MapTenantPauses();
        var install = tenant.MapInstalls();
        install.MapUpgrades();
        install.MapInstallPauses();
        install.MapSchedules();
        install.MapDeletedSchedules();
        install.MapCalls();
        tenant.MapTenantSchedules();
        tenant.MapBulk();
        tenant.MapTenantEvents();
        tenant.MapConsent();
        tenant.MapUninstalled();
        tenant.MapRuns();
        tenant.MapTenantIds();
        tenant.MapTenantLateness();
        tenant.MapWhy();
        tenant.MapAudit();
        tenant.MapUndo();
        return endpoints;
    }
}
