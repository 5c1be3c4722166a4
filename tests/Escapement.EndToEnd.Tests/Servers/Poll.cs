using System.Diagnostics;

namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>Waits for something in another process, of which nothing but asking again can tell.</summary>
internal static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the answer is not null; fails after the deadline, in the words given.</summary>
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T?>> ask, TimeSpan? deadline = null)
        where T : class
    {
        var limit = deadline ?? TimeSpan.FromSeconds(30);
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            Assert.True(watch.Elapsed < limit, $"Within {limit.TotalSeconds} s it did not come true: {what}");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks until the answer is yes.</summary>
    public static Task UntilAsync(string what, Func<Task<bool>> ask, TimeSpan? deadline = null) =>
        UntilAsync(what, async () => await ask() ? what : null, deadline);
}
