using Escapement.AspNetCore.Json;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Api;

/// <summary>Answers in the API's JSON.</summary>
internal static class Answer
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => new JsonAnswer(value!, status);

    public static IResult Created<T>(HttpContext context, string location, T value) => At(context, location, value, StatusCodes.Status201Created);

    public static IResult Accepted<T>(HttpContext context, string location, T value) => At(context, location, value, StatusCodes.Status202Accepted);

    private static JsonAnswer At<T>(HttpContext context, string location, T value, int status) =>
        new(value!, status) { Location = context.Request.PathBase + location };
}

/// <summary>An answer, with the etag of what it shows if that has one.</summary>
internal sealed class JsonAnswer(object value, int status) : IResult
{
    public object Value => value;

    public int Status => status;

    /// <summary>Where what was made is shown.</summary>
    public string? Location { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (value is ITagged { Etag: var tag })
        {
            response.Headers.ETag = $"\"{tag}\"";
        }

        return response.WriteAsJsonAsync(value, value.GetType(), ApiJson.Options, contentType: null, httpContext.RequestAborted);
    }
}
