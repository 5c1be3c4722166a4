namespace Escapement.Sharing;

public sealed class SlotRulesTests
{
    [Theory]
    [InlineData(0, 0, false, 6)]
    [InlineData(5, 0, false, 1)]
    [InlineData(6, 0, false, 0)] // the other's two stay, though it wants nothing
    [InlineData(1, 6, false, 1)]
    [InlineData(1, 7, false, 0)]
    [InlineData(3, 2, true, 1)] // the other waits: half for each
    [InlineData(4, 2, true, 0)]
    [InlineData(0, 7, true, 1)] // the other is at its own limit and waits for itself
    public void Room_OfCallsBesideRuns_IsWhatNobodyElseWants(int used, int usedByRuns, bool runsWait, int room) =>
        Assert.Equal(room, SlotRules.Room(8, new SlotShare(6, 1, 3, 2), used, new SlotShare(7, 2, 4, 4), usedByRuns, runsWait));

    [Fact]
    public void Room_BothWaitInEveryStateOfEveryPlan_NoSlotIsIdleAndNoneIsTakenTwice()
    {
        for (var slots = SlotPlan.FewestSlots; slots <= 33; slots++)
        {
            var plan = SlotPlan.Of(slots, new SlotWish(), new SlotWish());
            for (var runs = 0; runs <= plan.Runs.Most; runs++)
            {
                for (var calls = 0; calls <= Math.Min(plan.Calls.Most, slots - runs); calls++)
                {
                    var forRuns = SlotRules.Room(slots, plan.Runs, runs, plan.Calls, calls, otherWaits: true);
                    var forCalls = SlotRules.Room(slots, plan.Calls, calls, plan.Runs, runs, otherWaits: true);

                    Assert.Equal(runs + calls < slots, forRuns + forCalls > 0);
                    Assert.True(runs + calls + Math.Max(forRuns, forCalls) <= slots);
                }
            }
        }
    }

    [Fact]
    public void Room_OneKindTakesAllItCan_TheOthersLastSlotsAreFreeAtOnce()
    {
        for (var slots = SlotPlan.FewestSlots; slots <= 33; slots++)
        {
            var plan = SlotPlan.Of(slots, new SlotWish(), new SlotWish());

            Assert.Equal(plan.Calls.Reserved, SlotRules.Room(slots, plan.Calls, 0, plan.Runs, plan.Runs.Most, otherWaits: true));
            Assert.Equal(plan.Runs.Reserved, SlotRules.Room(slots, plan.Runs, 0, plan.Calls, plan.Calls.Most, otherWaits: true));
        }
    }
}
