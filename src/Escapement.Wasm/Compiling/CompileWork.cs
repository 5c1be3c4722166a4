using System.Diagnostics;
using System.Security.Cryptography;
using Escapement.Compiling;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Components;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Compiling;

/// <summary>One compilation, from taking the component in the store to writing how it ended.</summary>
internal sealed partial class CompileWork(
    string engineKey,
    CompilationStores stores,
    IComponentSource source,
    CompiledLibrary library,
    FailuresHere failures,
    IComponentCompiler compiler,
    SandboxTelemetry telemetry,
    TimeProvider time,
    ILogger logger)
{
    // One that brings its node or its compiler down each time must not go round for ever.
    private const int MaxAttempts = 3;

    private static readonly string NoEnd =
        $"Compiling this component was begun {MaxAttempts} times and came to no end: each time the host was lost, or failed as its log says";

    private static readonly string NoCompiler = $"The compiler was lost {MaxAttempts} times while it compiled this component";

    // Whoever or whatever ended a compiler may do so again at once; want of memory passes.
    private static readonly TimeSpan PauseAfterLoss = TimeSpan.FromSeconds(5);

    // What was lost with nodes or compilers may be no fault of the component's, and is not held against it for good.
    private static readonly TimeSpan LossesCountFor = TimeSpan.FromHours(1);

    /// <summary>Carries a job out. Why this node has no code of what is compiled elsewhere, if that is so; null otherwise.</summary>
    /// <exception cref="OperationCanceledException">The job was given up; the component is free for others.</exception>
    /// <exception cref="CompilerUnavailableException">There is no compiler now; the component is free for others.</exception>
    /// <exception cref="StoreUnavailableException">The store could not be asked or told.</exception>
    public async Task<string?> CarryOutAsync(CompileJob job, Action takesLong)
    {
        job.Token.ThrowIfCancellationRequested();
        var (begun, since) = (time.GetUtcNow(), Stopwatch.GetTimestamp());
        var lease = new CompilationLease(job.Component, engineKey, Ids.Next(time), begun + stores.LeaseDuration);
        switch (await stores.Compilations.ClaimAsync(lease, begun, job.Token))
        {
            case CompilationClaim.Taken taken:
                // A host's clock may run faster than its compiler: what is said that it took is real time.
                await CarryOutAsync(job, takesLong, lease, taken.Attempt, () => begun + Stopwatch.GetElapsedTime(since));
                return null;

            // Compiled by others, or before this node's file was lost. It is for runs of this node, and needs nobody's leave.
            case CompilationClaim.Ended { Compilation.State: CompilationState.Compiled }
                when job.Purpose == CompileFor.Runs && !await IsHereAsync(job):
                return (await CompileAsync(job, takesLong, isForThisNode: true, job.Token)).Reason;
            default:
                return null;
        }
    }

    private async Task CarryOutAsync(CompileJob job, Action takesLong, CompilationLease lease, int attempt, Func<DateTimeOffset> ended)
    {
        using var working = CancellationTokenSource.CreateLinkedTokenSource(job.Token);
        using var done = new CancellationTokenSource();
        var keeping = KeepAsync(lease, working, done.Token);
        try
        {
            var end = attempt > MaxAttempts ? Lost(NoEnd, "")
                : await HasAsync(job, working.Token) ? new CompilationEnd()
                : await CompileAsync(job, takesLong, isForThisNode: false, working.Token);
            await stores.Compilations.EndAsync(lease, end, ended(), CancellationToken.None);
        }
        catch (Exception e) when (e is OperationCanceledException or CompilerUnavailableException)
        {
            await stores.Compilations.ReleaseAsync(lease, CancellationToken.None);
            throw;
        }
        finally
        {
            await done.CancelAsync();
            await keeping;
        }
    }

    private async ValueTask<bool> IsHereAsync(CompileJob job) =>
        await HasAsync(job, job.Token)
        || (failures.TakesStoresCode(job.Component) && await library.FetchAsync(job.Component, job.Token));

    private async ValueTask<bool> HasAsync(CompileJob job, CancellationToken cancellationToken) =>
        !failures.IsOfNoUse(job.Component) && await library.HasAsync(job.Component, cancellationToken);

    /// <summary>Compiles and keeps the code.</summary>
    private async Task<CompilationEnd> CompileAsync(CompileJob job, Action takesLong, bool isForThisNode, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(job, cancellationToken);
        if (bytes is null)
        {
            return new CompilationEnd("The bundle that was published has no such component");
        }

        Compiling(job.Name, bytes.Length, job.PublishedBy, HowLong(bytes.Length));
        var started = Stopwatch.GetTimestamp();
        var result = await TriedAsync(job, bytes, takesLong, cancellationToken);

        // Its code is as large as four of it, and is all that is needed from here on.
        bytes = null;
        if (result is CompileResult.Compiled compiled)
        {
            await library.SaveAsync(job.Component, compiled.Code, job.Purpose == CompileFor.Runs, cancellationToken);
            failures.MadeAnew(job.Component);
        }

        var took = Stopwatch.GetElapsedTime(started);
        var end = result is CompileResult.CompilerLost lost ? Lost(NoCompiler, $" The last time: {lost.How}") : new CompilationEnd(result.Reason);
        if (end.Reason is { } reason)
        {
            // What others have compiled is not refused, whatever this node comes to.
            if (isForThisNode)
            {
                return end;
            }

            CompilationRefused(job.Name, job.PublishedBy, took, reason);
        }
        else
        {
            Compiled(job.Name, job.PublishedBy, took);
        }

        return end;
    }

    /// <summary>Compiles, and again after a pause where the compiler is lost.</summary>
    private async Task<CompileResult> TriedAsync(CompileJob job, byte[] bytes, Action takesLong, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await TimedAsync(bytes, takesLong, cancellationToken);
            if (result is not CompileResult.CompilerLost lost)
            {
                return result;
            }

            job.Losses++;
            CompilerLost(job.Name, job.PublishedBy, job.Losses, MaxAttempts, lost.How);
            if (job.Losses >= MaxAttempts)
            {
                return result;
            }

            // The pause is spent in the large place, so that small ones do not wait for it.
            takesLong();
            await Task.Delay(PauseAfterLoss * job.Losses, time, cancellationToken);
        }
    }

    // By what extensions in JavaScript take on two processors: StarlingMonkey's have 12 MiB, QuickJS's 2.
    private static string HowLong(int bytes) => bytes switch
    {
        < 1 << 20 => "a second or two",
        < 6 << 20 => "some seconds",
        _ => "ten seconds with two processors to itself, and up to a minute on a busy machine",
    };

    private CompilationEnd Lost(string what, string last) =>
        new($"{what}. It is tried again after an hour.{last}", time.GetUtcNow() + LossesCountFor);

    private async Task<CompileResult> TimedAsync(byte[] bytes, Action takesLong, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        CompileResult? result = null;
        try
        {
            return result = await compiler.CompileAsync(bytes, takesLong, cancellationToken);
        }
        finally
        {
            telemetry.Compiled(Stopwatch.GetElapsedTime(started), result?.Word ?? "given-up");
        }
    }

    private async ValueTask<byte[]?> BytesAsync(CompileJob job, CancellationToken cancellationToken)
    {
        foreach (var version in job.Versions)
        {
            if (await source.GetComponentAsync(version, cancellationToken) is { } bytes && Convert.ToHexStringLower(SHA256.HashData(bytes)) == job.Component)
            {
                return bytes;
            }
        }

        return null;
    }

    // Says again and again that this node is still there; a component that was lost all the same is another's.
    private async Task KeepAsync(CompilationLease lease, CancellationTokenSource working, CancellationToken done)
    {
        while (true)
        {
            await Task.Delay(stores.LeaseDuration / 3, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested)
            {
                return;
            }

            try
            {
                if (!await stores.Compilations.ExtendAsync(lease with { Until = time.GetUtcNow() + stores.LeaseDuration }, done))
                {
                    await working.CancelAsync();
                    return;
                }
            }
            catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
            {
                // Another node may take it meanwhile, and both come to the same.
            }
        }
    }
}
