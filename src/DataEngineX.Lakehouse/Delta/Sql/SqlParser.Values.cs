using System.Globalization;
using System.Numerics;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Lakehouse.Delta.Sql;

/// <content>Numbers, times, calls, and the parts of values.</content>
internal sealed partial class SqlParser
{
    private const int MostDigits = 38;

    /// <summary>A number by how it is written: whole ones are int or long, those with a point decimal, those with an exponent double, or as a suffix says.</summary>
    private static Expr Number(string text)
    {
        var digits = text.TrimEnd("BDFLSYbdflsy".ToCharArray());
        var isExponential = digits.AsSpan().ContainsAny('e', 'E');
        var number = text[digits.Length..].ToUpperInvariant() switch
        {
            "" when isExponential => double.Parse(digits, CultureInfo.InvariantCulture),
            "" when !digits.Contains('.', StringComparison.Ordinal) && long.TryParse(digits, CultureInfo.InvariantCulture, out var whole) => whole,
            "L" => long.Parse(digits, CultureInfo.InvariantCulture),
            "S" => short.Parse(digits, CultureInfo.InvariantCulture),
            "Y" => sbyte.Parse(digits, CultureInfo.InvariantCulture),
            "D" => double.Parse(digits, CultureInfo.InvariantCulture),
            "F" => float.Parse(digits, CultureInfo.InvariantCulture),
            "" or "BD" => (object?)null,
            _ => throw new FormatException($"'{text}' is no number"),
        };
        return number switch
        {
            null => DecimalNumber(digits),
            long n and >= int.MinValue and <= int.MaxValue when text.Length == digits.Length => (int)n,
            _ => new LiteralExpr(number),
        };
    }

    private static Expr DecimalNumber(string digits)
    {
        // More digits than the CLR's decimal keeps are a cast of the text, so that none is lost.
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var places = point < 0 ? 0 : digits.Length - point - 1;
        if (digits.AsSpan().Count('.') > 1 || !BigInteger.TryParse(digits.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unscaled))
            throw new FormatException($"'{digits}' is no number");
        var count = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).Length;
        if (Math.Max(count, places) > MostDigits)
            throw new FormatException($"'{digits}' has more than {MostDigits} digits");
        return count <= 28 && places <= 28
            ? new LiteralExpr(decimal.Parse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture))
            : new LiteralExpr(digits).Cast(new Decimal128Type(Math.Max(count, places), places));
    }

    private static Expr Day(string text) => TimeTexts.ReadDay(text) ?? throw new FormatException($"'{text}' is no day such as 2024-01-31");

    private static Expr Time(string text, bool isLocal) => isLocal
        ? TimeTexts.ReadClock(text) ?? throw new FormatException($"'{text}' is no time without a zone, such as 2024-01-31 10:00:00")
        : TimeTexts.ReadInstant(text) ?? throw new FormatException($"'{text}' is no time such as 2024-01-31T10:00:00Z");

    /// <summary>What may stand behind IS beside NULL.</summary>
    private Expr? Is(Expr left)
    {
        if (TakeWord("TRUE"))
            return left.Coalesce(false);
        if (TakeWord("FALSE"))
            return (!left).Coalesce(false);
        if (!TakeWord("DISTINCT"))
            return null;
        Expect("FROM");
        return new CallExpr(FunctionNames.IsDistinct, left, Sum());
    }

    private Expr Pattern(string function, Expr left)
    {
        var pattern = Sum();
        return _isCondition && TakeWord("ESCAPE") ? new CallExpr(function, left, pattern, Primary()) : new CallExpr(function, left, pattern);
    }

    private Expr Call(SqlToken name)
    {
        var function = SqlFunctions.FunctionOf(SqlFunctions.Calls, name.Text) ?? (_isCondition ? SqlFunctions.FunctionOf(SqlFunctions.More, name.Text) : null);
        if (function is FunctionNames.RoundAway or FunctionNames.Round && Arguments() is var rounded)
            return new CallExpr(function, rounded.Length == 1 ? [.. rounded, 0] : rounded); // To whole numbers, unless it says to how many places.
        if (function is not null)
            return new CallExpr(function, Arguments());
        if (_isCondition && name.Text.Equals("substring", StringComparison.OrdinalIgnoreCase) | name.Text.Equals("substr", StringComparison.OrdinalIgnoreCase))
            return Substring(Arguments());
        throw new FormatException($"the function {name.Text} is not known");
    }

    // SQL counts characters from 1, expressions from 0; both count from the end below zero.
    private static Expr Substring(Expr[] arguments) => arguments is [var text, LiteralExpr { Value: int start }, .. var length]
        ? new CallExpr(FunctionNames.Substring, [text, new LiteralExpr(start > 0 ? start - 1 : start), .. length])
        : throw new FormatException("substring takes a text, a number, and perhaps a length");

    private Expr Case()
    {
        var operand = Current is { Kind: SqlTokenKind.Word } && Current.Text.Equals("WHEN", StringComparison.OrdinalIgnoreCase) ? null : Either();
        var branches = new List<Expr>();
        while (TakeWord("WHEN"))
        {
            var when = Either();
            Expect("THEN");
            branches.AddRange([operand is null ? when : new CallExpr(FunctionNames.Equal, operand, when), Either()]);
        }

        if (branches.Count == 0)
            throw Unexpected();
        branches.Add(TakeWord("ELSE") ? Either() : new LiteralExpr(null));
        Expect("END");
        return new CallExpr(branches.Count == 3 ? FunctionNames.If : FunctionNames.Case, branches);
    }

    /// <summary>The fields of structs and the elements of lists that stand behind a value.</summary>
    private Expr Parts(Expr value)
    {
        while (_isCondition)
        {
            if (TakeSymbol("."))
            {
                value = Take() is { Kind: SqlTokenKind.Word or SqlTokenKind.Quoted } part ? value.Field(part.Text) : throw Unexpected();
            }
            else if (TakeSymbol("["))
            {
                value = value.ElementAt(Either());
                ExpectSymbol("]");
            }
            else
            {
                break;
            }
        }

        return value;
    }
}
