using System.Globalization;
using System.Text;
using Escapement.Runs;
using Escapement.Sandbox;
using Wasmtime.Components;

namespace Escapement.Wasm.Boundary;

/// <summary>The guest's <c>execute-response</c>, held against the limits.</summary>
internal static class Responses
{
    public static InvocationResult Lift(ComponentValue? response, int maxBytes)
    {
        if (response is null)
        {
            return Unreadable("The handler answered nothing.");
        }

        var status = response.Field("status").AsU16();
        if (status is < 100 or > 599)
        {
            return Unreadable(string.Create(CultureInfo.InvariantCulture, $"The handler answered status {status}, which is no HTTP status."));
        }

        long size = 0;
        var items = response.Field("headers").AsList();
        var headers = new List<KeyValuePair<string, string>>(Math.Min(items.Count, 64));
        foreach (var item in items)
        {
            var header = new KeyValuePair<string, string>(item.Field("name").AsString(), item.Field("value").AsString());
            size += Encoding.UTF8.GetByteCount(header.Key) + Encoding.UTF8.GetByteCount(header.Value);
            if (size > maxBytes)
            {
                return TooLarge(maxBytes);
            }

            headers.Add(header);
        }

        var body = response.Field("body");
        if (!body.IsSome)
        {
            return new InvocationResult.Responded(new HandlerResponse(status, headers, null));
        }

        return size + body.Payload!.AsList().Count > maxBytes
            ? TooLarge(maxBytes)
            : new InvocationResult.Responded(new HandlerResponse(status, headers, Lifting.Bytes(body.Payload)));
    }

    public static InvocationResult.Failed TooLarge(int maxBytes) => new(
        RunReason.ResponseTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The response is larger than the limit of {maxBytes} bytes."));

    private static InvocationResult.Failed Unreadable(string message) => new(RunReason.Trap, message);
}
