using Escapement.Bench.Scenarios;

namespace Escapement.Bench.Peers;

/// <summary>The same of Escapement: one node in a process of its own, default settings but for slots and limits as in its own benchmark.</summary>
internal static class OwnRun
{
    private const int Creates = 20_000;
    private const int Burst = 5_000;
    private const int Sustained = 100_000;

    public static async Task<PeerRun> OfAsync(BenchOptions options)
    {
        double creates;
        await using (var place = Place.Of(options))
        {
            creates = await Create.PerSecondAsync(place, Creates, PeerRun.Callers);
        }

        await using (var place = Place.Of(options))
        {
            var installs = await place.PrepareAsync(Sustained);
            await using var nodes = await Drained.WarmAsync(place, installs, 1);
            var burst = await nodes.RunAsync(Burst, TimeSpan.FromSeconds(10));

            // From the instant at which all were due to the last that is recorded.
            var sustained = await nodes.RunAsync(Sustained, TimeSpan.FromSeconds(20));
            return new PeerRun(creates, Sustained / sustained.Seconds, Figures.Percentile(burst.LateMs, 99));
        }
    }
}
