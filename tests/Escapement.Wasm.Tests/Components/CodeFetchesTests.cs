using System.Collections.Concurrent;
using Escapement.Wasm.Components;

namespace Escapement.Wasm.Tests.Components;

/// <summary>With a store that answers when told.</summary>
public sealed class CodeFetchesTests
{
    private readonly BlockingCollection<(string Component, TaskCompletionSource<int> Answer)> begun = [];
    private readonly CodeFetches<int> fetches;

    public CodeFetchesTests() => fetches = new CodeFetches<int>(2, (component, cancellationToken) =>
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        begun.Add((component, answer), CancellationToken.None);
        return answer.Task.WaitAsync(cancellationToken);
    });

    [Fact]
    public async Task Get_MoreThanMayBeFetchedAtOnce_WaitForTheirTurn()
    {
        var getting = Enumerable.Range(0, 5).Select(i => fetches.GetAsync($"c{i}", CancellationToken.None)).ToList();
        Assert.Equal(["c0", "c1"], begun.Select(b => b.Component));

        for (var i = 0; i < 5; i++)
        {
            var next = begun.Take(TestContext.Current.CancellationToken);
            Assert.True(begun.Count <= 1);
            next.Answer.SetResult(i);
            Assert.Equal(i, await await Task.WhenAny(getting));
            getting.RemoveAll(g => g.IsCompleted);
        }
    }

    [Fact]
    public async Task Get_OneComponentByMany_IsFetchedOnce()
    {
        var getting = Enumerable.Range(0, 5).Select(_ => fetches.GetAsync("c", CancellationToken.None)).ToList();
        Assert.Single(begun).Answer.SetResult(7);

        Assert.All(await Task.WhenAll(getting), g => Assert.Equal(7, g));
        Assert.Single(begun);
    }

    [Fact]
    public async Task Get_StoreIsAway_AllWhoWaitAreTold()
    {
        var getting = Enumerable.Range(0, 3).Select(_ => fetches.GetAsync("c", CancellationToken.None)).ToList();
        Take().SetException(new StoreUnavailableException("It is away."));

        foreach (var one in getting)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => one);
        }

        // And whoever asks next has it asked again.
        var next = fetches.GetAsync("c", CancellationToken.None);
        Take().SetResult(1);
        Assert.Equal(1, await next);
    }

    [Fact]
    public async Task Get_GivenUpWhileItWaits_IsNotFetched()
    {
        using var cancelling = new CancellationTokenSource();
        var two = new[] { fetches.GetAsync("a", CancellationToken.None), fetches.GetAsync("b", CancellationToken.None) };
        var given = fetches.GetAsync("c", cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        Take().SetResult(1);
        Take().SetResult(2);
        await Task.WhenAll(two);
        Assert.Empty(begun);
        var again = fetches.GetAsync("c", CancellationToken.None);
        Take().SetResult(3);
        Assert.Equal(3, await again);
    }

    [Fact]
    public async Task Get_TheOneThatFetchesGivesUp_AnotherGoesOn()
    {
        using var cancelling = new CancellationTokenSource();
        var first = fetches.GetAsync("c", cancelling.Token);
        var second = fetches.GetAsync("c", CancellationToken.None);
        _ = Take();

        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Take().SetResult(5);

        Assert.Equal(5, await second);
    }

    private TaskCompletionSource<int> Take() => begun.Take(TestContext.Current.CancellationToken).Answer;
}
