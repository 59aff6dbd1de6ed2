namespace DataEngineX.Quality;

/// <summary>
/// A regular expression over texts of ASCII as a table: one look-up a byte, nothing decoded. A text with other characters is left to the
/// regular expression itself. Thread-safe.
/// </summary>
internal sealed class AsciiDfa
{
    private const int Symbols = 128;
    private const int MaxStates = 256;

    private readonly ushort[] _next;
    private readonly bool[] _accepts;
    private readonly PatternEnd _end;

    private AsciiDfa(ushort[] next, bool[] accepts, PatternEnd end) => (_next, _accepts, _end) = (next, accepts, end);

    /// <summary>Compiles a pattern; null where it would need too large a table.</summary>
    public static AsciiDfa? TryCompile(AsciiPatternTree tree)
    {
        if (AsciiNfa.TryBuild(tree.Root) is not { } nfa)
            return null;
        // State 0 is that from which nothing matches any more.
        var states = new List<int[]> { System.Array.Empty<int>() };
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal) { [""] = 0 };
        var next = new List<ushort>(new ushort[Symbols]);
        Number(nfa.Close([nfa.Start]));
        for (var state = 1; state < states.Count; state++)
        {
            if (states.Count > MaxStates)
                return null;
            for (var c = 0; c < Symbols; c++)
            {
                var reached = nfa.Move(states[state], c);
                // A match may begin anywhere.
                next.Add((ushort)Number(nfa.Close(tree.AtStart ? reached : reached.Append(nfa.Start))));
            }
        }

        return states.Count > MaxStates ? null : new AsciiDfa([.. next], [.. states.Select(s => s.Contains(nfa.Accept))], tree.End);

        int Number(int[] set)
        {
            var key = string.Join(',', set);
            if (!numbers.TryGetValue(key, out var number))
            {
                numbers[key] = number = states.Count;
                states.Add(set);
            }

            return number;
        }
    }

    /// <summary>Whether a text matches; null when it holds characters beyond ASCII that could matter.</summary>
    public bool? IsMatch(ReadOnlySpan<byte> text)
    {
        var (state, before) = (1, 1);
        var next = _next;
        if (_end == PatternEnd.None)
        {
            if (_accepts[1])
                return true;
            foreach (var b in text)
            {
                if (b >= Symbols)
                    return null;
                state = next[(state << 7) | b];
                if (_accepts[state])
                    return true;
                if (state == 0)
                    return false;
            }

            return false;
        }

        foreach (var b in text)
        {
            if (b >= Symbols)
                return null;
            before = state;
            state = next[(state << 7) | b];
            if (state == 0 && (_end == PatternEnd.Whole || !_accepts[before] || b != (byte)'\n'))
                return false;
        }

        return _accepts[state] || (_end == PatternEnd.BeforeLastBreak && text.EndsWith("\n"u8) && _accepts[before]);
    }
}
