namespace Escapement.Wasm.Protocol;

/// <summary>Why the code of a call could not be loaded, so that it did not begin.</summary>
internal static class NotLoadedMessage
{
    private const int MaxChars = 4_000;

    public static WireWriter Write(string why) => new WireWriter().Text(why.Length <= MaxChars ? why : why[..MaxChars]);

    public static string Read(ref WireReader reader)
    {
        var why = reader.Text(MaxChars);
        reader.End();
        return why;
    }
}
