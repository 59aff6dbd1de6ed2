using Apache.Arrow.Types;

namespace DataEngineX.Expressions;

/// <summary>A conversion to another type.</summary>
public sealed class CastExpr : Expr
{
    /// <summary>Creates the node.</summary>
    /// <param name="operand">The value to convert.</param>
    /// <param name="type">The type wanted.</param>
    /// <param name="isTry">True: a value that cannot be converted becomes null. False: it is an error naming it.</param>
    public CastExpr(Expr operand, IArrowType type, bool isTry = false)
    {
        ArgumentNullException.ThrowIfNull(operand);
        ArgumentNullException.ThrowIfNull(type);
        Children = [operand];
        Type = type;
        IsTry = isTry;
    }

    /// <summary>The value to convert.</summary>
    public Expr Operand => Children[0];

    /// <summary>The type wanted.</summary>
    public IArrowType Type { get; }

    /// <summary>Whether a value that cannot be converted becomes null instead of an error.</summary>
    public bool IsTry { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Expr> Children { get; }

    /// <inheritdoc/>
    public override Expr WithChildren(IReadOnlyList<Expr> children)
    {
        ArgumentNullException.ThrowIfNull(children);
        return new CastExpr(children[0], Type, IsTry);
    }

    private protected override string WriteCanonical() => $"({(IsTry ? "try_cast" : "cast")} {ArrowTypes.NameOf(Type)} {Operand.Canonical})";
}
