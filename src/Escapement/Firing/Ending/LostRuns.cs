using System.Globalization;
using Escapement.Runs;

namespace Escapement.Firing.Ending;

/// <summary>The rule for runs whose lease ran out: tried again, with the lost attempt kept, until too many were lost.</summary>
internal static class LostRuns
{
    /// <summary>What becomes of one.</summary>
    /// <param name="run">As it was under way.</param>
    /// <param name="request">The recovery.</param>
    /// <param name="hasInstall">Whether its install is still there.</param>
    /// <param name="hasSchedule">Whether its schedule is still there.</param>
    public static SettledRun Settle(RunningRun run, RecoveryRequest request, bool hasInstall, bool hasSchedule)
    {
        var lost = run.LostAttempts + 1;
        var reason = run.LeaseUntil >= request.StoreAwaySince ? RunReason.StoreLost : RunReason.NodeLost;
        var settled = new SettledRun(run)
        {
            State = RunState.Queued,
            Reason = reason,
            At = request.Now,
            StartedAt = run.StartedAt,
            AvailableAt = request.Now,
            LostAttempts = lost,
        };
        return hasSchedule && lost < request.MaxLostAttempts
            ? settled with
            {
                EarlierAttempts = [.. run.EarlierAttempts, new EndedAttempt(run.Attempt, run.StartedAt, request.Now, reason, run.Node, Text(reason))],
            }
            : settled with
            {
                State = RunState.Abandoned,
                Reason = !hasInstall ? RunReason.InstallRemoved : !hasSchedule ? RunReason.ScheduleDeleted : reason,
                Error = string.Create(CultureInfo.InvariantCulture, $"{Text(reason)}; attempts lost so: {lost}"),
            };
    }

    private static string Text(RunReason reason) => reason == RunReason.StoreLost
        ? "Its node lost the store for longer than its lease"
        : "The node that ran it was lost";
}
