namespace Escapement.Server.Starting;

/// <summary>Asks a running server of the same settings whether it is ready: for images that have no other program to ask with.</summary>
internal static class ReadyCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <exception cref="NotReadyException">It does not answer, or says that it is not ready.</exception>
    public static async Task AskAsync(string urls)
    {
        var address = Address(urls);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(address);
            var body = await answer.Content.ReadAsStringAsync();
            Console.Out.WriteLine(body);
            if (!answer.IsSuccessStatusCode)
            {
                throw new NotReadyException($"{address} answered {(int)answer.StatusCode}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            throw new NotReadyException($"{address} does not answer: {e.Message}");
        }
    }

    /// <summary>Where a server that listens at these addresses can be asked from its own machine.</summary>
    internal static Uri Address(string urls)
    {
        var all = urls.Split(';', StringSplitOptions.TrimEntries);
        var url = all.FirstOrDefault(u => u.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? all[0];
        foreach (var any in (string[])["//+", "//*", "//0.0.0.0"])
        {
            url = url.Replace(any, "//127.0.0.1", StringComparison.Ordinal);
        }

        return new Uri(new Uri(url.Replace("//[::]", "//[::1]", StringComparison.Ordinal)), "/readyz");
    }
}

/// <summary>The server that was asked is not ready.</summary>
internal sealed class NotReadyException(string message) : Exception(message);
