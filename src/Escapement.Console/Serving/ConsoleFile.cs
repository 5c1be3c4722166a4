using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Escapement.AspNetCore.Console.Serving;

/// <summary>A file of the console, in the forms that the build made of it.</summary>
internal sealed class ConsoleFile
{
    // In this order where a browser takes several alike.
    private static readonly (string Coding, string Extension)[] Codings = [("br", ".br"), ("gzip", ".gz")];

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly string contentType;
    private readonly Form plain;
    private readonly Form[] compressed;

    public ConsoleFile(string name, Func<string, byte[]?> read)
    {
        // Everything here that is text is UTF-8, and a browser that is not told goes by its user's language.
        var known = Types.TryGetContentType(name, out var type) ? type : "application/octet-stream";
        contentType = known.StartsWith("text/", StringComparison.Ordinal) ? known + "; charset=utf-8" : known;
        plain = new Form("", read(name)!);
        compressed =
        [
            .. from c in Codings
               let content = read(name + c.Extension)
               where content is not null
               select new Form(c.Coding, content),
        ];
    }

    /// <summary>Whether a resource is another's compressed form.</summary>
    public static bool IsForm(string name) => Array.Exists(Codings, c => name.EndsWith(c.Extension, StringComparison.Ordinal));

    public IResult Answer(HttpRequest request, HttpResponse response)
    {
        var form = Choose(request.Headers.AcceptEncoding);
        if (compressed.Length > 0)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        }

        if (form != plain)
        {
            response.Headers.ContentEncoding = form.Coding;
        }

        return TypedResults.Bytes(form.Content, contentType, entityTag: form.Tag);
    }

    private Form Choose(StringValues accepted)
    {
        if (compressed.Length == 0 || !StringWithQualityHeaderValue.TryParseList(accepted!, out var codings))
        {
            return plain;
        }

        return compressed.Where(f => QualityOf(f) > 0).MaxBy(QualityOf) ?? plain;

        double QualityOf(Form form) =>
            codings.FirstOrDefault(c => c.Value.Equals(form.Coding, StringComparison.OrdinalIgnoreCase)) is { } coding ? coding.Quality ?? 1 : 0;
    }

    private sealed record Form(string Coding, byte[] Content)
    {
        public EntityTagHeaderValue Tag { get; } = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Content))[..32]}\"");
    }
}
