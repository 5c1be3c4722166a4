namespace Escapement.SourceMaps;

/// <summary>A place in one of an author's own files.</summary>
/// <param name="File">As the map names it, shortened.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
internal readonly record struct SourcePlace(string File, int Line, int Column);
