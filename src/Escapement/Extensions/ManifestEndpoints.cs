using System.Text.Json;

namespace Escapement.Extensions;

/// <summary>The part of a manifest that declares endpoints.</summary>
internal static class ManifestEndpoints
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>The good ones, by path then method.</summary>
    public static IReadOnlyList<DeclaredEndpoint> Read(JsonElement root, ManifestFields reading)
    {
        if (reading.Field(root, "$", "api", JsonValueKind.Object, "an object", isRequired: false) is not { } api)
        {
            return [];
        }

        reading.WarnOfUnknown(api, "$.api", "endpoints");
        var endpoints = new List<DeclaredEndpoint>();
        var seen = new Dictionary<(string Method, string Shape), string>();
        foreach (var (item, path) in reading.Items(api, "$.api", "endpoints", JsonValueKind.Object, "an object"))
        {
            if (ReadOne(item, path, reading) is not { } endpoint)
            {
                continue;
            }

            // No request can tell /a/:x from /a/{y}, so parameters count as equal whatever their names.
            if (!seen.TryAdd((endpoint.Method, EndpointPath.Shape(endpoint.Path)), path))
            {
                var first = seen[(endpoint.Method, EndpointPath.Shape(endpoint.Path))];
                reading.Wrong(path, "duplicate-endpoint", $"{Excerpt.Of(endpoint.Key.ToString())} is the same endpoint as {first}");
            }

            endpoints.Add(endpoint);
        }

        return [.. endpoints.OrderBy(e => e.Path, StringComparer.Ordinal).ThenBy(e => e.Method, StringComparer.Ordinal)];
    }

    private static DeclaredEndpoint? ReadOne(JsonElement item, string path, ManifestFields reading)
    {
        reading.WarnOfUnknown(item, path, "method", "path", "handler", "schedulable");
        var method = reading.Text(item, path, "method", isRequired: true);
        if (method is not null && !Methods.Contains(method))
        {
            reading.Wrong($"{path}.method", "method", $"{Excerpt.Of(method)} is not one of {string.Join(", ", Methods)}");
            method = null;
        }

        var declaredPath = ReadPath(item, path, reading);
        var handler = reading.Text(item, path, "handler", isRequired: true);
        var wish = reading.Flag(item, path, "schedulable");
        if (method is null || declaredPath is null)
        {
            return null;
        }

        var canBeScheduled = method is "GET" or "POST" && !EndpointPath.HasParameters(declaredPath);
        if (wish == true && !canBeScheduled)
        {
            reading.Wrong($"{path}.schedulable", "not-schedulable", "Only a GET or POST endpoint without path parameters can be scheduled");
        }

        return new DeclaredEndpoint(method, declaredPath, handler ?? "", canBeScheduled && wish != false);
    }

    private static string? ReadPath(JsonElement item, string path, ManifestFields reading)
    {
        var declared = reading.Text(item, path, "path", isRequired: true);
        if (declared is null)
        {
            return null;
        }

        if (EndpointPath.Fault(declared) is { } fault)
        {
            reading.Wrong($"{path}.path", "path", $"The path {fault}");
            return null;
        }

        return EndpointSelector.NormalisePath(declared);
    }
}
