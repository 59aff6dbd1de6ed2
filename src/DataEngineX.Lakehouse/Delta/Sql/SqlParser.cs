using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta.Sql;

/// <summary>Reads conditions written in SQL: comparisons, logic, sums and products, null tests, lists, ranges, patterns, casts and functions.</summary>
internal sealed partial class SqlParser
{
    private const int MostDepth = 200;

    private readonly List<SqlToken> _tokens;
    private readonly Dictionary<Expr, Range> _texts = new(ReferenceEqualityComparer.Instance);
    private readonly bool _isCondition;
    private int _at;
    private int _depth;

    private SqlParser(string sql, SqlDialect dialect)
    {
        _tokens = SqlTokens.Of(sql);
        _isCondition = dialect == SqlDialect.Condition;
    }

    private SqlToken Current => _tokens[_at];

    /// <summary>The expression that a text means.</summary>
    /// <exception cref="FormatException">The text uses what is not known; says what and where.</exception>
    internal static Expr Parse(string sql, SqlDialect dialect = SqlDialect.Constraint)
    {
        var (expression, _) = ParseWithTexts(sql, dialect);
        return expression;
    }

    /// <summary>The expression that a text means, and of its parts, the very objects, where in the text each was written.</summary>
    /// <exception cref="FormatException">The text uses what is not known; says what and where.</exception>
    internal static (Expr Expression, IReadOnlyDictionary<Expr, Range> Texts) ParseWithTexts(string sql, SqlDialect dialect)
    {
        var parser = new SqlParser(sql, dialect);
        var expression = parser.Either();
        return parser.Current.Kind == SqlTokenKind.End ? (expression, parser._texts) : throw parser.Unexpected();
    }

    /// <summary>Notes the text of an expression: from a place on to the token that was taken last.</summary>
    private Expr Noted(int start, Expr expression)
    {
        if (_isCondition && _at > 0)
            _texts.TryAdd(expression, start.._tokens[_at - 1].End);
        return expression;
    }

    private Expr Either()
    {
        // Parts inside parts are read by calls inside calls, of which there must be an end.
        if (++_depth > MostDepth)
            throw new FormatException($"it is nested deeper than {MostDepth}");
        var start = Current.At;
        var left = Both();
        while (TakeWord("OR"))
            left = Noted(start, left | Both());
        _depth--;
        return left;
    }

    private Expr Both()
    {
        var start = Current.At;
        var left = Negated();
        while (TakeWord("AND"))
            left = Noted(start, left & Negated());
        return left;
    }

    private Expr Negated()
    {
        var start = Current.At;
        var isNegated = false;
        while (TakeWord("NOT"))
            isNegated = !isNegated;
        return Noted(start, isNegated ? !Predicate() : Predicate());
    }

    private Expr Predicate()
    {
        var start = Current.At;
        return Noted(start, Comparison());
    }

    private Expr Comparison()
    {
        var left = Sum();
        if (Current.Kind == SqlTokenKind.Symbol && SqlFunctions.FunctionOf(SqlFunctions.Comparisons, Current.Text) is { } comparison)
        {
            _at++;
            return new CallExpr(comparison, left, Sum());
        }

        if (TakeWord("IS"))
        {
            var isNot = TakeWord("NOT");
            if (_isCondition && Is(left) is { } answer)
                return isNot ? !answer : answer;
            Expect("NULL");
            return isNot ? left.IsNotNull() : left.IsNull();
        }

        var negated = TakeWord("NOT");
        var test = Test(left);
        if (test is null && negated)
            throw Unexpected();
        return test is null ? left : negated ? !test : test;
    }

    /// <summary>What may stand behind NOT: a list, a range or a pattern.</summary>
    private Expr? Test(Expr left)
    {
        if (TakeWord("IN"))
            return new CallExpr(FunctionNames.In, [left, .. Arguments()]);
        if (TakeWord("LIKE"))
            return Pattern(FunctionNames.Like, left);
        if (_isCondition && TakeWord("ILIKE"))
            return Pattern(FunctionNames.LikeIgnoreCase, left);
        if (_isCondition && (TakeWord("RLIKE") || TakeWord("REGEXP")))
            return new CallExpr(FunctionNames.MatchesRegex, left, Sum());
        if (!TakeWord("BETWEEN"))
            return null;
        var low = Sum();
        Expect("AND");
        return left.Between(low, Sum());
    }

    private Expr Sum()
    {
        var start = Current.At;
        var left = Product();
        while (true)
        {
            if (TakeSymbol("+"))
                left += Product();
            else if (TakeSymbol("-"))
                left -= Product();
            else if (_isCondition && TakeSymbol("||"))
                left = new CallExpr(FunctionNames.Concat, left, Product());
            else
                return left;
            Noted(start, left);
        }
    }

