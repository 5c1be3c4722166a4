using Escapement.Server.CopyStore;
using Microsoft.AspNetCore.Connections;

namespace Escapement.Server.Starting;

/// <summary>
/// Turns what an operator can put right into a line and an exit code. Only bugs end with a stack trace.
/// </summary>
internal static class Refusals
{
    public static async Task<int> ReportAsync(Func<Task> run)
    {
        try
        {
            await run();
            return ExitCode.Stopped;
        }
        catch (WrongSettingsException e)
        {
            Console.Error.WriteLine("escapement-server cannot start with these settings:");
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
        catch (CopyRefusedException e)
        {
            Console.Error.WriteLine($"escapement-server cannot copy the store. {e.Message}");
            return ExitCode.CannotStart;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop before the start was over.
            return ExitCode.Stopped;
        }
        catch (StoreUnavailableException e)
        {
            return CannotStart(e);
        }
        catch (TimeZoneNotFoundException e)
        {
            return CannotStart(e);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return CannotStart(e);
        }
        catch (System.Net.Sockets.SocketException e)
        {
            return CannotStart(e);
        }
    }

    private static int CannotStart(Exception e)
    {
        Console.Error.WriteLine($"escapement-server cannot start: {e.Message}");
        return ExitCode.CannotStart;
    }
}
