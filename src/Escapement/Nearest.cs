namespace Escapement;

/// <summary>Finds the word that somebody who misspelt one is likely to have meant.</summary>
internal static class Nearest
{
    // What is longer is none of the words that there are, and would take long to compare.
    private const int LongestWord = 64;
    private const int MostEdits = 2;

    /// <summary>The nearest of the words, if it is at most two letters away, case apart; null otherwise.</summary>
    public static string? Of(string given, IEnumerable<string> words) =>
        given.Length > LongestWord ? null : words
            .Where(word => Math.Abs(word.Length - given.Length) <= MostEdits)
            .Select(word => (Word: word, Edits: Edits(given.ToLowerInvariant(), word.ToLowerInvariant())))
            .Where(w => w.Edits <= MostEdits && w.Edits < w.Word.Length)
            .OrderBy(w => w.Edits)
            .FirstOrDefault().Word;

    // Levenshtein's distance, a row at a time.
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
