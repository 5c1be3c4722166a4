using Escapement.AspNetCore.Json;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Api;

/// <summary>Answers in the API's JSON.</summary>
internal static class Answer
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => TypedResults.Json(value, ApiJson.Options, contentType: null, status);

    public static IResult Created<T>(HttpContext context, string location, T value) => At(context, location, value, StatusCodes.Status201Created);

    public static IResult Accepted<T>(HttpContext context, string location, T value) => At(context, location, value, StatusCodes.Status202Accepted);

    private static IResult At<T>(HttpContext context, string location, T value, int status)
    {
        context.Response.Headers.Location = context.Request.PathBase + location;
        return Json(value, status);
    }
}
