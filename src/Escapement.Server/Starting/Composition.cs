using Escapement.AspNetCore;
using Escapement.AspNetCore.Access;
using Escapement.PostgreSql;
using Escapement.Scheduling;
using Escapement.Server.Configuration;

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
            problems.AddRange(SettingsFile.AddTo(builder.Configuration, file));
        }

        // Again, because the host's defaults read the environment before there was --config, and it stands above all files.
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection(flags.Settings);
        var (settings, unreadable) = ServerSettings.Read(builder.Configuration);
        problems.AddRange(unreadable);
        if (flags.Verb is { TakesConnection: false } && settings.Options.Store == StoreKind.Sqlite)
        {
            // Exported for something else: a verb that takes no connection does not look at one.
            settings.Options.PostgreSql = new PostgreSqlStoreOptions();
        }

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
        settings.Options.OnFirstToken = secret => FirstTokenNotice.Show(secret, settings.TokenFile);
        settings.Options.OnTokensThere = () => FirstTokenNotice.SayNoneIsMade(settings.TokenFile);
        builder.Services.AddEscapement(settings.Options);
        if (settings.Options.ServesApi)
        {
            // What is not mapped asks for the token too before it says 404.
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(EscapementAccess.TokenPolicy);
        }
    }

    /// <summary>Opens the store before anything else is started, so that a folder or a database that cannot be used is refused in a line.</summary>
    public static void OpenStore(this WebApplication app) => app.Services.GetRequiredService<IScheduleStore>();
}
