using System.Net.Sockets;
using Escapement.Server.Configuration;
using Escapement.Server.CopyStore;
using Escapement.Server.Upkeep;
using Escapement.Sqlite.Backups;
using Escapement.Wasm.Workers;
using Microsoft.AspNetCore.Connections;

namespace Escapement.Server.Starting;

/// <summary>
/// Turns what an operator can put right into a line and an exit code. Only bugs end with a stack trace.
/// </summary>
internal static class Refusals
{
    public static async Task<int> ReportAsync(Verb? verb, Func<Task> run)
    {
        try
        {
            await run();
            return ExitCode.Stopped;
        }
        catch (WrongSettingsException e)
        {
            Console.Error.WriteLine($"escapement-server cannot {verb?.Cannot ?? "start"} with these settings:");
            foreach (var problem in e.Problems)
            {
                Console.Error.WriteLine($"  - {problem}");
            }

            return ExitCode.WrongSettings;
        }
        catch (NotReadyException e)
        {
            Console.Error.WriteLine($"not ready: {e.Message}");
            return ExitCode.NotReady;
        }
        catch (Exception e) when (e is CopyRefusedException or BackupRefusedException)
        {
            Console.Error.WriteLine($"escapement-server cannot {verb!.Cannot}. {e.Message}");
            return ExitCode.CannotStart;
        }
        catch (DamageFoundException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.CannotStart;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop before the start was over.
            return ExitCode.Stopped;
        }
        catch (Exception e) when (e is StoreUnavailableException or WorkerProgramMissingException or TimeZoneNotFoundException or TooFewThreadsException
            or AddressRefusedException or SocketException or IOException { InnerException: AddressInUseException })
        {
            Console.Error.WriteLine($"escapement-server cannot {verb?.Cannot ?? "start"}: {e.Message}");
            return ExitCode.CannotStart;
        }
    }
}
