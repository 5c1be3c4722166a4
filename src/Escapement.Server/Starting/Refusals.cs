using Escapement.Server.CopyStore;
using Microsoft.AspNetCore.Connections;

namespace Escapement.Server.Starting;

/// <summary>
/// Turns what an operator can put right into a line and an exit code. Only bugs end with a stack trace.
/// </summary>
internal static class Refusals
{
    /// <param name="doing">What is refused, as it stands behind "cannot".</param>
    /// <param name="run">What is done.</param>
    public static async Task<int> ReportAsync(string doing, Func<Task> run)
    {
        try
        {
            await run();
            return ExitCode.Stopped;
        }
        catch (WrongSettingsException e)
        {
            Console.Error.WriteLine($"escapement-server cannot {doing} with these settings:");
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
            return Cannot(doing, e);
        }
        catch (TimeZoneNotFoundException e)
        {
            return Cannot(doing, e);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return Cannot(doing, e);
        }
        catch (System.Net.Sockets.SocketException e)
        {
            return Cannot(doing, e);
        }
    }

    private static int Cannot(string doing, Exception e)
    {
        Console.Error.WriteLine($"escapement-server cannot {doing}: {e.Message}");
        return ExitCode.CannotStart;
    }
}
