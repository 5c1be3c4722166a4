using Escapement.Extensions;
using Escapement.HostApi.Scheduler;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Wasm.Tests.Imports;

public abstract class SchedulerImportsTests(SandboxIsolation isolation)
{
    // Where guests have answers written.
    private const int Answer = 128;

    private static readonly ScheduleInfo Full = new(
        "id", "/api/sync", "POST", "nightly", "0 2 * * *", "Europe/Berlin", true, "{}",
        "2026-03-02T02:00:00.000Z", "error", "it failed", "2026-03-01T00:00:00.000Z");

    private static readonly ScheduleInfo Bare = new("id", "/api/sync", "POST", null, "0 2 * * *", "UTC", false, null, null, null, null, null);

    [Fact]
    public async Task ListSchedules_Granted_GuestGetsEveryField()
    {
        await using var fixture = new SandboxFixture(isolation);
        fixture.Scheduler.OnList = () => new([Full, Bare], null);

        var memory = await fixture.CallAsync(SchedulerGuests.Lists());

        Assert.Equal((0, 2), (memory.Byte(Answer), memory.Int(Answer + 8)));
        var first = memory.Int(Answer + 4);
        Assert.Equal([Full, Bare], [SchedulerGuests.Schedule(memory, first), SchedulerGuests.Schedule(memory, first + 116)]);
    }

    [Fact]
    public async Task GetSchedule_Granted_GuestGetsIt()
    {
        await using var fixture = new SandboxFixture(isolation);
        fixture.Scheduler.OnGet = id => new(Full with { Id = id }, null);

        var memory = await fixture.CallAsync(SchedulerGuests.Gets());

        Assert.Equal((0, 1), (memory.Byte(Answer), memory.Byte(Answer + 4)));
        Assert.Equal(Full with { Id = "hello" }, SchedulerGuests.Schedule(memory, Answer + 8));
    }

    [Fact]
    public async Task GetSchedule_ThereIsNone_GuestGetsNoneAndNoError()
    {
        await using var fixture = new SandboxFixture(isolation);
        fixture.Scheduler.OnGet = _ => new(null, null);

        var memory = await fixture.CallAsync(SchedulerGuests.Gets());

        Assert.Equal((0, 0), (memory.Byte(Answer), memory.Byte(Answer + 4)));
    }

    [Fact]
    public async Task GetEndpoints_Granted_GuestGetsEveryField()
    {
        await using var fixture = new SandboxFixture(isolation);
        fixture.Scheduler.OnGetEndpoints = () => new([new EndpointInfo("id", "GET", "/api/status", "status", true)], null);

        var memory = await fixture.CallAsync(SchedulerGuests.GetsEndpoints());

        Assert.Equal((0, 1), (memory.Byte(Answer), memory.Int(Answer + 8)));
        var at = memory.Int(Answer + 4);
        Assert.Equal(
            new EndpointInfo("id", "GET", "/api/status", "status", true),
            new EndpointInfo(memory.Text(at), memory.Text(at + 8), memory.Text(at + 16), memory.Text(at + 24), memory.Byte(at + 32) == 1));
    }

    [Fact]
    public async Task Reads_NotGranted_GuestGetsDenied()
    {
        await using var fixture = new SandboxFixture(isolation);
        foreach (var guest in new[] { SchedulerGuests.Lists(), SchedulerGuests.Gets(), SchedulerGuests.GetsEndpoints() })
        {
            var memory = await fixture.CallAsync(guest);

            // The error, and its place in the enum.
            Assert.Equal((1, 3), (memory.Byte(Answer), memory.Byte(Answer + 4)));
        }
    }

    [Fact]
    public async Task CreateSchedule_Granted_HostGetsEveryFieldAndGuestTheId()
    {
        await using var fixture = new SandboxFixture(isolation);
        ScheduleInput? asked = null;
        var id = new ScheduleId(Ids.Next(TimeProvider.System));
        fixture.Scheduler.OnCreate = input =>
        {
            asked = input;
            return Done(id);
        };

        var memory = await fixture.CallAsync(SchedulerGuests.Creates());

        Assert.Equal(new ScheduleInput("POST /api/sync", "0 2 * * *", "Europe/Berlin", false, "nightly", "[1]"), asked);
        Assert.Equal(
            (1, id.ToString(), null, null),
            (memory.Byte(Answer), memory.OptionalText(Answer + 4), memory.OptionalText(Answer + 16), memory.OptionalText(Answer + 28)));
    }

    [Fact]
    public async Task CreateSchedule_TextsOfMegabytes_HasTheHostsAnswerAndNoTrap()
    {
        await using var fixture = new SandboxFixture(isolation);
        ScheduleInput? asked = null;
        fixture.Scheduler.OnCreate = input =>
        {
            asked = input;
            return new ScheduleChange { Kind = ScheduleChangeKind.Invalid, Error = "Payload too large" };
        };
        const string texts = "(i32.const 64) (i32.const 5) (i32.const 64) (i32.const 5) (i32.const 1) (i32.const 1000000) (i32.const 2000000)";
        const string rest = "(i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 1000000) (i32.const 2000000)";
        var guest = new GuestComponent { Pages = 64, Body = $"(call $create {texts} {rest} (i32.const 128)) {GuestComponent.AnswerMemory}" }.ImportCreate();

        var memory = await fixture.CallAsync(guest);

        Assert.Equal((0, "Payload too large"), (memory.Byte(Answer), memory.OptionalText(Answer + 16)));
        Assert.StartsWith(ScheduleMessages.PayloadTooLarge, SchedulePayload.Fault(asked!.Payload!), StringComparison.Ordinal);
        Assert.InRange(asked.Timezone!.Length, ScheduleName.MaxLength + 1, 100_000);
    }

