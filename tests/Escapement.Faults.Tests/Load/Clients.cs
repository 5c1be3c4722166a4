using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.Faults.Tests.Checking;
using Escapement.Faults.Tests.Cluster;

namespace Escapement.Faults.Tests.Load;

/// <summary>
/// Admins at work while nodes fall over: they create, change, delete and run schedules through whichever node, and remember what they
/// were answered, and what they were not.
/// </summary>
internal sealed class Clients(TestCluster cluster, IReadOnlyList<string> installs, int seed, int wanted)
{
    private const int Workers = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly List<Held> schedules = [];
    private readonly HashSet<string> names = [];
    private readonly List<Guid> runNows = [];
    private CancellationTokenSource stop = new();
    private Task working = Task.CompletedTask;
    private int made;

    /// <summary>Changes that were asked for and not answered.</summary>
    public int Unanswered { get; private set; }

    /// <summary>What is known now; only while nobody works.</summary>
    public Answers Answers => new(schedules.ToDictionary(s => s.Story.Id, s => s.Story), names, runNows);

    public void Begin()
    {
        stop = new CancellationTokenSource();
        working = Task.WhenAll(Enumerable.Range(0, Workers).Select(n => Task.Run(() => WorkAsync(new Random(seed + (1_000 * n) + made), stop.Token))));
    }

    /// <summary>Lets what is asked be answered or given up, and asks nothing more.</summary>
    public async Task EndAsync()
    {
        await stop.CancelAsync();
        await working;
    }

    /// <summary>Makes the first schedules, with all nodes well.</summary>
    public Task FillAsync(Random random) => Parallel.ForAsync(0, wanted, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
    {
        Random own;
        lock (gate)
        {
            own = new Random(random.Next());
        }

        await CreateAsync(own, installs[n % installs.Count]);
    });

    /// <summary>
    /// With all nodes well: takes what guests made, or what was made without an answer, into the same care as the rest; and deletes
    /// what is in doubt and what is too much, so that a long run stays under the same load and what is checked stays certain.
    /// </summary>
    public async Task TidyAsync(Random random)
    {
        foreach (var install in installs)
        {
            var known = schedules.Select(s => s.Story.Id).ToHashSet();
            var there = (await AskAsync(random, HttpMethod.Get, $"{install}/schedules", body: null, HttpStatusCode.OK)).Body;
            foreach (var schedule in there?["items"]!.AsArray().Where(s => !known.Contains(Guid.Parse((string)s!["id"]!))) ?? [])
            {
                schedules.Add(Held.Of(install, schedule!));
            }
        }

        var tooMany = Active - wanted;
        foreach (var held in schedules.FindAll(s => s.Story is { Deleted: false, UncertainFrom: not null } || (s.Story.UncertainFrom is null && tooMany-- > 0)))
        {
            await DeleteAsync(random, held);
        }
    }

