namespace Escapement.Server.Starting;

/// <summary>Flags or settings that nothing can be started with; carries all of them at once.</summary>
internal sealed class WrongSettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
