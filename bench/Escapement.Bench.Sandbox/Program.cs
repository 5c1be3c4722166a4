using System.Globalization;
using Escapement.Bench.Sandbox;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (subject, rest) = Subject.Read(args);
return rest switch
{
    ["sustained", var component, .. var more] =>
        await Sustained.RunAsync(subject, component, Number(more, 0, 60), Number(more, 1, Environment.ProcessorCount), Cache(more, 2)),
    ["first", var component, .. var more] => await FirstCall.RunAsync(subject, component, Number(more, 0, 0), Cache(more, 1)),
    ["figures", var component, "--runs", var runs, .. var more] =>
        await Figures.RunAsync(subject, component, int.Parse(runs, CultureInfo.InvariantCulture), Number(more, 0, 60), Cache(more, 1)),
    ["end-to-end", var bundle, .. var more] => await EndToEnd.RunAsync(subject, bundle, Cache(more, 0)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage:
          figures <component.wasm> --runs <number> [seconds = 60] [cache directory]
          sustained <component.wasm> [seconds = 60] [callers = processors] [cache directory]
          first <component.wasm> [milliseconds between start and call = 0] [cache directory]
          end-to-end <bundle.tar.zst> [cache directory]
            4,000 schedules of the sample, of 200 tenants, due at one instant on the built server, and calls at its gateway
        each with --isolation process | in-process (default process) and --workers <number> (default 2)
        """);
    return 1;
}

static int Number(string[] arguments, int index, int otherwise) =>
    index < arguments.Length ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : otherwise;

static string Cache(string[] arguments, int index) =>
    index < arguments.Length ? arguments[index] : Path.Combine(Path.GetTempPath(), "escapement-bench-cache");
