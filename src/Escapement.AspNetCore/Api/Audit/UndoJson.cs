using Escapement.AspNetCore.Api.Pauses;
using Escapement.Undoing;

namespace Escapement.AspNetCore.Api.Audit;

/// <summary>How a change is to be shown as it would be taken back.</summary>
internal sealed record UndoPreviewRequest
{
    /// <summary>What a schedule is called from then on, because its name is taken meanwhile; absent for the name that it had.</summary>
    public string? Name { get; init; }
}

/// <summary>Which change is to be taken back.</summary>
/// <param name="PreviewToken">Of the preview that showed it.</param>
internal sealed record UndoRequestJson(string? PreviewToken = null);

/// <summary>What taking a change back would do.</summary>
internal sealed record UndoPreviewJson
{
    /// <summary>Give it back as <c>previewToken</c>, once; nobody else can.</summary>
    public required string Token { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The fields as they are, and as they would be.</summary>
    public required IReadOnlyList<FieldChangeJson> Changes { get; init; }

    /// <summary>When the schedule would be due next: new times count from now.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>What the end of a pause would do; absent when none ends.</summary>
    public ResumePreviewJson? Resume { get; init; }

    public static UndoPreviewJson Of(UndoPreview preview, PreviewJson kept) => new()
    {
        Token = kept.Token,
        ExpiresAt = kept.ExpiresAt,
        Changes = [.. preview.Fields.Select(FieldChangeJson.Of)],
        NextDueAt = preview.NextDueAt,
        Resume = preview.Resume is { } resume ? ResumePreviewJson.Of(resume) : null,
    };
}

/// <summary>What a preview of an undo keeps.</summary>
/// <param name="Name">What a schedule is called from then on; null for the name that it had.</param>
/// <param name="At">As of when a pause would end; null when none does.</param>
internal sealed record ShownUndo(string? Name, DateTimeOffset? At);
