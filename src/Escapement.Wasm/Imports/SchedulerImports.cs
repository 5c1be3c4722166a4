using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Escapement.Extensions;
using Escapement.HostApi.Scheduler;
using Escapement.Scheduling;
using Wasmtime.Components;
using static Escapement.Wasm.Boundary.Lifting;
using static Escapement.Wasm.Boundary.Lowering;

namespace Escapement.Wasm.Imports;

/// <summary>
/// <c>alga:extension/scheduler</c>: the six operations. Whether the install may is the host API's to say; here is only the
/// shape (contract section 7).
/// </summary>
internal static class SchedulerImports
{
    // What is longer is refused for its length by the rules, which need not see the rest of it. Cut here, for both isolations, so that a call whose
    // text a worker could not pass on has the same answer.
    private const int MostOfAText = 16 << 10;
    private const int MostOfAPayload = SchedulePayload.MaxBytes + 1;

    public static void Define(ComponentLinkerInstance root)
    {
        using var scheduler = new HostInterface(root, "alga:extension/scheduler", Capability.SchedulerManage);
        scheduler.Function("list-schedules", "scheduler.list", static (run, _, results) =>
            results[0] = Result(
                run.Call("scheduler.list", static (ISchedulerHost host, CancellationToken token) => host.ListAsync(token)),
                static schedules => List(schedules, Schedule)));
        scheduler.Function("get-schedule", "scheduler.get", static (run, arguments, results) =>
        {
            var id = Cut(arguments[0].AsString());
            results[0] = Result(
                run.Call("scheduler.get", (ISchedulerHost host, CancellationToken token) => host.GetAsync(id, token)),
                static schedule => Option(schedule, Schedule));
        });
        scheduler.Function("create-schedule", "scheduler.create", static (run, arguments, results) =>
        {
            var input = CreateInput(arguments[0]);
            var made = run.Call("scheduler.create", (ISchedulerHost host, CancellationToken token) => host.CreateAsync(input, token));
            results[0] = Record(
                ("success", ComponentValue.Bool(made.IsDone)),
                ("schedule-id", Option(made.Schedule?.Id.ToString())),
                ("error", Option(made.Error)),
                ("field-errors", FieldErrors(made.FieldErrors)));
        });
        scheduler.Function("update-schedule", "scheduler.update", static (run, arguments, results) =>
        {
            var id = Cut(arguments[0].AsString());
            var input = UpdateInput(arguments[1]);
            var changed = run.Call("scheduler.update", (ISchedulerHost host, CancellationToken token) => host.UpdateAsync(id, input, token));
            results[0] = Record(
                ("success", ComponentValue.Bool(changed.IsDone)),
                ("error", Option(changed.Error)),
                ("field-errors", FieldErrors(changed.FieldErrors)));
        });
        scheduler.Function("delete-schedule", "scheduler.delete", static (run, arguments, results) =>
        {
            var id = Cut(arguments[0].AsString());
            var gone = run.Call("scheduler.delete", (ISchedulerHost host, CancellationToken token) => host.DeleteAsync(id, token));
            results[0] = Record(("success", ComponentValue.Bool(gone.IsDone)), ("error", Option(gone.Error)));
        });
        scheduler.Function("get-endpoints", "scheduler.getEndpoints", static (run, _, results) =>
            results[0] = Result(
                run.Call("scheduler.getEndpoints", static (ISchedulerHost host, CancellationToken token) => host.GetEndpointsAsync(token)),
                static endpoints => List(endpoints, Endpoint)));
    }

    private static ComponentValue Schedule(ScheduleInfo schedule) => Record(
        ("id", Text(schedule.Id)),
        ("endpoint-path", Text(schedule.EndpointPath)),
        ("endpoint-method", Text(schedule.EndpointMethod)),
        ("name", Option(schedule.Name)),
        ("cron", Text(schedule.Cron)),
        ("timezone", Text(schedule.Timezone)),
        ("enabled", ComponentValue.Bool(schedule.Enabled)),
        ("payload", Option(schedule.Payload)),
        ("last-run-at", Option(schedule.LastRunAt)),
        ("last-run-status", Option(schedule.LastRunStatus)),
        ("last-error", Option(schedule.LastError)),
        ("created-at", Option(schedule.CreatedAt)));

    private static ComponentValue Endpoint(EndpointInfo endpoint) => Record(
        ("id", Text(endpoint.Id)),
        ("method", Text(endpoint.Method)),
        ("path", Text(endpoint.Path)),
        ("handler", Text(endpoint.Handler)),
        ("schedulable", ComponentValue.Bool(endpoint.Schedulable)));

    private static ScheduleInput CreateInput(ComponentValue input) => new(
        Cut(input.Field("endpoint").AsString()),
        Cut(input.Field("cron").AsString()),
        Cut(OptionalText(input.Field("timezone"))),
        OptionalBool(input.Field("enabled")),
        Cut(OptionalText(input.Field("name"))),
        CutPayload(OptionalText(input.Field("payload"))));

    private static ScheduleInput UpdateInput(ComponentValue input) => new(
        Cut(OptionalText(input.Field("endpoint"))),
        Cut(OptionalText(input.Field("cron"))),
        Cut(OptionalText(input.Field("timezone"))),
        OptionalBool(input.Field("enabled")),
        Cut(OptionalText(input.Field("name"))),
        CutPayload(OptionalText(input.Field("payload"))));

    // White space around a text counts for nothing, however much there is.
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text) => text?.Length > MostOfAText ? Beginning(text.Trim(), MostOfAText) : text;

    private static string? CutPayload(string? payload) => payload is null ? null : Beginning(payload, MostOfAPayload);

    private static string Beginning(string text, int most) => text.Length > most ? text[..most] : text;

    private static ComponentValue FieldErrors(IReadOnlyDictionary<string, string>? errors) =>
        Option(errors, static e => Text(JsonSerializer.Serialize(e)));
}
