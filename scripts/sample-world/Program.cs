using Escapement.SampleWorld;

var (arguments, problem) = Arguments.Read(args);
if (arguments is null)
{
    Console.Error.WriteLine($"{problem}\n\n{Arguments.Usage}");
    return 2;
}

await new WorldMaker(arguments).MakeAsync();
return 0;
