using System.Globalization;
using Escapement.AspNetCore;
using Escapement.Faults;
using Escapement.Firing;
using Escapement.Nodes;
using Escapement.PostgreSql;
using Escapement.Sandbox;
using Escapement.Storage;
using Escapement.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// One node of a cluster under test: the host as any application embeds it, with the real store, engine and HTTP API. Two things
// differ: calls are carried out by a sandbox that writes them down, and the clock runs faster. Arguments: --name value.
var builder = WebApplication.CreateBuilder(args);
string Given(string name) => builder.Configuration[name] ?? throw new InvalidOperationException($"--{name} is missing");
var lapse = new Lapse(DateTimeOffset.Parse(Given("epoch"), CultureInfo.InvariantCulture), double.Parse(Given("factor"), CultureInfo.InvariantCulture));
using var log = new CallLog(Given("log"));
PulseWatch.Begin(log);

// Whoever started this node holds the other end; when that ends, however it ends, nothing of it goes on.
new Thread(() =>
{
    Console.In.ReadToEnd();
    Environment.Exit(1);
}) { IsBackground = true }.Start();

builder.WebHost.UseUrls(Given("listen"));
builder.Logging.ClearProviders().AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat) = (true, "HH:mm:ss.fff "));
builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddAuthorizationBuilder().AddPolicy("open", p => p.RequireAssertion(_ => true));
builder.Services.AddSingleton<TimeProvider>(s =>
{
    var database = s.GetRequiredService<IStore>().Clock;
    return new TimeLapse(lapse.Factor, database, lapse.At(database.GetUtcNow()));
});
builder.Services.AddSingleton<ISandbox>(s => new RecordingSandbox(log, s.GetRequiredService<TimeProvider>(), slots: 16));
double Seconds(string name) => double.Parse(Given(name), CultureInfo.InvariantCulture);
builder.Services.AddSingleton(new NodeSilence(TimeSpan.FromSeconds(Seconds("silence")) * lapse.Factor));
builder.Services.AddEscapement(o =>
{
    o.Store = StoreKind.PostgreSql;
    o.PostgreSql = new PostgreSqlStoreOptions { ConnectionString = Given("connection"), StartTimeout = TimeSpan.FromMinutes(2) };
    o.DataFolder = Given("data");
    o.AuthorizationPolicy = "open";
    o.Firing = new FiringOptions
    {
        Node = Given("node"),
        MaxRunningPerInstall = 8,
        LeaseDuration = TimeSpan.FromSeconds(Seconds("lease")) * lapse.Factor,
        PollInterval = TimeSpan.FromMilliseconds(500) * lapse.Factor,
        ShutdownTimeout = TimeSpan.FromSeconds(1) * lapse.Factor,
    };
});

await using var app = builder.Build();
app.MapEscapement();
await app.RunAsync();
