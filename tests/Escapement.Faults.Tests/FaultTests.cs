using Escapement.Faults.Tests.Cluster;

namespace Escapement.Faults.Tests;

/// <summary>
/// Issue of many nodes: nothing is lost when any of them dies. The short form injects each kind of fault once, with the same seed
/// each time; <c>ESCAPEMENT_FAULTS_MINUTES</c> and <c>ESCAPEMENT_FAULTS_SEED</c> make it long and repeat it.
/// </summary>
public sealed class FaultTests
{
    // An interval of five minutes passes in five seconds.
    private const double Factor = 60;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Faults_OfEveryKind_LoseNothingAndRepeatNothingWithoutReason()
    {
        await using var cluster = await TestCluster.StartAsync(Factor, Lease);
        await using var run = new FaultRun(cluster, FaultSettings.Read(), Console.Out.WriteLine);

        var verdict = await run.RunAsync();

        Assert.True(
            verdict.Checked > 0 && verdict.Repeats > 0,
            $"Only {verdict.Checked} occurrences were checked and {verdict.Repeats} calls repeated: the faults struck nothing");
        Directory.Delete(cluster.Folder, recursive: true);
    }
}
