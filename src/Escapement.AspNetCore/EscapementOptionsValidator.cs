using Escapement.Sharing;

namespace Escapement.AspNetCore;

/// <summary>Finds everything that is wrong with the options, in one go.</summary>
internal static class EscapementOptionsValidator
{
    public static IReadOnlyList<Problem> Validate(EscapementOptions options)
    {
        var problems = new List<Problem>();
        void Check(bool ok, string field, string rule)
        {
            if (!ok)
            {
                problems.Add(new Problem(field, "out-of-range", $"{field} must be {rule}"));
            }
        }

        Check(
            !string.IsNullOrWhiteSpace(options.DataFolder) && !options.DataFolder.Contains('\0', StringComparison.Ordinal),
            nameof(options.DataFolder),
            "a folder, such as /var/lib/escapement");
        Check(IsPath(options.ApiPrefix) || options.ApiPrefix is "", nameof(options.ApiPrefix), "a path such as /api, without parameters");
        Check(IsPath(options.OpenApiPath), nameof(options.OpenApiPath), "a path such as /openapi/v1.json, without parameters");
        Check(
            options.AuthorizationPolicy is not { } policy || !string.IsNullOrWhiteSpace(policy),
            nameof(options.AuthorizationPolicy),
            "a policy's name, or absent");
        Check(
            options.FindPrincipal is null || options.AuthorizationPolicy is not null,
            nameof(options.FindPrincipal),
            "left out unless AuthorizationPolicy is set: without one, tokens say who is calling");
        Check(options.MaxBundleBytes is >= 1024 and <= 64 * 1024 * 1024, nameof(options.MaxBundleBytes), "between 1024 and 67108864");
        Check(options.MaxBytesPerPublisher is >= 1024 and <= 1L << 40, nameof(options.MaxBytesPerPublisher), "between 1024 and 1099511627776");
        Check(options.MaxGatewayBodyBytes is >= 0 and <= 64 * 1024 * 1024, nameof(options.MaxGatewayBodyBytes), "between 0 and 67108864");
        Check(
            options.MaxGatewayBodyTime >= TimeSpan.FromSeconds(1) && options.MaxGatewayBodyTime <= TimeSpan.FromHours(1),
            nameof(options.MaxGatewayBodyTime),
            "between 00:00:01 and 01:00:00");
        Check(options.TimeLapse is >= 1 and <= Time.TimeLapse.MaxFactor, nameof(options.TimeLapse), $"between 1 and {Time.TimeLapse.MaxFactor}");
        Check(options.StartAt is null || options.TimeLapse > 1, nameof(options.StartAt), "left out unless TimeLapse is above 1");
        Check(
            options.Roles is EscapementRoles.Api or EscapementRoles.Firing or (EscapementRoles.Api | EscapementRoles.Firing),
            nameof(options.Roles),
            "api, firing or both");
        problems.AddRange(OidcOptionsValidator.Validate(options));
        problems.AddRange(FindStoreProblems(options));
        problems.AddRange(options.Firing.Validate());
        problems.AddRange(options.Gateway.Validate());
        problems.AddRange(options.Retention.Validate());
        problems.AddRange(options.Limits.Validate());
        var ofSandbox = options.Sandbox.Validate().Select(p => p with { Path = $"Sandbox:{p.Path}", Message = $"Sandbox:{p.Message}" }).ToList();
        problems.AddRange(ofSandbox);
        if (!ofSandbox.Exists(p => p.Path == "Sandbox:Slots"))
        {
            problems.AddRange(SlotPlan.FindProblems(
                options.Sandbox.Slots, options.Fires ? options.Firing.ToWish() : null, options.ServesApi ? options.Gateway.ToWish() : null));
        }

        return problems;
    }

    private static IEnumerable<Problem> FindStoreProblems(EscapementOptions options)
    {
        const string connection = $"{nameof(options.PostgreSql)}:{nameof(options.PostgreSql.ConnectionString)}";
        var hasConnection = !string.IsNullOrWhiteSpace(options.PostgreSql.ConnectionString);
        switch (options.Store)
        {
            case StoreKind.Sqlite when hasConnection:
                yield return new Problem(
                    connection,
                    "not-used",
                    $"{connection} is for the store postgres, and this one is sqlite: leave it out, or say --store postgres");
                break;
            case StoreKind.Sqlite:
                break;
            case StoreKind.PostgreSql:
                if (!hasConnection)
                {
                    yield return new Problem(
                        connection,
                        "required",
                        $"{connection} is needed for the store postgres: set ESCAPEMENT__PostgreSql__ConnectionString or say --connection");
                }

                if (options.TimeLapse > 1)
                {
                    yield return new Problem(
                        nameof(options.TimeLapse),
                        "not-supported",
                        "TimeLapse cannot be used with the store postgres, because nodes share the database's time: leave it out, or say --store sqlite");
                }

                foreach (var problem in options.PostgreSql.Validate().Where(p => hasConnection || p.Path != connection))
                {
                    yield return problem;
                }

                break;
            default:
                yield return new Problem(nameof(options.Store), "out-of-range", "Store must be sqlite or postgres");
                break;
        }
    }

    private static bool IsPath(string? path) =>
        path is ['/', not '/', ..]
        && !path.EndsWith('/')
        && !path.Contains("//", StringComparison.Ordinal)
        && !path.AsSpan().ContainsAny("{}*?# ");
}
