namespace DataEngineX.Quality;

/// <summary>Parses small Python expressions. Nothing is ever run: the tree is translated, and what is not known is refused.</summary>
/// <remarks>As in a query of pandas, <c>&amp;</c>, <c>|</c> and <c>~</c> are <c>and</c>, <c>or</c> and <c>not</c>, and names may stand in backticks.</remarks>
internal sealed class PythonParser
{
    private const int MaxDepth = 100;

    private readonly List<PythonToken> _tokens;
    private readonly string _text;
    private int _next;
    private int _depth;

    private PythonParser(string text)
    {
        _text = text;
        _tokens = PythonToken.Split(text);
    }

    /// <exception cref="FormatException">It is no expression, or one that is not known here.</exception>
    public static PythonNode Parse(string text)
    {
        var parser = new PythonParser(text);
        var node = parser.Or();
        return parser._next == parser._tokens.Count ? node : throw parser.Fault();
    }

    private PythonNode Or()
    {
        if (++_depth > MaxDepth)
            throw new FormatException($"The expression '{RuleText.Short(_text)}' is nested too deeply.");
        var node = And();
        while (Take("or") || Take("|"))
            node = new PythonNode.Binary("or", node, And());
        _depth--;
        return node;
    }

    private PythonNode And()
    {
        var node = Not();
        while (Take("and") || Take("&"))
            node = new PythonNode.Binary("and", node, Not());
        return node;
    }

    private PythonNode Not()
    {
        var count = 0;
        while (Take("not") || Take("~"))
            count++;
        var node = Comparison();
        return count % 2 == 1 ? new PythonNode.Unary("not", node) : count > 0 ? new PythonNode.Unary("not", new PythonNode.Unary("not", node)) : node;
    }

    /// <summary><c>a &lt; b &lt; c</c> is <c>a &lt; b and b &lt; c</c>.</summary>
    private PythonNode Comparison()
    {
        var left = Sum();
        PythonNode? all = null;
        while (Comparator() is { } comparator)
        {
            var right = Sum();
            var one = new PythonNode.Compare(comparator, left, right);
            all = all is null ? one : new PythonNode.Binary("and", all, one);
            left = right;
        }

        return all ?? left;
    }

    private string? Comparator()
    {
        foreach (var symbol in (string[])["==", "!=", "<=", ">=", "<", ">", "in"])
        {
            if (Take(symbol))
                return symbol;
        }

        if (Peek(0) == "not" && Peek(1) == "in")
        {
            _next += 2;
            return "not in";
        }

        return Peek(0) == "is" ? throw Fault() : null;
    }

    private PythonNode Sum()
    {
        var node = Product();
        while (true)
        {
            if (Take("+"))
                node = new PythonNode.Binary("+", node, Product());
            else if (Take("-"))
                node = new PythonNode.Binary("-", node, Product());
            else
                return node;
        }
    }

    private PythonNode Product()
    {
        var node = Signed();
        while (true)
        {
            if (Take("*"))
                node = new PythonNode.Binary("*", node, Signed());
            else if (Take("/"))
                node = new PythonNode.Binary("/", node, Signed());
            else if (Take("%"))
                node = new PythonNode.Binary("%", node, Signed());
            else if (Take("//"))
                node = new PythonNode.Binary("//", node, Signed());
            else
                return node;
        }
    }

    private PythonNode Signed()
    {
        if (++_depth > MaxDepth)
            throw new FormatException($"The expression '{RuleText.Short(_text)}' is nested too deeply.");
        var node = Take("-") ? new PythonNode.Unary("-", Signed()) : Take("+") ? Signed() : Power();
        _depth--;
        return node;
    }

    private PythonNode Power()
    {
        var node = Primary();
        return Take("**") ? new PythonNode.Binary("**", node, Signed()) : node;
    }

    private PythonNode Primary()
    {
        var node = Atom();
        while (true)
        {
            if (Take("."))
                node = new PythonNode.Member(node, Take() is { Kind: PythonTokenKind.Name } name ? name.Text : throw Fault());
            else if (Take("("))
                node = Call(node);
            else
                return node;
        }
    }

    private PythonNode.Call Call(PythonNode function)
    {
        var arguments = new List<PythonNode>();
        var named = new Dictionary<string, PythonNode>(StringComparer.Ordinal);
        while (!Take(")"))
        {
            if (_next + 1 < _tokens.Count && _tokens[_next].Kind == PythonTokenKind.Name && Peek(1) == "=")
            {
                var name = _tokens[_next].Text;
                _next += 2;
                named[name] = Or();
            }
            else
            {
                arguments.Add(Or());
            }

            if (!Take(",") && Peek(0) != ")")
                throw Fault();
        }

        return new PythonNode.Call(function, arguments, named);
    }

    private PythonNode Atom()
    {
        if (Take("("))
            return Tuple(")");
        if (Take("["))
            return new PythonNode.Items(Values("]"));
        if (Take("{"))
            return new PythonNode.Items(Values("}"));
        var token = Take();
        return token.Kind switch
        {
            PythonTokenKind.Text or PythonTokenKind.Number => new PythonNode.Constant(token.Value),
            PythonTokenKind.Name => token.Text switch
            {
                "True" => new PythonNode.Constant(true),
                "False" => new PythonNode.Constant(false),
                "None" => new PythonNode.Constant(null),
                _ => new PythonNode.Name(token.Text),
            },
            PythonTokenKind.Column => new PythonNode.Name(token.Text),
            _ => throw Fault(),
        };
    }

    private PythonNode Tuple(string end)
    {
        var first = Or();
        if (Take(end))
            return first;
        if (!Take(","))
            throw Fault();
        return new PythonNode.Items([first, .. Values(end)]);
    }

    private List<PythonNode> Values(string end)
    {
        var values = new List<PythonNode>();
        while (!Take(end))
        {
            values.Add(Or());
            if (!Take(",") && Peek(0) != end)
                throw Fault();
        }

        return values;
    }

    private string? Peek(int ahead) =>
        _next + ahead < _tokens.Count && _tokens[_next + ahead].Kind is PythonTokenKind.Symbol or PythonTokenKind.Name ? _tokens[_next + ahead].Text : null;

    private bool Take(string text)
    {
        if (Peek(0) != text)
            return false;
        _next++;
        return true;
    }

    private PythonToken Take() => _next < _tokens.Count ? _tokens[_next++] : throw Fault();

    private FormatException Fault() => new(
        $"The expression '{RuleText.Short(_text)}' is not understood at {(_next < _tokens.Count ? $"'{_tokens[_next].Text}'" : "its end")}.");
}