    private Expr Product()
    {
        var start = Current.At;
        var left = Signed();
        while (true)
        {
            if (TakeSymbol("*"))
                left *= Signed();
            else if (_isCondition && TakeSymbol("/"))
                left = new CallExpr(FunctionNames.Divide, left, Signed());
            else if (_isCondition && TakeSymbol("%"))
                left = new CallExpr(FunctionNames.Modulo, left, Signed());
            else
                return left;
            Noted(start, left);
        }
    }

    private Expr Signed()
    {
        var start = Current.At;
        if (TakeSymbol("+"))
            return Signed();
        if (!TakeSymbol("-"))
            return Noted(start, Parts(Primary()));
        if (++_depth > MostDepth)
            throw new FormatException($"it is nested deeper than {MostDepth}");
        var value = Current.Kind == SqlTokenKind.Number ? Number("-" + Take().Text) : -Signed();
        _depth--;
        return Noted(start, value);
    }

    private Expr Primary()
    {
        if (TakeSymbol("("))
        {
            var inner = Either();
            ExpectSymbol(")");
            return inner;
        }

        var token = Take();
        switch (token.Kind)
        {
            case SqlTokenKind.Text:
                return token.Text;
            case SqlTokenKind.Number:
                return Number(token.Text);
            case SqlTokenKind.Bytes when _isCondition:
                return new LiteralExpr(Convert.FromHexString(token.Text));
            case SqlTokenKind.Quoted:
                return new ColumnExpr(token.Text);
            case SqlTokenKind.Word:
                return Word(token);
            default:
                _at--;
                throw Unexpected();
        }
    }

    private Expr Word(SqlToken token) => token.Text.ToUpperInvariant() switch
    {
        "TRUE" => true,
        "FALSE" => false,
        "NULL" => new LiteralExpr(null),
        "DATE" when Current.Kind == SqlTokenKind.Text => Day(Take().Text),
        "TIMESTAMP" when Current.Kind == SqlTokenKind.Text => Time(Take().Text, isLocal: false),
        "TIMESTAMP_NTZ" or "TIMESTAMP_LTZ" when _isCondition && Current.Kind == SqlTokenKind.Text => Time(Take().Text, token.Text.EndsWith("NTZ", StringComparison.OrdinalIgnoreCase)),
        "CAST" => Cast(isTry: false),
        "TRY_CAST" when _isCondition => Cast(isTry: true),
        "CASE" when _isCondition => Case(),
        _ when Current is { Kind: SqlTokenKind.Symbol, Text: "(" } => Call(token),
        _ when !_isCondition && Current is { Kind: SqlTokenKind.Symbol, Text: "." } => throw new FormatException($"a part of the column {token.Text} cannot be asked"),
        _ => new ColumnExpr(token.Text),
    };

    private Expr Cast(bool isTry)
    {
        ExpectSymbol("(");
        var operand = Either();
        Expect("AS");
        var name = Take().Text.ToLowerInvariant();
        if (TakeSymbol("("))
        {
            name += $"({Take().Text}";
            while (TakeSymbol(","))
                name += $",{Take().Text}";
            ExpectSymbol(")");
            name += ")";
        }

        ExpectSymbol(")");
        name = name switch
        {
            "int" => "integer",
            "bigint" => "long",
            "smallint" => "short",
            "tinyint" => "byte",
            "real" when _isCondition => "float",
            "bool" when _isCondition => "boolean",
            _ when _isCondition && name.StartsWith("numeric", StringComparison.Ordinal) => "decimal" + name[7..],
            _ => name,
        };
        return new CastExpr(operand, DeltaTypes.Primitive(name) ?? throw new FormatException($"the type {name} is not known"), isTry);
    }

    private Expr[] Arguments()
    {
        ExpectSymbol("(");
        var arguments = new List<Expr> { Either() };
        while (TakeSymbol(","))
            arguments.Add(Either());
        ExpectSymbol(")");
        return [.. arguments];
    }

    private SqlToken Take() => _tokens[Math.Min(_at++, _tokens.Count - 1)];

    private bool TakeWord(string word)
    {
        if (Current.Kind != SqlTokenKind.Word || !string.Equals(Current.Text, word, StringComparison.OrdinalIgnoreCase))
            return false;
        _at++;
        return true;
    }

    private bool TakeSymbol(string symbol)
    {
        if (Current.Kind != SqlTokenKind.Symbol || Current.Text != symbol)
            return false;
        _at++;
        return true;
    }

    private void Expect(string word)
    {
        if (!TakeWord(word))
            throw new FormatException($"{word} is missing at {Current.At}");
    }

    private void ExpectSymbol(string symbol)
    {
        if (!TakeSymbol(symbol))
            throw new FormatException($"'{symbol}' is missing at {Current.At}");
    }

    private FormatException Unexpected() => new(
        Current.Kind == SqlTokenKind.End ? "it ends too early" : $"'{Current.Text}' at {Current.At} is not expected");
}
