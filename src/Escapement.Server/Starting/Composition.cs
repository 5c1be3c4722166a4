using Escapement.AspNetCore;
using Escapement.AspNetCore.Access;
using Escapement.Scheduling;
using Escapement.Server.Configuration;
using Escapement.Time;

namespace Escapement.Server.Starting;

/// <summary>Brings flags, environment and files together, and the host with them.</summary>
internal static class Composition
{
    /// <summary>Reads all settings.</summary>
    /// <exception cref="WrongSettingsException">Any are wrong: unreadable, unknown or out of range.</exception>
    public static ServerSettings AddSettings(this WebApplicationBuilder builder, Flags flags)
    {
        var problems = new List<string>(flags.Problems);
        if (flags.ConfigFile is { } file)
        {
            AddFile(builder.Configuration, file, problems);
        }

        // After the files, where the host's own defaults had put them before --config.
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection(flags.Settings);
        var (settings, unreadable) = ServerSettings.Read(builder.Configuration);
        problems.AddRange(unreadable);
        problems.AddRange(EscapementOptionsValidator.Validate(settings.Options).Select(p => p.Message));
        if (FirstTokenNotice.FindProblem(settings.TokenFile) is { } tokenFile)
        {
            problems.Add(tokenFile);
        }

        return problems.Count == 0 ? settings : throw new WrongSettingsException(problems);
    }

    public static void AddEscapementServer(this WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.WebHost.UseUrls([.. settings.Addresses]);
        builder.Services.AddEscapement(o => CopyTo(settings, o));

        if (settings.Options.ServesApi)
        {
            // In the server nothing stands beside the API: what is not mapped asks for the token too before it says 404.
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(EscapementAccess.FallbackPolicy);
        }
    }

    /// <summary>Opens the store before anything else is started, so that a folder or a database that cannot be used is refused in a line.</summary>
    public static void OpenStore(this WebApplication app) => app.Services.GetRequiredService<IScheduleStore>();

    private static void CopyTo(ServerSettings settings, EscapementOptions o)
    {
        var read = settings.Options;
        o.DataFolder = read.DataFolder;
        o.Store = read.Store;
        o.PostgreSql = read.PostgreSql;
        o.Roles = read.Roles;
        o.Retention = read.Retention;
        o.TimeLapse = read.TimeLapse;
        o.StartAt = read.StartAt;
        o.MaxBundleBytes = read.MaxBundleBytes;
        o.MaxGatewayBodyBytes = read.MaxGatewayBodyBytes;
        o.Firing = read.Firing;
        o.Limits = read.Limits;
        o.Sandbox = read.Sandbox;
        o.OwnsAllPaths = true;
        o.OnFirstToken = secret => FirstTokenNotice.Show(secret, settings.TokenFile);
    }

    private static void AddFile(ConfigurationManager configuration, string file, List<string> problems)
    {
        try
        {
            configuration.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or InvalidDataException or UnauthorizedAccessException)
        {
            problems.Add($"The settings file cannot be read: {e.Message}");
        }
    }
}
