// Every test starts servers of its own and some load them; side by side they would only make each other slow.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
