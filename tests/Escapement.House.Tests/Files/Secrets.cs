using System.Text.RegularExpressions;

namespace Escapement.House.Tests.Files;

/// <summary>Finds what looks like a secret: files of environment variables, keys, tokens of well-known services and our own, passwords in use.</summary>
internal static partial class Secrets
{
    // Words and placeholders have fewer bits a character.
    private const double BitsOfChance = 3.25;

    private static readonly (Regex Pattern, string What)[] Known =
    [
        (PrivateKey(), "a private key"),
        (Aws(), "an access key of AWS"),
        (GitHub(), "a token of GitHub"),
        (Slack(), "a token of Slack"),
        (Npm(), "a token of npm"),
        (NuGet(), "a key of NuGet"),
        (JsonWebToken(), "a JSON web token"),
        (Own(), "a token of Escapement"),
    ];

    public static IEnumerable<string> Find(IEnumerable<TextFile> files) => files.SelectMany(Find);

    private static IEnumerable<string> Find(TextFile file) =>
    [
        .. EnvironmentFile().Matches(file.Path).Select(_ => $"{file.Path}: a file of environment variables, of which only examples are kept"),
        .. from known in Known
            from match in known.Pattern.Matches(file.Text)
            where Bits(match.Value) >= BitsOfChance
            select Say(file, match, known.What),
        .. from match in Password().Matches(file.Text)
            where LooksChosen(match.Groups["value"].Value)
            select Say(file, match, "a password"),
        .. from match in Assignment().Matches(file.Text)
            where LooksRandom(match.Groups["value"].Value)
            select Say(file, match, "a value that looks like a secret"),
    ];

    private static string Say(TextFile file, Match match, string what) => $"{file.Path}: {Lines.NumberAt(file.Text, match.Index)}: {what}";

    // Words for readers, such as "secret-word", have no digits.
    private static bool LooksChosen(string value) => value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter);

    private static bool LooksRandom(string value) => LooksChosen(value) && Bits(value) >= BitsOfChance;

    // Shannon's entropy of the characters.
    private static double Bits(string value) => value.GroupBy(c => c).Sum(group =>
    {
        var share = (double)group.Count() / value.Length;
        return -share * Math.Log2(share);
    });

    [GeneratedRegex(@"(^|/)(\.env(\.[^/]+)?|[^/]+\.env)(?<!\.example)$")]
    private static partial Regex EnvironmentFile();

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY(?=( BLOCK)?-----)")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\b(AKIA|ASIA)[0-9A-Z]{16}\b")]
    private static partial Regex Aws();

    [GeneratedRegex(@"\b(gh[pousr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{50})")]
    private static partial Regex GitHub();

    [GeneratedRegex(@"\bxox[abeprs]-[0-9A-Za-z-]{10}")]
    private static partial Regex Slack();

    [GeneratedRegex(@"\bnpm_[0-9A-Za-z]{36}\b")]
    private static partial Regex Npm();

    [GeneratedRegex(@"\boy2[0-9a-z]{43}\b")]
    private static partial Regex NuGet();

    [GeneratedRegex(@"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}")]
    private static partial Regex JsonWebToken();

    [GeneratedRegex(@"\besc_[\w-]{43}\b")]
    private static partial Regex Own();

    // In a connection string, or in an address; not what stands for one: ..., <password>, ${PASSWORD}, {password}, %s.
    [GeneratedRegex(@"(\b(password|pwd)=|://[^\s/:@]+:)(?<value>[^\s;""'`$<>{}%\\|@/.]{6,})(?=[\s;""'`@]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Password();

    [GeneratedRegex(
        @"(password|passwd|secret|token|api[_-]?key|credential)[\w-]*[""']?\s*(:|=|:=)\s*[""'`](?<value>[\w+/=~.-]{16,})[""'`]", RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();
}
