namespace Escapement.Wasm.Protocol;

/// <summary>What a worker says when it can be given calls: which of its confinements hold, by name.</summary>
internal static class ReadyMessage
{
    private const int MaxNames = 16;

    public static WireWriter Write(IReadOnlyCollection<string> confinements) => new WireWriter().Texts(confinements);

    public static IReadOnlyList<string> Read(ref WireReader reader)
    {
        var names = reader.Texts();
        reader.End();
        return names.Count <= MaxNames ? names : throw new ProtocolException("There are not so many confinements.");
    }
}
