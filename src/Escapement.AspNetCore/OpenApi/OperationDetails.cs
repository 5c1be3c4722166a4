using System.Text.Json.Nodes;
using Escapement.AspNetCore.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Escapement.AspNetCore.OpenApi;

/// <summary>Adds to each operation what its handler's signature does not say: the path's parameters, security and examples.</summary>
internal sealed class OperationDetails : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["tenant"] = "The tenant: 1 to 128 characters of A-Z a-z 0-9 . _ : -",
        ["extensionId"] = "The extension in reverse-domain form, such as com.acme.sync",
        ["version"] = "The version, semver 2",
        ["installId"] = "The install's id, a UUID",
        ["scheduleId"] = "The schedule's id, a UUID",
        ["bulkId"] = "The id of a change of many schedules, a UUID",
        ["auditId"] = "The audit entry's id, a UUID",
        ["id"] = "An id, a UUID",
        ["runId"] = "The run's id, a UUID",
        ["at"] = "An occurrence, or whatever instant is asked about, such as 2030-03-02T09:00:00Z",
        ["onEnd"] = "What becomes of what the pause kept from starting: next, latest or all; absent for what the pause says",
        ["tokenId"] = "The token's id, a UUID",
        ["sessionId"] = "The session's id, a UUID",
        ["requestId"] = "The id of a gateway call: the x-request-id of its answer",
        ["state"] = "Only runs in this state: queued, running, succeeded, failed, skipped, missed or abandoned; several with commas between them",
        ["reason"] = "Only runs for this reason, such as time-out; several with commas between them",
        ["trigger"] = "Only runs of this trigger, such as run-now; several with commas between them",
        ["from"] = "From this instant on; runs go by their due time",
        ["to"] = "Before this instant; runs go by their due time",
        ["q"] = "Schedules: what name or endpoint hold, from three characters on anywhere, below that at the beginning of the name. Audit: a part of any text",
        ["actorKind"] = "Only entries of such actors: extension, admin or host; several with commas between them",
        ["actor"] = "Only entries of this actor: an extension's id, or a token's name",
        ["action"] = "Only entries of this action, such as schedule.pause, or schedule for all of schedules; several with commas between them",
        ["outcome"] = "Only entries that ended so: done, refused or denied; several with commas between them",
        ["target"] = "Only entries of what was done to this thing, by its id",
        ["changed"] = "true or false: whether an entry's change changed fields",
        ["allTenants"] = "true for all tenants' too",
        ["enabled"] = "true or false",
        ["paused"] = "Whether a pause holds them: true or false, or the layer of one that does: host, tenant, install or schedule",
        ["failing"] = "true or false: whether its last runs failed",
        ["extension"] = "Only of this extension, such as com.acme.sync",
        ["endpoint"] = "Only those that call this endpoint, such as POST /api/sync",
        ["cron"] = "Only those with this expression, as it stands",
        ["timezone"] = "Only those in this time zone, such as Europe/Berlin",
        ["dueWithin"] = "Only those that start within so many minutes",
        ["sort"] = "The order: created, next, name or failures (the most in a row first); of one install, or of one extension of a tenant, lastRun too; "
            + "-created, -name and -lastRun are those from the end",
        ["outcomes"] = "Show so many of the last runs of each, in short: 1 to 20; limit is 50 at most then",
        ["evenLast"] = "true to revoke the last operator's token too",
        ["cursor"] = "The nextCursor of an earlier answer",
        ["limit"] = "At most this many rows: 1 to 200, default 50",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var parameters = operation.Parameters ??= [];
        foreach (var name in PathParameters(context.Description.RelativePath ?? ""))
        {
            if (!parameters.Any(p => p.Name == name && p.In == ParameterLocation.Path))
            {
                var text = new OpenApiSchema { Type = JsonSchemaType.String };
                parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = text });
            }
        }

        foreach (var parameter in parameters.OfType<OpenApiParameter>())
        {
            parameter.Description ??= Parameters.GetValueOrDefault(parameter.Name ?? "");
        }

        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var header in metadata.OfType<RequestHeader>())
        {
            var text = new OpenApiSchema { Type = JsonSchemaType.String };
            parameters.Add(new OpenApiParameter { Name = header.Name, In = ParameterLocation.Header, Description = header.Description, Schema = text });
        }

        if (metadata.OfType<RequestExample>().FirstOrDefault() is { } example
            && operation.RequestBody?.Content?.TryGetValue(ApiJson.ContentType, out var body) == true)
        {
            body.Example = JsonNode.Parse(example.Json);
        }

        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentInfo.Scheme, context.Document)] = [] }];
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<string> PathParameters(string path) =>
        path.Split('/').Where(s => s is ['{', .., '}']).Select(s => s[1..^1].TrimStart('*'));
}
