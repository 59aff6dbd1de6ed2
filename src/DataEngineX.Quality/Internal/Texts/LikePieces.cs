using System.Text;

namespace DataEngineX.Quality;

/// <summary>A pattern of LIKE without <c>_</c>: the pieces between its <c>%</c>, looked for in the bytes of a text one after the other.</summary>
internal sealed class LikePieces
{
    private readonly byte[] _start;
    private readonly byte[][] _middle;
    private readonly byte[]? _end;

    private LikePieces(List<byte[]> pieces)
    {
        _start = pieces[0];
        _end = pieces.Count == 1 ? null : pieces[^1];
        _middle = pieces.Count <= 2 ? [] : [.. pieces[1..^1].Where(p => p.Length > 0)];
    }

    /// <summary>The piece that may stand anywhere where the pattern asks for nothing else; else null.</summary>
    public byte[]? Only => _start.Length == 0 && _end is { Length: 0 } && _middle.Length == 1 ? _middle[0] : null;

    /// <summary>Reads a pattern; null where it holds a <c>_</c>, or a character that stands for bytes that are no text.</summary>
    public static LikePieces? TryRead(string pattern)
    {
        var pieces = new List<byte[]>();
        var piece = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '_' || pattern[i] == '\uFFFD')
                return null;
            if (pattern[i] == '%')
            {
                pieces.Add(Encoding.UTF8.GetBytes(piece.ToString()));
                piece.Clear();
            }
            else
            {
                piece.Append(pattern[i] == '\\' && i + 1 < pattern.Length ? pattern[++i] : pattern[i]);
            }
        }

        pieces.Add(Encoding.UTF8.GetBytes(piece.ToString()));
        // Half a character cannot be looked for in bytes.
        return pattern.Any(char.IsSurrogate) && !IsWhole(pattern) ? null : new LikePieces(pieces);
    }

    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        if (_end is null)
            return text.SequenceEqual(_start);
        if (text.Length < _start.Length + _end.Length || !text.StartsWith(_start) || !text.EndsWith(_end))
            return false;
        text = text[_start.Length..^_end.Length];
        foreach (var piece in _middle)
        {
            var found = text.IndexOf(piece);
            if (found < 0)
                return false;
            text = text[(found + piece.Length)..];
        }

        return true;
    }

    private static bool IsWhole(string text) => !Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Contains('\uFFFD', StringComparison.Ordinal);
}
