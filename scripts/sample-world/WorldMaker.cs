using System.Globalization;
using Escapement.SampleWorld.Cast;
using Escapement.SampleWorld.Hosting;
using Escapement.SampleWorld.Playing;
using Escapement.SampleWorld.Story;

namespace Escapement.SampleWorld;

/// <summary>Makes the world from its beginning to now.</summary>
internal sealed class WorldMaker(Arguments arguments)
{
    // A transaction waits for the disk, and there are a hundred thousand of them: they are made in memory where there is room for it.
    private const string MemoryDisk = "/dev/shm";
    private const long RoomNeeded = 2L << 30;

    private readonly TimeProvider real = TimeProvider.System;

    public async Task MakeAsync()
    {
        var began = real.GetTimestamp();
        var folder = HasMemoryDisk() ? Path.Combine(MemoryDisk, $"escapement-world-{Environment.ProcessId}") : arguments.Data;
        try
        {
            var runs = await MakeAsync(folder);
            Move(folder);
            Say($"Made {runs:N0} runs of {arguments.Tenants} tenants in {real.GetElapsedTime(began).TotalSeconds:N0} s");
        }
        finally
        {
            if (folder != arguments.Data && Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static bool HasMemoryDisk() => Directory.Exists(MemoryDisk) && new DriveInfo(MemoryDisk).AvailableFreeSpace > RoomNeeded;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private async Task<long> MakeAsync(string folder)
    {
        var now = real.GetUtcNow();
        var until = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        var start = until.AddDays(-7 * arguments.Weeks);
        var almanac = new Almanac(start.AddDays(1), until);
        var lateness = new Lateness([(almanac.Before(3.4), almanac.Before(3.1)), (almanac.Before(77), almanac.Before(76.6))]);
        var host = new SampleHost(folder, start, lateness, new PlayedJobs(start, Troubles.Of(almanac)).Play);
        await host.StartAsync("node-1");
        var town = new Town(host);
        var tenants = Cities.Tenants(arguments.Tenants);
        await town.FoundAsync(tenants);
        WriteToken(town.Operator.Secret);
        for (var i = 0; i < tenants.Count; i++)
        {
            // Most are there from the beginning, the others come in the course of the year.
            var (tenant, index) = (tenants[i], i);
            if (i < tenants.Count * 0.7)
            {
                await town.MoveInAsync(tenant, index);
            }
            else
            {
                almanac.Add(start + ((until - start) * ((i + 1.0 - (tenants.Count * 0.7)) / tenants.Count)), () => town.MoveInAsync(tenant, index));
            }
        }

        new Happenings(host, town, almanac).Plan();
        foreach (var (at, happens) in almanac.InOrder())
        {
            await ToAsync(host, at);
            await happens();

            // What was asked for starts now, and not at the next time that something is due.
            await host.ToAsync(host.Now.AddSeconds(1));
        }

        // And what has come due while all this was made.
        await ToAsync(host, until);
        while (real.GetUtcNow() - host.Now > TimeSpan.FromSeconds(1))
        {
            await host.ToAsync(real.GetUtcNow());
        }

        await host.StopAsync();
        return host.Runs;
    }

    private static async Task ToAsync(SampleHost host, DateTimeOffset at)
    {
        while (host.Now < at)
        {
            var month = new DateTimeOffset(host.Now.Year, host.Now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
            await host.ToAsync(month < at ? month : at);
            if (host.Now >= month)
            {
                Say($"  until {month:MMMM yyyy}: {host.Runs,9:N0} runs");
            }
        }
    }

    private void WriteToken(string token)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(arguments.TokenFile))!);
        using var file = PrivateFiles.Open(arguments.TokenFile, FileMode.Create, FileAccess.Write);
        file.Write(System.Text.Encoding.ASCII.GetBytes(token));
    }

    private void Move(string folder)
    {
        if (folder == arguments.Data)
        {
            return;
        }

        PrivateFiles.MakeFolder(arguments.Data);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Move(file, Path.Combine(arguments.Data, Path.GetFileName(file)));
        }
    }
}
