using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Wasm.Tests.Engines;

/// <summary>An extension does the same on each JavaScript engine that it can be built with, and where it does not, the guide says so.</summary>
public sealed class EngineTests
{
    private static readonly string[] Engines = [EngineGuest.StarlingMonkey, EngineGuest.QuickJs];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string, string> Attempts => new(EngineGuest.Endings.SelectMany(_ => Engines, (ending, engine) => (engine, ending.Key)));

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Attempt_EitherEngine_EndsAsWritten(string engine, string name)
    {
        await using var guest = new EngineGuest(engine);
        var expected = EngineGuest.Endings[name]!;
        Assert.Equal(expected["ending"]!.ToJsonString(Readable), Describe(await guest.TryAsync(name, (string?)expected["body"])));
    }

    [Theory]
    [InlineData(EngineGuest.StarlingMonkey)]
    [InlineData(EngineGuest.QuickJs)]
    public async Task Schedules_FieldsThatAreAbsent_AreNotInTheirJson(string engine)
    {
        await using var guest = new EngineGuest(engine, capabilities: Capability.SchedulerManage);
        guest.Scheduler.OnGet = _ => new(null, null);
        guest.Scheduler.OnList = () => new([new("s-1", "/a", "POST", null, "0 9 * * *", "UTC", true, "{}", null, null, null, null)], null);
        guest.Scheduler.OnGetEndpoints = () => new([new("e-1", "POST", "/a", "a", true)], null);
        var expected = JsonNode.Parse("""
            {
              "status": 200,
              "body": {
                "missing": null,
                "all": [
                  {
                    "id": "s-1", "endpointPath": "/a", "endpointMethod": "POST", "cron": "0 9 * * *", "timezone": "UTC", "enabled": true, "payload": "{}"
                  }
                ],
                "endpoints": [{ "id": "e-1", "method": "POST", "path": "/a", "handler": "a", "schedulable": true }]
              }
            }
            """);
        Assert.Equal(expected!.ToJsonString(Readable), Describe(await guest.TryAsync("schedules")));
    }

    [Theory]
    [InlineData(EngineGuest.StarlingMonkey)]
    [InlineData(EngineGuest.QuickJs)]
    public async Task Random_TwoRuns_DrawOtherNumbers(string engine)
    {
        await using var guest = new EngineGuest(engine);
        Assert.NotEqual(Describe(await guest.TryAsync("chance")), Describe(await guest.TryAsync("chance")));
    }

    [Theory]
    [InlineData(EngineGuest.StarlingMonkey)]
    [InlineData(EngineGuest.QuickJs)]
    public async Task Loop_OfJobs_EndsAsTimeOut(string engine)
    {
        await using var guest = new EngineGuest(engine, o => o.TimeLimit = TimeSpan.FromMilliseconds(500));
        Assert.Equal(RunReason.TimeOut, SandboxFixture.Failed(await guest.TryAsync("spins")).Reason);
    }

    [Theory]
    [InlineData(EngineGuest.StarlingMonkey)]
    [InlineData(EngineGuest.QuickJs)]
    public async Task Memory_MoreThanAllowed_EndsAsOutOfMemory(string engine)
    {
        await using var guest = new EngineGuest(engine);
        Assert.Equal(RunReason.OutOfMemory, SandboxFixture.Failed(await guest.TryAsync("fills")).Reason);
    }

    [Theory]
    [InlineData(EngineGuest.StarlingMonkey, "never", "event loop error")]
    [InlineData(EngineGuest.QuickJs, "never", "The handler waits for a promise that nothing settles any more.")]
    [InlineData(EngineGuest.QuickJs, "unseen", "The handler waits for a promise that nothing settles any more.")]
    public async Task Wait_ForWhatNeverComes_EndsAndIsLogged(string engine, string name, string logged)
    {
        await using var guest = new EngineGuest(engine);
        var invoked = await guest.TryAsync(name);
        Assert.False(invoked.Result is InvocationResult.Responded { Response.Status: < 500 });
        Assert.Contains(logged, Assert.Single(invoked.Evidence.Log).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QuickJs_TimersThatAreDue_Fire()
    {
        await using var guest = new EngineGuest(EngineGuest.QuickJs);
        Assert.Equal("""{"status":200,"body":["number","interval 3","interval 2","interval 1","first"]}""", Describe(await guest.TryAsync("timers")));
    }

    [Fact]
    public async Task QuickJs_EndlessRecursion_EndsAsTrap()
    {
        await using var guest = new EngineGuest(EngineGuest.QuickJs);
        Assert.Contains("call stack is exhausted", SandboxFixture.Failed(await guest.TryAsync("deep")).Message, StringComparison.Ordinal);
    }

    /// <summary>The answer or the failure, and of each log line its first; stacks differ between engines.</summary>
    private static string Describe(Invoked invoked)
    {
        var ending = new JsonObject();
        if (invoked.Result is InvocationResult.Responded { Response: var response })
        {
            ending["status"] = response.Status;
            ending["body"] = response.Body is { Length: > 0 } body ? Parse(Encoding.UTF8.GetString(body.Span)) : response.Body?.Length;
        }
        else
        {
            var failed = SandboxFixture.Failed(invoked);
            ending["failed"] = $"{failed.Reason}: {failed.Message.Split(" error while")[0]}";
        }

        var log = invoked.Evidence.Log.Where(line => line.Level != "stderr").Select(line => $"{line.Level}: {line.Message.Split('\n')[0]}").ToArray();
        if (log.Length > 0)
        {
            ending["log"] = new JsonArray([.. log]);
        }

        return ending.ToJsonString(Readable);
    }

    private static JsonNode? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
