using System.Globalization;
using Escapement.Bench.Store;

// dotnet run -c Release --project bench/Escapement.Bench.Store -- fire|create|million
// The data folder is a temporary one beside TMPDIR; put that on the disk that is to be measured.
switch (args.FirstOrDefault())
{
    case "fire":
        await FireBench.RunAsync(schedules: 200_000, rounds: 3);
        break;
    case "create":
        await CreateBench.RunAsync(callers: 16, each: 2_000, rounds: 3);
        break;
    case "million":
        await MillionBench.RunAsync(schedules: 1_000_000);
        break;
    case "load":
        await MillionBench.LoadAsync(args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
        break;
    default:
        Console.Error.WriteLine("Say which: fire, create or million.");
        return 2;
}

return 0;
