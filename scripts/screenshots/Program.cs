using Escapement.Console.Tests.Hosting;
using Escapement.Screenshots;
using Microsoft.Playwright;

// Takes the pictures of the console in docs/guides/images, of the world that ./demo --world shows.
//   dotnet run -c Release --project scripts/screenshots -- [WORLD] [FOLDER] [NAME ...]
var root = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(root, "Escapement.slnx")))
{
    root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("This lies in no folder that holds Escapement.slnx");
}

var world = args is [var named, ..] ? named : Path.Combine(root, ".demo/world");
var folder = args is [_, var other, ..] ? other : Path.Combine(root, "docs/guides/images");
if (!File.Exists(Path.Combine(world, "token")))
{
    Console.Error.WriteLine($"There is no sample world in {world}; ./demo --world --once makes one.");
    return 2;
}

await using var server = await WorldServer.StartAsync(Path.Combine(root, "src/Escapement.Server/bin/Release/net10.0/escapement-server.dll"), world);
using var playwright = await Playwright.CreateAsync();
await using var browser = await SystemChromium.LaunchAsync(playwright);
Directory.CreateDirectory(folder);
var shots = (await Shots.OfAsync(server)).Where(s => args.Length < 3 || args[2..].Contains(s.Name));
foreach (var (shot, theme) in from shot in shots from theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark] select (shot, theme))
{
    await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
    {
        BaseURL = server.Address.ToString(),
        ColorScheme = theme,
        Locale = "en-GB",
        TimezoneId = "Europe/Berlin",
        ReducedMotion = ReducedMotion.Reduce,
        ViewportSize = shot.Narrow ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 720 },
    });
    var page = await context.NewPageAsync();
    if (!shot.Anonymous)
    {
        await SignInAsync(page);
    }

    await page.GotoAsync(shot.Address);
    await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).WaitForAsync();

    // Nothing is read for half a second, and nothing holds its place any more.
    await page.WaitForFunctionAsync("""
        () => {
          const busy = document.querySelector('[role=status][aria-label]') !== null;
          const size = performance.getEntriesByType('resource').length;
          if (busy || window.lastSize !== size) { window.lastSize = size; window.since = performance.now(); return false; }
          return performance.now() - window.since > 700;
        }
        """);
    var file = theme == ColorScheme.Dark ? $"{shot.Name}-dark.png" : $"{shot.Name}.png";
    await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, file), Animations = ScreenshotAnimations.Disabled });
    Console.WriteLine($"  {file}");
}

return 0;

async Task SignInAsync(IPage page)
{
    var signedIn = await page.APIRequest.PostAsync("/api/v1/session", new APIRequestContextOptions
    {
        DataObject = new { token = server.Token },
        Headers = new Dictionary<string, string> { ["x-escapement-console"] = "1", ["origin"] = server.Address.GetLeftPart(UriPartial.Authority) },
    });
    if (!signedIn.Ok)
    {
        throw new InvalidOperationException($"Signing in was answered {signedIn.Status}: {await signedIn.TextAsync()}");
    }
}
