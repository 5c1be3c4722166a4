using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Escapement.Console.Tests.Browsing;

/// <summary>
/// A tab of a browser of its own, with whatever is opened beside it. At its end it fails the test for whatever the browser said in its console, which
/// violations of the Content-Security-Policy are among, for errors of scripts, for requests that failed and for answers that nobody expected.
/// </summary>
internal sealed partial class Visit : IAsyncDisposable
{
    /// <summary>Where its browser is.</summary>
    public const string TimeZone = "Europe/Berlin";

    // A machine can be busy; a page that asks without an end is none that anything could be said of.
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    // How large targets are axe looks at only when it is told to.
    private static readonly AxeRunOptions withTargets = new() { Rules = new() { ["target-size"] = new() { Enabled = true } } };

    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentBag<(int Status, string Path)> expected = [];
    private readonly ConcurrentDictionary<IRequest, string> underWay = new();
    private readonly IBrowserContext context;
    private int asked;

    private Visit(IBrowserContext context, IPage page, Uri origin)
    {
        (this.context, Page, Origin) = (context, page, origin);
        context.Console += (_, message) => Complain(message);
        context.Dialog += async (_, dialog) =>
        {
            if (dialog.Type == DialogType.BeforeUnload)
            {
                AskedToStay++;
            }
            else
            {
                complaints.Enqueue($"a dialog of a script: {dialog.Message}");
            }

            await dialog.DismissAsync();
        };
        context.WebError += (_, error) => complaints.Enqueue($"error of a script: {error.Error}");
        context.Request += (_, request) => Asked(request);
        context.RequestFinished += (_, request) => underWay.TryRemove(request, out string? _);
        context.RequestFailed += (_, request) => Failed(request);
        context.Response += (_, answer) => Answered(answer);
    }

    public IPage Page { get; }

    public Uri Origin { get; }

    /// <summary>How often the browser asked before it left a page, which it did not then.</summary>
    public int AskedToStay { get; private set; }

    /// <summary>Opens one.</summary>
    /// <param name="browser">Which.</param>
    /// <param name="origin">Where the console lies, with a slash at its end.</param>
    /// <param name="dark">In the dark.</param>
    /// <param name="narrow">On a phone.</param>
    public static async Task<Visit> OpenAsync(IBrowser browser, Uri origin, bool dark = false, bool narrow = false)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = origin.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = "en-GB",
            TimezoneId = TimeZone,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = narrow ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 800 },
        });
        return new Visit(context, await context.NewPageAsync(), origin);
    }

    /// <summary>What the clocks show there at an instant.</summary>
    public static DateTimeOffset TimeOf(DateTimeOffset at) => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(at, TimeZone);

    /// <summary>Says that requests of a path may be answered so in this test.</summary>
    public void Expect(int status, string path) => expected.Add((status, path));

    /// <summary>Goes to an address of the console.</summary>
    public Task GoAsync(string address) => Page.GotoAsync(address.TrimStart('/'));

    /// <summary>The path below the console's.</summary>
    public string Address => new Uri(Page.Url).PathAndQuery[(Origin.AbsolutePath.Length - 1)..];

    /// <summary>Two frames later what changed is drawn.</summary>
    public Task DrawnAsync() => Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))");

    /// <summary>
    /// Waits until the page has everything: it asks for nothing, not for parts of itself either, nothing on it holds the place of what is to come, and two
    /// frames later, with nothing left to do, that is still so. The stream of events has no end that could be waited for.
    /// </summary>
    public async Task LoadedAsync()
    {
        await Assertions.Expect(Page.Locator("h1").First).ToBeVisibleAsync();
        var began = TimeProvider.System.GetTimestamp();
        bool loaded;
        do
        {
            var before = Volatile.Read(ref asked);
            var quiet = underWay.IsEmpty;
            var places = await Page.EvaluateAsync<int>("""
                () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(
                  () => done(document.querySelectorAll('main [aria-label=Loading]').length)))))
                """);
            loaded = quiet && places == 0 && underWay.IsEmpty && before == Volatile.Read(ref asked);
            Assert.True(
                loaded || TimeProvider.System.GetElapsedTime(began) < patience, $"{places} places are held, asked for: {string.Join(", ", underWay.Values)}");
        }
        while (!loaded);
    }

    /// <summary>Fails for whatever keeps somebody from using the page as it is once it has everything.</summary>
    public async Task AccessibleAsync()
    {
        await LoadedAsync();
        var result = await Page.RunAxe(withTargets);
        var violations = result.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join("; ", v.Nodes.Select(n => n.Html))}");
        Assert.True(result.Violations.Length == 0, string.Join('\n', violations));
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(complaints);
    }

    private void Complain(IConsoleMessage message)
    {
        // What the browser itself says of an answer that was expected.
        if (Loading().Match(message.Text) is { Success: true } failed && IsExpected(int.Parse(failed.Groups[1].Value), message.Location))
        {
            return;
        }

        complaints.Enqueue($"{message.Type} in the console: {message.Text} ({message.Location})");
    }

    private void Asked(IRequest request)
    {
        // The end of a shared worker's script is not always told.
        if (request.ResourceType != "eventsource" && !Worker().IsMatch(request.Url))
        {
            Interlocked.Increment(ref asked);
            underWay[request] = request.Url;
        }
    }

    private void Failed(IRequest request)
    {
        underWay.TryRemove(request, out string? _);
        // A page that is left gives up what it was asking for.
        if (request.Failure != "net::ERR_ABORTED")
        {
            complaints.Enqueue($"{request.Method} {request.Url} failed: {request.Failure}");
        }
    }

    private void Answered(IResponse answer)
    {
        // What a page was asking for that is left is given up, which is not always told.
        if (answer.Request.IsNavigationRequest)
        {
            foreach (var left in underWay.Keys.Where(r => r != answer.Request))
            {
                underWay.TryRemove(left, out string? _);
            }
        }

        if (answer.Status >= 400 && !IsExpected(answer.Status, answer.Url))
        {
            complaints.Enqueue($"{answer.Request.Method} {answer.Url} answered {answer.Status}");
        }
    }

    private bool IsExpected(int status, string url) => expected.Any(e => e.Status == status && url.Contains(e.Path, StringComparison.Ordinal));

    [GeneratedRegex("/assets/worker-[^/]*[.]js$")]
    private static partial Regex Worker();

    [GeneratedRegex(@"^Failed to load resource: the server responded with a status of (\d+)")]
    private static partial Regex Loading();
}
