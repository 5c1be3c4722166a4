using System.Globalization;
using Escapement.Wasm.Probe;
using Escapement.Worker;
using Escapement.Worker.Compiling;

// Stands in the worker's place, to try what a guest would try that has broken out of its sandbox.
if (args is not [var verb, var host, var folder, .. var holds] || !Lifeline.HoldTo(int.Parse(host, CultureInfo.InvariantCulture)))
{
    return 2;
}

if (holds.Length == 0)
{
    FileBars.Raise(args, folder, typeof(Intruder).Assembly.Location);
}

var pipes = Pipes.Take();
return verb == "compile" ? ComponentCompiler.Run(pipes, holds) : Intruder.Run(pipes, holds);
