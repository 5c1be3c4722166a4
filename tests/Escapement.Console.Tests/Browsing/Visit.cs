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

    // How large targets are axe looks at only when it is told to.
    private static readonly AxeRunOptions withTargets = new() { Rules = new() { ["target-size"] = new() { Enabled = true } } };

    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentBag<(int Status, string Path)> expected = [];
    private readonly IBrowserContext context;

    private Visit(IBrowserContext context, IPage page, Uri origin)
    {
        (this.context, Page, Origin) = (context, page, origin);
        context.Console += (_, message) => Complain(message);
        context.Dialog += async (_, dialog) =>
        {
            complaints.Enqueue($"a dialog of a script: {dialog.Message}");
            await dialog.DismissAsync();
        };
        context.WebError += (_, error) => complaints.Enqueue($"error of a script: {error.Error}");
        context.RequestFailed += (_, request) => Failed(request);
        context.Response += (_, answer) => Answered(answer);
    }

    public IPage Page { get; }

    public Uri Origin { get; }

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

    /// <summary>Says that requests of a path may be answered so in this test.</summary>
    public void Expect(int status, string path) => expected.Add((status, path));

    /// <summary>Goes to an address of the console.</summary>
    public Task GoAsync(string address) => Page.GotoAsync(address.TrimStart('/'));

    /// <summary>The path below the console's.</summary>
    public string Address => new Uri(Page.Url).PathAndQuery[(Origin.AbsolutePath.Length - 1)..];

    /// <summary>Two frames later what changed is drawn.</summary>
    public Task DrawnAsync() => Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))");

    /// <summary>Fails for whatever keeps somebody from using the page as it is now.</summary>
    public async Task AccessibleAsync()
    {
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

    private void Failed(IRequest request)
    {
        // A page that is left gives up what it was asking for.
        if (request.Failure != "net::ERR_ABORTED")
        {
            complaints.Enqueue($"{request.Method} {request.Url} failed: {request.Failure}");
        }
    }

    private void Answered(IResponse answer)
    {
        if (answer.Status >= 400 && !IsExpected(answer.Status, answer.Url))
        {
            complaints.Enqueue($"{answer.Request.Method} {answer.Url} answered {answer.Status}");
        }
    }

    private bool IsExpected(int status, string url) => expected.Any(e => e.Status == status && url.Contains(e.Path, StringComparison.Ordinal));

    [GeneratedRegex(@"^Failed to load resource: the server responded with a status of (\d+)")]
    private static partial Regex Loading();
}
