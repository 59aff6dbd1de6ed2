using System.Globalization;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta.Sql;

/// <summary>Reads the conditions that tables keep as SQL text: comparisons, logic, sums and products, null tests, lists, ranges, casts and common functions.</summary>
internal sealed class SqlParser
{
    private readonly List<SqlToken> _tokens;
    private int _at;

    private SqlParser(string sql) => _tokens = SqlTokens.Of(sql);

    private SqlToken Current => _tokens[_at];

    /// <summary>The expression that a text means.</summary>
    /// <exception cref="FormatException">The text uses what is not known; says what and where.</exception>
    internal static Expr Parse(string sql)
    {
        var parser = new SqlParser(sql);
        var expression = parser.Either();
        return parser.Current.Kind == SqlTokenKind.End ? expression : throw parser.Unexpected();
    }

    private Expr Either()
    {
        var left = Both();
        while (TakeWord("OR"))
            left |= Both();
        return left;
    }

    private Expr Both()
    {
        var left = Negated();
        while (TakeWord("AND"))
            left &= Negated();
        return left;
    }

    private Expr Negated() => TakeWord("NOT") ? !Negated() : Predicate();

    private Expr Predicate()
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
            return new CallExpr(FunctionNames.Like, left, Sum());
        if (!TakeWord("BETWEEN"))
            return null;
        var low = Sum();
        Expect("AND");
        return left.Between(low, Sum());
    }

    private Expr Sum()
    {
        var left = Product();
        while (true)
        {
            if (TakeSymbol("+"))
                left += Product();
            else if (TakeSymbol("-"))
                left -= Product();
            else
                return left;
        }
    }

    private Expr Product()
    {
        var left = Signed();
        while (TakeSymbol("*"))
            left *= Signed();
        return left;
    }

    private Expr Signed() => TakeSymbol("-") ? (Current.Kind == SqlTokenKind.Number ? Number("-" + Take().Text) : -Signed()) : Primary();

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
        "DATE" when Current.Kind == SqlTokenKind.Text => DateOnly.Parse(Take().Text, CultureInfo.InvariantCulture),
        "TIMESTAMP" when Current.Kind == SqlTokenKind.Text => DateTimeOffset.Parse(
            Take().Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        "CAST" => Cast(),
        _ when Current is { Kind: SqlTokenKind.Symbol, Text: "(" } => new CallExpr(
            SqlFunctions.FunctionOf(SqlFunctions.Calls, token.Text) ?? throw new FormatException($"the function {token.Text} is not known"), Arguments()),
        _ when Current is { Kind: SqlTokenKind.Symbol, Text: "." } => throw new FormatException($"a part of the column {token.Text} cannot be asked"),
        _ => new ColumnExpr(token.Text),
    };

    private Expr Cast()
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
        name = name switch { "int" => "integer", "bigint" => "long", "smallint" => "short", "tinyint" => "byte", _ => name };
        return operand.Cast(DeltaTypes.Primitive(name) ?? throw new FormatException($"the type {name} is not known"));
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

    private static Expr Number(string text)
    {
        if (text.Contains('e', StringComparison.OrdinalIgnoreCase))
            return double.Parse(text, CultureInfo.InvariantCulture);
        if (text.Contains('.', StringComparison.Ordinal))
            return decimal.Parse(text, CultureInfo.InvariantCulture);
        var number = long.Parse(text, CultureInfo.InvariantCulture);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : number;
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
