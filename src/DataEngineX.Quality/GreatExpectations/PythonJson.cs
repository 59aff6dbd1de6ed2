using System.Text;

namespace DataEngineX.Quality;

/// <summary>JSON as Python writes it: NaN and infinities stand bare. They become texts, which readers of numbers understand.</summary>
internal static class PythonJson
{
    private static readonly string[] Words = ["-Infinity", "Infinity", "NaN"];

    public static string Normalize(string json)
    {
        if (!Words.Any(w => json.Contains(w, StringComparison.Ordinal)))
            return json;
        var result = new StringBuilder(json.Length + 16);
        var quoted = false;
        for (var i = 0; i < json.Length; i++)
        {
            if (quoted && json[i] == '\\' && i + 1 < json.Length)
            {
                result.Append(json[i++]);
            }
            else if (json[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && System.Array.Find(Words, w => string.CompareOrdinal(json, i, w, 0, w.Length) == 0) is { } word)
            {
                result.Append('"').Append(word).Append('"');
                i += word.Length - 1;
                continue;
            }

            result.Append(json[i]);
        }

        return result.ToString();
    }
}