    private async Task WorkAsync(Random random, CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            await (random.Next(100) switch
            {
                < 25 => Active < wanted ? CreateAsync(random, random.Of(installs)) : RunNowAsync(random),
                < 55 => RunNowAsync(random),
                < 92 => ChangeAsync(random),
                _ => DeleteAsync(random),
            });
            await Task.Delay(Pause, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private int Active
    {
        get
        {
            lock (gate)
            {
                return schedules.Count(s => s.Story.UncertainFrom is null);
            }
        }
    }

    private async Task CreateAsync(Random random, string install)
    {
        var name = $"client-{Interlocked.Increment(ref made)}";
        var (cron, zone) = (random.Of(Rhythms.Crons), random.Of(Rhythms.Zones));
        lock (gate)
        {
            names.Add(name);
        }

        var (endpoint, payload) = random.Next(10) switch
        {
            0 => ("POST /api/make", $$"""{"cron":"{{random.Of(Rhythms.Crons)}}"}"""),
            < 5 => ("POST /api/work", """{"a":[1,2]}"""),
            _ => ("GET /api/work", (string?)null),
        };
        var asked = new { endpoint, cron, timezone = zone, name, payload };
        if (await AskAsync(random, HttpMethod.Post, $"{install}/schedules", asked, HttpStatusCode.Created) is { Body: { } answer })
        {
            lock (gate)
            {
                schedules.Add(Held.Of(install, answer));
            }
        }
    }

    private async Task ChangeAsync(Random random)
    {
        if (Take(random) is not { } held)
        {
            return;
        }

        var rule = held.Story.Rules[^1];
        var what = random.Next(3);
        var (cron, enabled) = (what == 1 ? random.Of(Rhythms.Crons) : rule.Cron, what == 2 ? !rule.Enabled : rule.Enabled || random.Next(2) == 0);
        var keeps = (cron, enabled) == (rule.Cron, rule.Enabled);
        object body = keeps ? new { payload = $$"""{"cron":"{{random.Of(Rhythms.Crons)}}"}""" } : new { cron, enabled };
        var asked = cluster.ShownNow;
        var answer = await AskAsync(random, HttpMethod.Patch, held.Path, body, HttpStatusCode.OK);
        lock (gate)
        {
            if (answer is { Body: { } changed } && keeps)
            {
                held.Story.Touch((long)changed["revision"]!);
            }
            else if (answer is { Body: { } stored })
            {
                held.Story.Change((DateTimeOffset)stored["updatedAt"]!, (DateTimeOffset?)stored["lastDueAt"], cron, enabled, (long)stored["revision"]!);
            }
            else if (answer is { WasRefused: false })
            {
                held.Story.Doubt(asked, cron, enabled);
            }

            held.IsTaken = false;
        }
    }

    private async Task DeleteAsync(Random random)
    {
        if (Take(random) is { } held)
        {
            await DeleteAsync(random, held);
        }
    }

    private async Task DeleteAsync(Random random, Held held)
    {
        var asked = cluster.ShownNow;
        var answer = await AskAsync(random, HttpMethod.Delete, held.Path, body: null, HttpStatusCode.NoContent);
        lock (gate)
        {
            // Refused is only one that an earlier delete took, which got no answer.
            held.Story.Delete(asked, answered: answer.Body is not null || answer.WasRefused);
            held.IsTaken = false;
        }
    }

    private async Task RunNowAsync(Random random)
    {
        if (Take(random) is { } held)
        {
            var answer = await AskAsync(random, HttpMethod.Post, $"{held.Path}/run-now", body: null, HttpStatusCode.Accepted);
            lock (gate)
            {
                if (answer is { Body: { } queued })
                {
                    runNows.Add(Guid.Parse((string)queued["id"]!));
                }

                held.IsTaken = false;
            }
        }
    }

    // One change at a time for each schedule, and none once its state is in doubt: what its row must be stays certain.
    private Held? Take(Random random)
    {
        lock (gate)
        {
            var free = schedules.FindAll(s => !s.IsTaken && s.Story.UncertainFrom is null);
            var taken = free.Count == 0 ? null : random.Of(free);
            taken?.IsTaken = true;
            return taken;
        }
    }

    private async Task<Answer> AskAsync(Random random, HttpMethod method, string path, object? body, HttpStatusCode expected)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using var answer = await cluster.Node(random.Next(TestCluster.Size)).Client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == expected)
            {
                return new Answer(text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject(), WasRefused: false);
            }

            // Of what the server says went wrong with itself it does not know whether it was stored.
            Assert.True((int)answer.StatusCode is >= 500 or 404 or 409 or 422 or 429, $"{method} {path}: {answer.StatusCode} {text}");
            return Count(new Answer(null, WasRefused: (int)answer.StatusCode < 500));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return Count(new Answer(null, WasRefused: false));
        }
    }

    private Answer Count(Answer answer)
    {
        lock (gate)
        {
            Unanswered += answer.WasRefused ? 0 : 1;
        }

        return answer;
    }

    private sealed record Answer(JsonObject? Body, bool WasRefused);

    private sealed class Held(string path, ScheduleStory story)
    {
        public string Path => path;

        public ScheduleStory Story => story;

        public bool IsTaken { get; set; }

        /// <summary>A schedule that nobody has changed yet, as the API shows it.</summary>
        public static Held Of(string install, JsonNode schedule)
        {
            var rule = new Rule((DateTimeOffset)schedule["createdAt"]!, (string)schedule["cron"]!, (string)schedule["timezone"]!, (bool)schedule["enabled"]!);
            return new Held($"{install}/schedules/{schedule["id"]}", new ScheduleStory(Guid.Parse((string)schedule["id"]!), rule));
        }
    }
}
