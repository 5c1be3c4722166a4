using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Escapement.Bench;

/// <summary>Takes what nodes export, on loopback, and throws it away.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task taking;
    private long bytes;

    private Collector(string address)
    {
        listener.Prefixes.Add(address);
        listener.Start();
        taking = Task.Run(TakeAsync);
    }

    /// <summary>Starts one, and tells the nodes that are started from now on of it.</summary>
    public static Collector? For(Exporting exporting)
    {
        if (exporting == Exporting.Nothing)
        {
            return null;
        }

        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/");
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", address);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        return new Collector(address);
    }

    /// <exception cref="InvalidOperationException">Nothing was exported, so that no figure is one of exporting.</exception>
    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await taking;
        listener.Close();
        if (bytes == 0)
        {
            throw new InvalidOperationException("The nodes exported nothing");
        }
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                bytes += body.Length;
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
