using Escapement;
using Escapement.AspNetCore;
using Escapement.AspNetCore.Console;
using Escapement.Server.Configuration;
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
    Console.Out.WriteLine(ProductVersion.Text);
    return ExitCode.Stopped;
}

return await Refusals.ReportAsync(flags.Verb, async () =>
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    var settings = builder.AddSettings(flags);
    if (flags.Check)
    {
        await ReadyCheck.AskAsync(settings.Urls);
        return;
    }

    if (flags.Verb is { } verb)
    {
        await Commands.RunAsync(verb, flags.Operand, settings.Options, Console.Out);
        return;
    }

    HostThreads.MakeAll(settings.Options.Sandbox.Slots);
    var log = ConsoleLog.AddTo(builder);
    builder.AddServerLimits(settings.Options);
    builder.AddProxies(settings);
    builder.AddEscapementServer(settings);
    builder.AddExporters(settings);

    await using var app = builder.Build();
    app.WarnOfTimeLapse(settings.Options);
    app.OpenStore();
    FreeAddresses.Check(settings.Addresses);
    app.MapEscapement();
    app.MapMetrics(settings);
    app.MapEscapementConsole();
    log.FollowFrom(app);
    await app.RunAsync();
});
