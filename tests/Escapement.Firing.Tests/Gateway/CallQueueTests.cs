using CsCheck;
using Escapement.Sharing;

namespace Escapement.Gateway;

public sealed class CallQueueTests
{
    private static readonly GatewayOptions Options = new() { MaxWaiting = 6, MaxWaitingPerTenant = 3, MaxWaitingPerInstall = 2 };
    private static readonly SlotShare Share = new(Most: 8, Reserved: 1, PerTenant: 2, PerInstall: 1);

    // Three tenants with two installs each.
    private static readonly InstallScope[] Scopes =
        [.. from t in Enumerable.Range(0, 3) from i in Enumerable.Range(0, 2) select new InstallScope(TenantId.Parse($"t{t}"), new InstallId(Guid.NewGuid()))];

    [Theory]
    [InlineData(2, 0, 0, 0, CallRefusal.Install)]
    [InlineData(2, 1, 0, 1, CallRefusal.Tenant)]
    [InlineData(2, 1, 2, 4, null)]
    public void Enter_OneMoreThanTheQueueOf_IsRefusedByThatQueue(int ofFirst, int ofSecond, int ofThird, int next, CallRefusal? refusal)
    {
        var queue = new CallQueue(Options, Share);
        foreach (var (scope, count) in new[] { (0, ofFirst), (1, ofSecond), (2, ofThird) })
        {
            Assert.All(Enumerable.Range(0, count), _ => Assert.Null(queue.Enter(new QueuedCall(Scopes[scope]))));
        }

        Assert.Equal(refusal, queue.Enter(new QueuedCall(Scopes[next])));
    }

    [Fact]
    public void Enter_NodesQueueIsFull_IsRefusedToTenantsWithRoomToo()
    {
        var queue = new CallQueue(Options, Share);
        Assert.All([0, 0, 1, 2, 2, 3], scope => Assert.Null(queue.Enter(new QueuedCall(Scopes[scope]))));

        Assert.Equal((CallRefusal.Node, 6), (queue.Enter(new QueuedCall(Scopes[4])), queue.Waiting));
    }

    [Fact]
    public void Next_TenantsWithManyAndFew_ComeInTurn()
    {
        var queue = new CallQueue(new GatewayOptions(), new SlotShare(100, 0, 100, 100));
        var calls = new[] { 0, 0, 0, 1, 2, 2, 4 }.Select(s => new QueuedCall(Scopes[s])).ToList();
        calls.ForEach(c => Assert.Null(queue.Enter(c)));
        calls.ForEach(queue.Await);

        Assert.Equal(
            ["t0", "t1", "t2", "t0", "t1", "t0", "t0"],
            Enumerable.Range(0, 7).Select(_ => queue.Next()!.Scope.Tenant.Value));
        Assert.Null(queue.Next());
    }

    [Fact]
    public void Next_InstallAtItsLimit_LetsTheTenantsOtherInstallPass()
    {
        var queue = new CallQueue(Options, Share);
        var calls = new[] { 0, 0, 1 }.Select(s => new QueuedCall(Scopes[s])).ToList();
        calls.ForEach(c => queue.Enter(c));
        calls.ForEach(queue.Await);

        Assert.Same(calls[0], queue.Next());
        Assert.Same(calls[2], queue.Next());
        Assert.Null(queue.Next());
        queue.Leave(calls[0]);
        Assert.Same(calls[1], queue.Next());
    }

    // The slow model is the specification: one list of calls, in the order in which they came, and when each tenant had its last turn.
    [Fact]
    public void Queue_AnyOrderOfComingAndGoing_DoesAsTheSlowModel() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1_000]).List[1, 120].Sample(steps =>
        {
            var queue = new CallQueue(Options, Share);
            var model = new Model();
            var known = new List<QueuedCall>();
            foreach (var (step, pick) in steps)
            {
                var call = known.Count > 0 ? known[pick % known.Count] : null;
                switch (step)
                {
                    case 0:
                        var coming = new QueuedCall(Scopes[pick % Scopes.Length]);
                        var refusal = queue.Enter(coming);
                        Assert.Equal(model.Enter(coming), refusal);
                        if (refusal is null)
                        {
                            known.Add(coming);
                        }

                        break;
                    case 1 when call is { Step: CallStep.Entered }:
                        queue.Await(call);
                        model.Await(call);
                        break;
                    case 2:
                        Assert.Same(model.Next(), queue.Next());
                        break;
                    case 3 when call is not null:
                        known.Remove(call);
                        Assert.Equal(model.Leave(call), queue.Leave(call));
                        break;
                }

                Assert.Equal(model.Waiting, queue.Waiting);
            }

            known.ForEach(c => queue.Leave(c));
            Assert.Equal((0, null), (queue.Waiting, queue.Peek()));
        });

    private sealed class Model
    {
        private readonly List<QueuedCall> entered = [];
        private readonly List<QueuedCall> line = [];
        private readonly List<QueuedCall> running = [];
        private readonly Dictionary<TenantId, int> turns = [];
        private int clock;

        public int Waiting => entered.Count + line.Count;

        public CallRefusal? Enter(QueuedCall call)
        {
            int Of(Func<QueuedCall, bool> whose) => entered.Count(whose) + line.Count(whose);
            if (Of(c => c.Scope == call.Scope) >= Options.MaxWaitingPerInstall)
            {
                return CallRefusal.Install;
            }

            if (Of(c => c.Scope.Tenant == call.Scope.Tenant) >= Options.MaxWaitingPerTenant)
            {
                return CallRefusal.Tenant;
            }

            if (Waiting >= Options.MaxWaiting)
            {
                return CallRefusal.Node;
            }

            entered.Add(call);
            return null;
        }

        public void Await(QueuedCall call)
        {
            entered.Remove(call);
            if (!line.Exists(c => c.Scope.Tenant == call.Scope.Tenant))
            {
                turns[call.Scope.Tenant] = clock++;
            }

            line.Add(call);
        }

        public QueuedCall? Next()
        {
            var next = line
                .Where(c => running.Count(r => r.Scope.Tenant == c.Scope.Tenant) < Share.PerTenant && running.Count(r => r.Scope == c.Scope) < Share.PerInstall)
                .MinBy(c => turns[c.Scope.Tenant]);
            if (next is not null)
            {
                line.Remove(next);
                running.Add(next);
                turns[next.Scope.Tenant] = clock++;
            }

            return next;
        }

        public bool Leave(QueuedCall call)
        {
            var hadSlot = running.Remove(call);
            entered.Remove(call);
            line.Remove(call);
            return hadSlot;
        }
    }
}
