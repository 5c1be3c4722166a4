using System.Text.RegularExpressions;
using Escapement.HostApi;
using Escapement.HostApi.Scheduler;
using Escapement.Wasm.Boundary;

namespace Escapement.Wasm.Tests.Boundary;

public sealed partial class ErrorsTests
{
    [Fact]
    public void Of_EveryErrorOfEveryCapability_IsNamedAsInTheWit()
    {
        var wit = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "extension.wit"));
        var inTheWit = WitEnum().Matches(wit).ToDictionary(m => m.Groups[1].Value, m => WitName().Matches(m.Groups[2].Value).Select(n => n.Value).Order());
        var enums = ErrorsOfCapabilities().ToList();

        Assert.Contains(typeof(SchedulerError), enums);
        Assert.All(enums, e => Assert.Equal(inTheWit[e.Name.Replace("Error", "-error", StringComparison.Ordinal).ToLowerInvariant()], Names(e)));
    }

    [Fact]
    public void Of_ErrorWithoutAName_IsInternal() => Assert.Equal("internal", Errors.Of((SchedulerError)99).Payload!.AsEnum());

    private static IEnumerable<Type> ErrorsOfCapabilities() =>
        from type in typeof(IHostApi).Assembly.GetTypes()
        where type.IsInterface && type.Namespace!.StartsWith("Escapement.HostApi", StringComparison.Ordinal)
        from method in type.GetMethods()
        from answer in method.ReturnType.GetGenericArguments()
        where answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(HostAnswer<,>)
        group answer by answer.GetGenericArguments()[1] into answers
        select answers.Key;

    private static IEnumerable<string> Names(Type error)
    {
        var of = typeof(Errors).GetMethod(nameof(Errors.Of))!.MakeGenericMethod(error);
        return Enum.GetValues(error).Cast<object>().Select(e => ((Wasmtime.Components.ComponentValue)of.Invoke(null, [e])!).Payload!.AsEnum()).Order();
    }

    [GeneratedRegex(@"enum ([a-z0-9-]+) \{([^}]*)\}")]
    private static partial Regex WitEnum();

    [GeneratedRegex("(?<=^ *)[a-z-]+(?=,$)", RegexOptions.Multiline)]
    private static partial Regex WitName();
}
