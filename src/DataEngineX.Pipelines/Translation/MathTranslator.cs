using System.Linq.Expressions;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>Translates methods of <see cref="Math"/> and of the number types.</summary>
internal static class MathTranslator
{
    public static bool IsNumber(Type? type) => type == typeof(Math) || type == typeof(MathF) || type == typeof(decimal)
        || (type is { IsPrimitive: true } && type != typeof(char) && type != typeof(bool));

    public static Expr? Translate(MethodCallExpression call, TranslationVisitor visitor)
    {
        if (call.Object is not null)
            return null;
        if (call.Method.Name == "Parse" && call.Arguments[0].Type == typeof(string))
            return visitor.Visit(call.Arguments[0]).Cast(ArrowTypes.FromClr(call.Method.ReturnType));
        if (call.Method.Name == nameof(Math.Round))
            return Rounded(call, visitor);
        Expr[] a = [.. call.Arguments.Select(visitor.Visit)];
        return (call.Method.Name, a.Length) switch
        {
            (nameof(Math.Abs), 1) => a[0].Abs(),
            (nameof(Math.Sign), 1) => a[0].Sign(),
            (nameof(Math.Floor), 1) => a[0].Floor(),
            (nameof(Math.Ceiling), 1) => a[0].Ceiling(),
            (nameof(Math.Truncate), 1) => a[0].Truncate(),
            (nameof(Math.Sqrt), 1) => a[0].Sqrt(),
            (nameof(Math.Cbrt), 1) => a[0].Cbrt(),
            (nameof(Math.Exp), 1) => a[0].Exp(),
            (nameof(Math.Log), 1) => a[0].Log(),
            (nameof(Math.Log10), 1) => a[0].Log10(),
            (nameof(Math.Log2), 1) => a[0].Log2(),
            (nameof(Math.Pow), 2) => a[0].Pow(a[1]),
            (nameof(Math.Sin), 1) => a[0].Sin(),
            (nameof(Math.Cos), 1) => a[0].Cos(),
            (nameof(Math.Tan), 1) => a[0].Tan(),
            (nameof(Math.Asin), 1) => a[0].Asin(),
            (nameof(Math.Acos), 1) => a[0].Acos(),
            (nameof(Math.Atan), 1) => a[0].Atan(),
            (nameof(Math.Atan2), 2) => a[0].Atan2(a[1]),
            (nameof(Math.Sinh), 1) => a[0].Sinh(),
            (nameof(Math.Cosh), 1) => a[0].Cosh(),
            (nameof(Math.Tanh), 1) => a[0].Tanh(),
            (nameof(double.IsNaN), 1) => a[0].IsNaN(),
            (nameof(double.IsFinite), 1) => a[0].IsFinite(),
            (nameof(double.IsInfinity), 1) => a[0].IsInfinite(),
            (nameof(double.RadiansToDegrees), 1) => a[0].Degrees(),
            (nameof(double.DegreesToRadians), 1) => a[0].Radians(),
            (nameof(Math.Max), 2) => Columns.Greatest(a[0], a[1]),
            (nameof(Math.Min), 2) => Columns.Least(a[0], a[1]),
            (nameof(Math.Clamp), 3) => Columns.Least(Columns.Greatest(a[0], a[1]), a[2]),
            _ => null,
        };
    }

    private static CallExpr Rounded(MethodCallExpression call, TranslationVisitor visitor)
    {
        var function = FunctionNames.Round;
        Expr digits = 0;
        foreach (var argument in call.Arguments.Skip(1))
        {
            if (argument.Type == typeof(int))
            {
                digits = visitor.Visit(argument);
                continue;
            }

            function = CapturedValue.TryRead(argument, out var mode) ? (MidpointRounding)mode! switch
            {
                MidpointRounding.ToEven => FunctionNames.Round,
                MidpointRounding.AwayFromZero => FunctionNames.RoundAway,
                _ => throw TranslationVisitor.Refuse(call, "round to even or away from zero, or use Math.Floor, Math.Ceiling or Math.Truncate."),
            }
            : throw TranslationVisitor.Refuse(call, "the way to round must be a constant.");
        }

        return new CallExpr(function, visitor.Visit(call.Arguments[0]), digits);
    }
}
