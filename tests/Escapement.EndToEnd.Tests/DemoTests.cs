using System.Text.RegularExpressions;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>What <c>./demo</c> shows once all is built.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_ToItsEnd_ShowsEachStepAndLeavesNothingOpen()
    {
        var shown = await Command.RunAsync(Repository.Root, "node", "scripts/demo.mjs", "--once");

        // One after the other, each with what only a server that did it can say.
        var from = 0;
        foreach (var step in (string[])
        [
            @"#sign-in=\S+",
            @"Published com\.\S+ \d",
            @"#sign-in=\S+",
            @"created: Heartbeat",
            @"Heartbeat +due .* succeeded 200",
            @"succeeded 200 .*\(run now\)",
            @"""database move"", by \S+; its end runs the latest",
            @"Resuming would skip [1-9]\d* and run 1:",
            @"Why did it not run then\?.*\n +\S.* paused.*\n +To do: \S",
            @"schedule\.update by \S+: cron (\S+ \S+ \S+ \S+ \S+) -> 0 3 \* \* \*\n +Now again: \1\n",
            @"New capabilities: none",
            @"it is of version 0\.2\.0 now",
            @"Stopping the server \.\.\. stopped\.",
        ])
        {
            var found = new Regex(step).Match(shown, from);
            Assert.True(found.Success, $"It does not show {step} after what came before:\n{shown}");
            from = found.Index + found.Length;
        }

        Assert.DoesNotMatch("undefined|NaN|null|Invalid Date", shown);
    }
}
