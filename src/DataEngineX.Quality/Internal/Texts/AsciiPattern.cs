using System.Globalization;
using System.Text.RegularExpressions;

namespace DataEngineX.Quality;

/// <summary>
/// Reads the regular expressions that suites mostly hold (characters, classes, groups, alternatives, repetitions, anchors at the ends) as a tree over
/// the characters of ASCII. What it does not know it does not read.
/// </summary>
internal ref struct AsciiPattern
{
    private const int MaxRepeats = 64;
    private const int MaxDepth = 50;

    private static readonly Dictionary<char, UInt128> Classes = "dDwWsS".ToDictionary(c => c, c => SetOf($"\\{c}"));
    private static readonly UInt128 Dot = SetOf(".");

    private readonly ReadOnlySpan<char> _pattern;
    private int _at;
    private int _depth;

    private AsciiPattern(ReadOnlySpan<char> pattern) => _pattern = pattern;

    /// <summary>What a pattern matches.</summary>
    public abstract record Node;

    /// <summary>One character of a set; each bit stands for a character.</summary>
    public sealed record OneOf(UInt128 Set) : Node;

    /// <summary>One after the other; nothing, of none.</summary>
    public sealed record Sequence(IReadOnlyList<Node> Items) : Node;

    /// <summary>One or another.</summary>
    public sealed record Choice(IReadOnlyList<Node> Items) : Node;

    /// <summary>Again and again; without <paramref name="Most"/> without end.</summary>
    public sealed record Repeat(Node Item, int Least, int? Most) : Node;

    /// <summary>Reads a pattern; null where it holds what is not known here.</summary>
    public static AsciiPatternTree? TryRead(string pattern)
    {
        var text = pattern.AsSpan();
        var atStart = text.StartsWith("^") || text.StartsWith("\\A");
        if (atStart)
            text = text[(text[0] == '^' ? 1 : 2)..];
        var end = PatternEnd.None;
        if (text.EndsWith("$") && !IsEscaped(text))
        {
            end = PatternEnd.BeforeLastBreak;
            text = text[..^1];
        }
        else if ((text.EndsWith("\\Z") || text.EndsWith("\\z")) && !IsEscaped(text[..^1]))
        {
            end = text[^1] == 'Z' ? PatternEnd.BeforeLastBreak : PatternEnd.Whole;
            text = text[..^2];
        }

        var reader = new AsciiPattern(text);
        var root = reader.Alternatives();
        if (root is null || reader._at < text.Length)
            return null;
        // An anchor belongs to one of several alternatives only.
        return (atStart || end != PatternEnd.None) && root is Choice ? null : new AsciiPatternTree(root, atStart, end);
    }

    /// <summary>Whether the last character stands behind a backslash that is none itself.</summary>
    private static bool IsEscaped(ReadOnlySpan<char> text)
    {
        var slashes = 0;
        for (var i = text.Length - 2; i >= 0 && text[i] == '\\'; i--)
            slashes++;
        return slashes % 2 == 1;
    }

    /// <summary>The characters that a class holds, as the regular expressions themselves say.</summary>
    private static UInt128 SetOf(string pattern)
    {
        var regex = new Regex($"\\A(?:{pattern})\\z", RegexOptions.CultureInvariant);
        UInt128 set = 0;
        for (var c = 0; c < 128; c++)
            set |= regex.IsMatch(((char)c).ToString()) ? UInt128.One << c : 0;
        return set;
    }

    private Node? Alternatives()
    {
        if (++_depth > MaxDepth)
            return null;
        var items = new List<Node>();
        while (true)
        {
            if (Concatenation() is not { } item)
                return null;
            items.Add(item);
            if (!Take('|'))
                break;
        }

        _depth--;
        return items.Count == 1 ? items[0] : new Choice(items);
    }

    private Node? Concatenation()
    {
        var items = new List<Node>();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            if (Atom() is not { } atom || Quantified(atom) is not { } item)
                return null;
            items.Add(item);
        }

        return items.Count == 1 ? items[0] : new Sequence(items);
    }

    private Node? Atom()
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                return Class();
            case '.':
                return new OneOf(Dot);
            case '\\':
                return Escape() is { } set ? new OneOf(set) : null;
            case '^' or '$' or '*' or '+' or '?' or '{' or '}':
                return null;
            default:
                return new OneOf(One(c));
        }
    }

    private Node? Group()
    {
        if (Take('?') && !Take(':'))
            return null;
        return Alternatives() is { } inner && Take(')') ? inner : null;
    }

    private UInt128? Escape()
    {
        if (_at == _pattern.Length)
            return null;
        var c = _pattern[_at++];
        if (Classes.TryGetValue(c, out var set))
            return set;
        return c switch
        {
            't' => One('\t'),
            'n' => One('\n'),
            'r' => One('\r'),
            'f' => One('\f'),
            'v' => One('\v'),
            'x' => Hex(2),
            'u' => Hex(4),
            _ when char.IsAsciiLetterOrDigit(c) => null,
            _ => One(c),
        };
    }

    private UInt128? Hex(int digits)
    {
        if (_at + digits > _pattern.Length || !int.TryParse(_pattern.Slice(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return null;
        _at += digits;
        return One((char)code);
    }

    /// <summary>A class such as <c>[a-z_]</c>; subtraction and names of categories are not known here.</summary>
    private OneOf? Class()
    {
        var isNegated = Take('^');
        UInt128 set = 0;
        for (var isFirst = true; isFirst || !Take(']'); isFirst = false)
        {
            if (_at >= _pattern.Length || (_pattern[_at] == '[' && !isFirst))
                return null;
            if (ClassItem() is not { } low)
                return null;
            if (_at + 1 >= _pattern.Length || _pattern[_at] != '-' || _pattern[_at + 1] == ']')
            {
                set |= low;
                continue;
            }

            _at++;
            if (_pattern[_at] == '[' || ClassItem() is not { } high || Only(low) is not { } from || Only(high) is not { } to || from > to)
                return null;
            for (var c = from; c <= to; c++)
                set |= UInt128.One << c;
        }

        return new OneOf(isNegated ? ~set : set);
    }

    private UInt128? ClassItem()
    {
        var c = _pattern[_at++];
        // What is beyond ASCII may be one end of a range.
        return c == '\\' ? (Escape() is { } set && set != 0 ? set : null) : c < 128 ? One(c) : null;
    }

    private Node? Quantified(Node item)
    {
        if (_at == _pattern.Length)
            return item;
        Node? repeated = item;
        switch (_pattern[_at])
        {
            case '*': repeated = new Repeat(item, 0, null); _at++; break;
            case '+': repeated = new Repeat(item, 1, null); _at++; break;
            case '?': repeated = new Repeat(item, 0, 1); _at++; break;
            case '{': _at++; repeated = Counted(item); break;
            default: return item;
        }

        // Whether as many or as few as can be makes no difference to whether there is a match.
        Take('?');
        return _at < _pattern.Length && _pattern[_at] is '*' or '+' or '?' or '{' ? null : repeated;
    }

    private Repeat? Counted(Node item)
    {
        if (Number() is not { } least)
            return null;
        int? most = least;
        if (Take(','))
            most = _at < _pattern.Length && _pattern[_at] == '}' ? null : Number() ?? -1;
        return Take('}') && most is null or >= 0 && !(most < least) && least <= MaxRepeats && !(most > MaxRepeats) ? new Repeat(item, least, most) : null;
    }

    private int? Number()
    {
        var start = _at;
        while (_at < _pattern.Length && char.IsAsciiDigit(_pattern[_at]) && _at - start < 4)
            _at++;
        return _at == start ? null : int.Parse(_pattern[start.._at], CultureInfo.InvariantCulture);
    }

    private bool Take(char c)
    {
        if (_at >= _pattern.Length || _pattern[_at] != c)
            return false;
        _at++;
        return true;
    }

    /// <summary>The set of one character; none of ASCII when it is beyond.</summary>
    private static UInt128 One(char c) => c < 128 ? UInt128.One << c : 0;

    private static int? Only(UInt128 set) => UInt128.PopCount(set) == 1 ? (int)UInt128.TrailingZeroCount(set) : null;
}
