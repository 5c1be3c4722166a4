using System.Globalization;
using Escapement;
using Escapement.Worker;
using Escapement.Worker.Compiling;
using Escapement.Worker.Serving;

// Started by the host alone, which talks to it over its standard input and output.
if (args is not [var verb, var host, var folder, .. var holds]
    || !int.TryParse(host, CultureInfo.InvariantCulture, out var parent)
    || !Lifeline.HoldTo(parent))
{
    Console.Error.WriteLine("This program is a part of Escapement, which starts it by itself.");
    return 2;
}

if (holds.Length == 0)
{
    FileBars.Raise(args, folder, typeof(FileBars).Assembly.Location);
}

// A worker that cannot have them does not become ready, and no run is blamed for it.
PoolThreads.MakeAll(Environment.ProcessorCount);
Lifeline.IgnoreRequestsToEnd();
var pipes = Pipes.Take();
return verb switch
{
    "serve" => WorkerServer.Run(pipes, holds),
    "compile" => ComponentCompiler.Run(pipes, holds),
    _ => 2,
};
