namespace Escapement.AspNetCore.Api;

/// <summary>A list, or a part of one.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">Give it back as <c>cursor</c> for the rows after these; absent when there are none.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor = null);
