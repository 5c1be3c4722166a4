namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>The JavaScript engines that an extension can be built with.</summary>
internal static class Engine
{
    public const string Default = StarlingMonkey;
    public const string StarlingMonkey = "starlingmonkey";
    public const string QuickJs = "quickjs";
}
