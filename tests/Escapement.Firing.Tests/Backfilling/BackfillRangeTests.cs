using Escapement.Scheduling;

namespace Escapement.Backfilling;

public sealed class BackfillRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-60, 0, null)]
    [InlineData(-60, 1, "to not-past")]
    [InlineData(-10, -10, null)]
    [InlineData(-10, -11, "from reversed")]
    [InlineData(-600, -10, null)]
    [InlineData(-601, -10, "from beyond-horizon")]
    public void FindProblem_OneStepEitherSide_IsNamed(int from, int to, string? problem)
    {
        var found = new BackfillRange(Now.AddMinutes(from), Now.AddMinutes(to), BackfillOf.Missing).FindProblem(Now, Now.AddMinutes(-600));

        Assert.Equal(problem, found is null ? null : $"{found.Path} {found.Code}");
    }

    [Fact]
    public void FindProblem_LedgerIsKeptForEver_ReachesBackToAnything() =>
        Assert.Null(new BackfillRange(Now.AddYears(-9), Now, BackfillOf.Missing).FindProblem(Now, horizon: null));
}
