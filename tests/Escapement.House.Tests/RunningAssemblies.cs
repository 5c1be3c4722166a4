namespace Escapement.House.Tests;

/// <summary>The assemblies that this program runs on and with: .NET, ASP.NET Core, and every package that the product uses.</summary>
internal static class RunningAssemblies
{
    public static IReadOnlyList<string> Paths { get; } = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
}
