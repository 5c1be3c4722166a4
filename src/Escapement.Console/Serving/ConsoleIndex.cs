using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Console.Serving;

/// <summary>
/// The page, made anew for each answer: it says where the console and the API lie for this browser, which a proxy and a path base decide, and the nonce of this
/// answer. Addresses in it are written out, because the policy allows no element <c>base</c>.
/// </summary>
internal sealed class ConsoleIndex
{
    private const string Base = "name=\"escapement-base\" content=\"";
    private const string Api = "name=\"escapement-api\" content=\"";
    private const string Provider = "name=\"escapement-provider\" content=\"";
    private const string Nonce = "property=\"csp-nonce\" nonce=\"";
    private const string Relative = "=\"./";

    private readonly string apiParent;
    private readonly string page;

    /// <summary>Takes the page as it was built.</summary>
    /// <param name="apiParent">The path below which <c>api/v1</c> lies, from the application's path base on.</param>
    /// <param name="hasProvider">Whether browsers can sign in at a provider.</param>
    /// <param name="page">It.</param>
    /// <exception cref="InvalidOperationException">The page lacks a place for what is filled in.</exception>
    public ConsoleIndex(string apiParent, bool hasProvider, string page)
    {
        foreach (var place in (string[])[Base + "./\"", Api + "./\"", Provider + "\"", Nonce + "\""])
        {
            if (page.Split(place).Length != 2)
            {
                throw new InvalidOperationException($"The console's page must have {place} once.");
            }
        }

        this.apiParent = apiParent;
        this.page = hasProvider ? Fill(page, Provider, "", "yes") : page;
    }

    /// <summary>The page for one answer.</summary>
    /// <param name="pathBase">The application's, as this browser has it.</param>
    /// <param name="own">The console's path below it, with a slash at its end.</param>
    /// <param name="nonce">Of this answer.</param>
    public string Write(PathString pathBase, PathString own, string nonce)
    {
        var filled = Fill(Fill(page, Api, "./", Encode(pathBase.Add(apiParent))), Nonce, "", nonce);
        return filled.Replace(Relative, "=\"" + Encode(pathBase.Add(own)), StringComparison.Ordinal);
    }

    private static string Fill(string page, string place, string empty, string value) =>
        page.Replace($"{place}{empty}\"", $"{place}{value}\"", StringComparison.Ordinal);

    private static string Encode(PathString path) => HtmlEncoder.Default.Encode(path.ToUriComponent());
}
