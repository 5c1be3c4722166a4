using Escapement.AspNetCore;
using Escapement.Firing;
using Escapement.Installs;
using Escapement.Nodes;
using Escapement.Retention;
using Escapement.Sandbox;
using Escapement.Storage;
using Escapement.Waking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.SampleWorld.Hosting;

/// <summary>
/// The host itself, with its engine, its store and its API, on a clock that leaps from one thing that is due to the next, so that a year takes
/// minutes. Only guests are played. Everything in the store is written by the host.
/// </summary>
internal sealed class SampleHost
{
    /// <summary>The longest time in which nothing is looked at.</summary>
    public static readonly TimeSpan LongestLeap = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider clock;
    private readonly string folder;
    private readonly Lateness lateness;
    private readonly EngineWatch watch = new();
    private readonly PlayedGuests guests;
    private SparseSigns? signs;
    private WebApplication? app;

    /// <param name="folder">Its data.</param>
    /// <param name="start">What its clock shows first.</param>
    /// <param name="lateness">How late the host looks at what is due.</param>
    /// <param name="play">What guests do.</param>
    public SampleHost(string folder, DateTimeOffset start, Lateness lateness, Playing.Play play)
    {
        (this.folder, this.lateness) = (folder, lateness);
        clock = new FakeTimeProvider(start);
        guests = new PlayedGuests(clock, play);
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Where its API is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Of the store's first start.</summary>
    public string FirstToken { get; private set; } = "";

    /// <summary>Runs that guests were called for.</summary>
    public long Runs => watch.Recorded;

    /// <summary>Starts it.</summary>
    /// <param name="node">What the node is called.</param>
    public async Task StartAsync(string node)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<ISandbox>(s => new NotingSandbox(guests, s.GetRequiredService<CapabilityUses>()));
        builder.Services.AddSingleton<IFiringObserver>(watch);
        builder.Services.AddEscapement(o =>
        {
            o.DataFolder = folder;
            o.OnFirstToken = token => FirstToken = token;
            o.Retention = new RetentionOptions { Runs = TimeSpan.FromDays(3_650), Audit = TimeSpan.FromDays(3_650) };

            // Nobody is passed over, so that a leap leaves nothing behind; and no lease ends within one.
            o.Firing = new FiringOptions
            {
                Node = node,
                MaxRunningPerInstall = PlayedGuests.Most / 4,
                MaxRunningPerTenant = PlayedGuests.Most / 4,
                LeaseDuration = LongestLeap,
                PollInterval = TimeSpan.FromMinutes(1),
            };
        });
        builder.Services.AddSingleton<IClaimStore>(s => watch.Claims = new WatchedClaims(s.GetRequiredService<IStore>().Claims));
        builder.Services.AddSingleton<INodeStore>(s => signs = new SparseSigns(s.GetRequiredService<IStore>().Nodes));
        app = builder.Build();
        app.MapEscapement();
        await app.StartAsync();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await watch.UntilAsync(() => watch.SleptUpTo >= Now, () => "to its first sleep");
    }

    /// <summary>Lets time pass, and the host do what comes due.</summary>
    public async Task ToAsync(DateTimeOffset target)
    {
        var claims = app!.Services.GetRequiredService<IClaimStore>();
        while (Now < target)
        {
            var due = await claims.PeekAsync(Now) is { } at ? lateness.Of(at) : DateTimeOffset.MaxValue;
            var end = guests.NextEnd;
            await LeapAsync(Earliest(target, Now + LongestLeap, due > Now ? due : Now, end));
        }
    }

    /// <summary>Ends the node once no run is under way.</summary>
    /// <param name="silently">Whether it goes without a word, as one that lost its power.</param>
    public async Task StopAsync(bool silently = false)
    {
        while (guests.NextEnd < DateTimeOffset.MaxValue)
        {
            await LeapAsync(guests.NextEnd);
        }

        signs!.GoesSilently = silently;
        await app!.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    /// <summary>Lets time pass while no node is there.</summary>
    public void PassTo(DateTimeOffset instant) => clock.SetUtcNow(instant);

    private static DateTimeOffset Earliest(params ReadOnlySpan<DateTimeOffset> instants)
    {
        var earliest = instants[0];
        foreach (var instant in instants)
        {
            earliest = instant < earliest ? instant : earliest;
        }

        return earliest;
    }

    private async Task LeapAsync(DateTimeOffset instant)
    {
        var to = instant > Now ? instant : Now;
        clock.SetUtcNow(to);
        app!.Services.GetRequiredService<WakeSignal>().Raise(DateTimeOffset.MinValue);
        await watch.UntilAsync(
            () => watch.SleptUpTo >= to && watch.Recorded >= guests.EndedBy(to),
            () => $"at {to:O}, claimed and asleep up to {watch.SleptUpTo:O}, recorded {watch.Recorded} of {guests.EndedBy(to)}");
    }
}
