namespace Escapement.Sharing;

public sealed class SlotPlanTests
{
    private static readonly SlotWish Nothing = new();

    [Fact]
    public void Of_AnyNumberOfSlots_LeavesOneThatNoTenantHasAndTheLastOnesToEachKind()
    {
        for (var slots = SlotPlan.FewestSlots; slots <= 1_024; slots++)
        {
            var plan = SlotPlan.Of(slots, Nothing, Nothing);

            Assert.True(plan.Runs.PerTenant + plan.Calls.PerTenant < slots, $"{slots}: {plan}");
            Assert.True(plan.Runs.PerTenant < plan.Runs.Most && plan.Calls.PerTenant < plan.Calls.Most, $"{slots}: {plan}");
            Assert.True(plan.Runs.Reserved >= 1 && plan.Calls.Reserved >= 1, $"{slots}: {plan}");
            Assert.Equal((slots - plan.Calls.Reserved, slots - plan.Runs.Reserved), (plan.Runs.Most, plan.Calls.Most));
            Assert.InRange(plan.Calls.PerInstall, 1, plan.Calls.PerTenant);
            Assert.Empty(SlotPlan.FindProblems(slots, Nothing, Nothing));
        }
    }

    [Fact]
    public void Of_EightSlots_IsAsTheReferenceSays() =>
        Assert.Equal(new SlotPlan(8, new SlotShare(7, 2, 4, 4), new SlotShare(6, 1, 3, 2)), SlotPlan.Of(8, Nothing, Nothing));

    [Fact]
    public void Of_OneKindAlone_HasAllSlotsButNotForOneTenant()
    {
        var (runs, calls) = (SlotPlan.Of(8, Nothing, null), SlotPlan.Of(8, null, Nothing));

        Assert.Equal((8, 0, 4), (runs.Runs.Most, runs.Calls.Most, runs.Runs.PerTenant));
        Assert.Equal((8, 0, 3), (calls.Calls.Most, calls.Runs.Most, calls.Calls.PerTenant));
    }

    [Theory]
    [InlineData(7, null)]
    [InlineData(8, null)]
    [InlineData(100_000, null)]
    [InlineData(1, 1)]
    public void Of_MoreRunsAtOnceThanThereIsRoomFor_AreBroughtDownToIt(int wished, int? most) =>
        Assert.Equal(most ?? 7, SlotPlan.Of(8, new SlotWish(Most: wished), Nothing).Runs.Most);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void FindProblems_OneStepEitherSideOfTheFewestSlots_RefusesTooFew(int slots, bool good) =>
        Assert.Equal(good, SlotPlan.FindProblems(slots, Nothing, Nothing).Count == 0);

    [Theory]
    [InlineData(6, null, null, null, null, "")]
    [InlineData(7, null, null, null, null, "Firing:ReservedSlots")]
    [InlineData(null, -1, null, null, null, "Gateway:ReservedSlots")]
    [InlineData(null, 0, null, null, null, "")]
    [InlineData(5, 3, 1, 1, null, "")]
    [InlineData(5, 4, null, null, null, "Gateway:ReservedSlots")]
    [InlineData(null, null, 6, 1, null, "")]
    [InlineData(null, null, 7, 1, null, "Firing:SlotsPerTenant")]
    [InlineData(null, null, 0, null, null, "Firing:SlotsPerTenant")]
    [InlineData(null, null, 4, 3, null, "")]
    [InlineData(null, null, 4, 4, null, "Gateway:SlotsPerTenant")]
    [InlineData(null, null, 1, 5, null, "")]
    [InlineData(null, null, 1, 6, null, "Gateway:SlotsPerTenant")]
    [InlineData(null, null, null, 3, 3, "")]
    [InlineData(null, null, null, 3, 4, "Gateway:SlotsPerInstall")]
    [InlineData(null, null, null, 3, 0, "Gateway:SlotsPerInstall")]
    public void FindProblems_OneStepEitherSideOfEachLimitOfEightSlots_NamesTheSetting(
        int? forRuns, int? forCalls, int? runsOfTenant, int? callsOfTenant, int? callsOfInstall, string named)
    {
        var problems = SlotPlan.FindProblems(8, new SlotWish(null, forRuns, runsOfTenant), new SlotWish(null, forCalls, callsOfTenant, callsOfInstall));

        Assert.Equal(named.Length == 0 ? [] : [named], problems.Select(p => p.Path).Distinct());
        Assert.All(problems, p => Assert.StartsWith($"{named} must be ", p.Message, StringComparison.Ordinal));
    }
}
