using Escapement.PostgreSql.Connections;

namespace Escapement.PostgreSql.Migrations;

/// <summary>A step from one form of the schema to the next.</summary>
/// <param name="Number">Its number; the schema's number afterwards.</param>
/// <param name="Name">The name of its file, which begins with the number.</param>
/// <param name="Script">Its statements.</param>
internal sealed record Migration(int Number, string Name, string Script)
{
    /// <summary>Those of this program, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = [.. SqlText.Migrations.Select(m => new Migration(m.Number, m.Name, SqlText.File(m.Name)))];
}