    [Fact]
    public async Task CreateSchedule_Refused_GuestGetsTheMessageOfEachField()
    {
        await using var fixture = new SandboxFixture(isolation);
        fixture.Scheduler.OnCreate = _ => new ScheduleChange
        {
            Kind = ScheduleChangeKind.Invalid,
            Error = "Invalid fields: cron",
            FieldErrors = new Dictionary<string, string> { ["cron"] = "Invalid" },
        };

        var memory = await fixture.CallAsync(SchedulerGuests.Creates());

        Assert.Equal(
            (0, null, "Invalid fields: cron", """{"cron":"Invalid"}"""),
            (memory.Byte(Answer), memory.OptionalText(Answer + 4), memory.OptionalText(Answer + 16), memory.OptionalText(Answer + 28)));
    }

    [Fact]
    public async Task CreateSchedule_NotGranted_GuestGetsTheRefusalAsResult()
    {
        await using var fixture = new SandboxFixture(isolation);

        var memory = await fixture.CallAsync(SchedulerGuests.Creates());

        Assert.Equal(
            (0, null, FakeScheduler.NotGranted, null),
            (memory.Byte(Answer), memory.OptionalText(Answer + 4), memory.OptionalText(Answer + 16), memory.OptionalText(Answer + 28)));
    }

    [Fact]
    public async Task UpdateSchedule_Granted_HostGetsWhatIsGivenAndNullForTheRest()
    {
        await using var fixture = new SandboxFixture(isolation);
        (string Id, ScheduleInput Input)? asked = null;
        fixture.Scheduler.OnUpdate = (id, input) =>
        {
            asked = (id, input);
            return Done(new ScheduleId(Ids.Next(TimeProvider.System)));
        };

        var memory = await fixture.CallAsync(SchedulerGuests.Updates());

        Assert.Equal(("hello", new ScheduleInput(Cron: "0 3 * * *", Enabled: true, Name: "")), asked);
        Assert.Equal((1, null, null), (memory.Byte(Answer), memory.OptionalText(Answer + 4), memory.OptionalText(Answer + 16)));
    }

    [Fact]
    public async Task UpdateSchedule_NotGranted_GuestGetsTheRefusalAsResult()
    {
        await using var fixture = new SandboxFixture(isolation);

        var memory = await fixture.CallAsync(SchedulerGuests.Updates());

        Assert.Equal(
            (0, FakeScheduler.NotGranted, null),
            (memory.Byte(Answer), memory.OptionalText(Answer + 4), memory.OptionalText(Answer + 16)));
    }

    [Fact]
    public async Task DeleteSchedule_Granted_GuestGetsSuccess()
    {
        await using var fixture = new SandboxFixture(isolation);
        fixture.Scheduler.OnDelete = (_, _) => Task.FromResult(Done(new ScheduleId(Ids.Next(TimeProvider.System))));
        var guest = new GuestComponent { Body = "(call $remove (i32.const 64) (i32.const 5) (i32.const 128)) " + GuestComponent.AnswerMemory }.ImportDelete();

        var memory = await fixture.CallAsync(guest);

        Assert.Equal((1, null), (memory.Byte(Answer), memory.OptionalText(Answer + 4)));
    }

    [Fact]
    public async Task Invoke_SchedulerWithoutCapability_GuestGetsTheRefusalAsResult()
    {
        await using var fixture = new SandboxFixture(isolation);
        string? asked = null;
        var answer = fixture.Scheduler.OnDelete;
        fixture.Scheduler.OnDelete = (id, token) =>
        {
            asked = id;
            return answer(id, token);
        };

        // success is the first byte; the error's text is at 128 + 8: the guest checks its length.
        var invoked = await fixture.InvokeAsync(GuestComponent.Deletes("""
            (call $remove (i32.const 64) (i32.const 5) (i32.const 128))
            (if (i32.load8_u (i32.const 128)) (then unreachable))
            (if (i32.ne (i32.load (i32.const 140)) (i32.const 51)) (then unreachable))
            """));
        Assert.IsType<InvocationResult.Responded>(invoked.Result);
        Assert.Equal("hello", asked);
    }

    private static ScheduleChange Done(ScheduleId id) => new()
    {
        Kind = ScheduleChangeKind.Done,
        Schedule = new Schedule
        {
            Id = id,
            Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Ids.Next(TimeProvider.System))),
            Endpoint = new EndpointKey("POST", "/api/sync"),
            Cron = "0 2 * * *",
            TimeZone = "UTC",
            Enabled = true,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            UpdatedAt = TimeProvider.System.GetUtcNow(),
        },
    };

    public sealed class InProcess() : SchedulerImportsTests(SandboxIsolation.InProcess);

    public sealed class InWorkers() : SchedulerImportsTests(SandboxIsolation.Process);
}
