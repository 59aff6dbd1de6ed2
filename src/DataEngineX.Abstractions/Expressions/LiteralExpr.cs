using System.Globalization;
using Apache.Arrow.Types;
using DataEngineX.Plans;

namespace DataEngineX.Expressions;

/// <summary>A constant. A null value has the type null until something beside it gives it one.</summary>
public sealed class LiteralExpr : Expr
{
    /// <summary>Creates a constant whose Arrow type follows from its CLR type.</summary>
    /// <param name="value">
    /// Null, bool, an integer, float, double, decimal, string, byte[], <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="DateTime"/>,
    /// <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/> or an enum (its underlying integer).
    /// </param>
    /// <exception cref="ArgumentException">The CLR type has no column type.</exception>
    public LiteralExpr(object? value)
    {
        Value = value is Enum e ? Convert.ChangeType(e, Enum.GetUnderlyingType(e.GetType()), CultureInfo.InvariantCulture) : value;
        Type = Value is null ? NullType.Default : ArrowTypes.FromClr(Value.GetType());
    }

    /// <summary>The value; null for the null literal.</summary>
    public object? Value { get; }

    /// <summary>The Arrow type of the value.</summary>
    public IArrowType Type { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children => [];

    /// <inheritdoc/>
    public override Expr WithChildren(IReadOnlyList<Expr> children) => this;

    private protected override string WriteCanonical() => $"(lit {ArrowTypes.NameOf(Type)} {Format()})";

    private string Format() => Value switch
    {
        null => "null",
        string text => CanonicalWriter.Quote(text),
        bool flag => flag ? "true" : "false",
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        float f => f.ToString("R", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => CanonicalWriter.Quote(Value.ToString() ?? string.Empty),
    };
}
