namespace Escapement.AspNetCore.Api.Pauses;

/// <summary>A pause to make.</summary>
/// <param name="Note">Why: 1 to 512 characters.</param>
/// <param name="Until">When it ends by itself; absent for when somebody resumes.</param>
/// <param name="OnEnd">What its end does with what it kept from starting: <c>next</c>, <c>latest</c> or <c>all</c>; absent for <c>next</c>.</param>
internal sealed record PauseRequest(string? Note = null, DateTimeOffset? Until = null, string? OnEnd = null);
