namespace Escapement.Sqlite.Backups;

/// <summary>A backup that was written or read, and found sound.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Schema">The number of its schema.</param>
/// <param name="Schedules">How many schedules are in it.</param>
/// <param name="Runs">How many runs.</param>
internal sealed record Backup(string File, long Bytes, int Schema, long Schedules, long Runs);
