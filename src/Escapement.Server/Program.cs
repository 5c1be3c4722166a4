using Escapement.AspNetCore;
using Escapement.Server.Configuration;
using Escapement.Server.CopyStore;
using Escapement.Server.Migrating;
using Escapement.Server.Observing;
using Escapement.Server.Starting;

var flags = Flags.Read(args);
if (flags.Help)
{
    Console.Out.WriteLine(HelpText.Text);
    return ExitCode.Stopped;
}

if (flags.Version)
{
    Console.Out.WriteLine(ServerVersion.Text);
    return ExitCode.Stopped;
}

return await Refusals.ReportAsync(flags.Verb == Verb.Migrate ? "migrate" : "start", async () =>
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    var settings = builder.AddSettings(flags);
    if (flags.Check)
    {
        await ReadyCheck.AskAsync(settings.Urls);
        return;
    }

    if (flags.Verb == Verb.CopyStore)
    {
        await CopyCommand.RunAsync(settings.Options, Console.Out);
        return;
    }

    if (flags.Verb == Verb.Migrate)
    {
        await MigrateCommand.RunAsync(settings.Options.PostgreSql, Console.Out);
        return;
    }

    var log = ConsoleLog.AddTo(builder);
    builder.AddServerLimits(settings.Options);
    builder.AddEscapementServer(settings);
    builder.AddExporters(settings);

    await using var app = builder.Build();
    app.WarnOfTimeLapse(settings.Options);
    app.OpenStore();
    app.MapEscapement();
    app.MapMetrics(settings);
    log.FollowFrom(app);
    await app.RunAsync();
});
