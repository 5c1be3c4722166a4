using Escapement.HostApi.Scheduler;

namespace Escapement.Wasm.Tests.Imports;

/// <summary>Guests that call one operation of the scheduler and have its answer written to address 128.</summary>
internal static class SchedulerGuests
{
    private const string Errors = """
        (type $e0 (enum "not-found" "validation-failed" "quota-exceeded" "denied" "internal"))
        (export "scheduler-error" (type $e (eq $e0)))
        """;

    private const string Schedules = Errors + """
        (type $s0 (record (field "id" string) (field "endpoint-path" string) (field "endpoint-method" string) (field "name" (option string))
          (field "cron" string) (field "timezone" string) (field "enabled" bool) (field "payload" (option string))
          (field "last-run-at" (option string)) (field "last-run-status" (option string)) (field "last-error" (option string))
          (field "created-at" (option string))))
        (export "schedule-info" (type $s (eq $s0)))
        """;

    private const string Endpoints = Errors + """
        (type $p0 (record (field "id" string) (field "method" string) (field "path" string) (field "handler" string) (field "schedulable" bool)))
        (export "endpoint-info" (type $p (eq $p0)))
        """;

    public static GuestComponent Lists() =>
        Calls("$call (i32.const 128)").Import(
            "alga:extension/scheduler", Schedules, "list-schedules", "(result (result (list $s) (error $e)))", "(param i32)", "call");

    public static GuestComponent Gets() =>
        Calls("$call (i32.const 64) (i32.const 5) (i32.const 128)").Import(
            "alga:extension/scheduler",
            Schedules,
            "get-schedule",
            """(param "schedule-id" string) (result (result (option $s) (error $e)))""",
            "(param i32 i32 i32)",
            "call");

    public static GuestComponent GetsEndpoints() =>
        Calls("$call (i32.const 128)").Import(
            "alga:extension/scheduler", Endpoints, "get-endpoints", "(result (result (list $p) (error $e)))", "(param i32)", "call");

    public static GuestComponent Creates()
    {
        var data = new GuestData();
        return Calls(
            $"""
            $create {Text("POST /api/sync")} {Text("0 2 * * *")} (i32.const 1) {Text("Europe/Berlin")} (i32.const 1) (i32.const 0)
              (i32.const 1) {Text("nightly")} (i32.const 1) {Text("[1]")} (i32.const 128)
            """,
            data).ImportCreate();

        string Text(string text)
        {
            var (at, length) = data.Text(text);
            return $"(i32.const {at}) (i32.const {length})";
        }
    }

    public static GuestComponent Updates()
    {
        // Too many parameters to be passed one by one: they lie in memory. Each option is a word that says whether it is there, and what
        // is there; for the flag both are in one word.
        var data = new GuestData();
        var (cron, cronLength) = data.Text("0 3 * * *");
        var parameters = data.Words(64, 5, 0, 0, 0, 1, cron, cronLength, 0, 0, 0, 0x0101, 1, 0, 0, 0, 0, 0);
        return Calls($"$call (i32.const {parameters}) (i32.const 128)", data).Import(
            "alga:extension/scheduler",
            """
            (type $i0 (record (field "endpoint" (option string)) (field "cron" (option string)) (field "timezone" (option string))
              (field "enabled" (option bool)) (field "name" (option string)) (field "payload" (option string))))
            (export "update-schedule-input" (type $i (eq $i0)))
            (type $r0 (record (field "success" bool) (field "error" (option string)) (field "field-errors" (option string))))
            (export "update-schedule-result" (type $r (eq $r0)))
            """,
            "update-schedule",
            """(param "schedule-id" string) (param "input" $i) (result $r)""",
            "(param i32 i32)",
            "call");
    }

    /// <summary>The record at an address.</summary>
    public static ScheduleInfo Schedule(GuestMemory memory, int at) => new(
        memory.Text(at),
        memory.Text(at + 8),
        memory.Text(at + 16),
        memory.OptionalText(at + 24),
        memory.Text(at + 36),
        memory.Text(at + 44),
        memory.Byte(at + 52) == 1,
        memory.OptionalText(at + 56),
        memory.OptionalText(at + 68),
        memory.OptionalText(at + 80),
        memory.OptionalText(at + 92),
        memory.OptionalText(at + 104));

    private static GuestComponent Calls(string call, GuestData? data = null) =>
        new() { Data = (data ?? new GuestData()).ToString(), Body = $"(call {call}) {GuestComponent.AnswerMemory}" };
}
