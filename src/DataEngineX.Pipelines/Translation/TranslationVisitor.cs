using System.Linq.Expressions;
using DataEngineX.Expressions;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Translates a C# expression over row parameters, form by form.</summary>
internal sealed class TranslationVisitor(LambdaExpression lambda, IReadOnlyList<string> prefixes, Func<LinqExpression, Expr?>? extension)
{
    public static PlanException Refuse(LinqExpression expression, string advice) =>
        new($"'{expression}' cannot be translated: {advice}");

    /// <summary>Whether a constructor makes a value (a date, say) rather than a row.</summary>
    public static bool IsValueConstructor(NewExpression creation) => creation.Type == typeof(DateOnly) || creation.Type == typeof(DateTime)
        || creation.Type == typeof(DateTimeOffset) || creation.Type == typeof(TimeOnly) || creation.Type == typeof(TimeSpan) || creation.Type == typeof(decimal);

    public Expr Visit(LinqExpression expression)
    {
        if (extension?.Invoke(expression) is { } extended)
            return extended;
        if (!DependsOnRow(expression) && CapturedValue.TryRead(expression, out var captured))
            return Literal(expression, captured);
        return expression switch
        {
            MemberExpression member => Member(member),
            BinaryExpression binary => Binary(binary),
            UnaryExpression unary => Unary(unary),
            ConditionalExpression choice => new CallExpr(FunctionNames.If, Visit(choice.Test), Visit(choice.IfTrue), Visit(choice.IfFalse)),
            MethodCallExpression call => MethodTranslator.Translate(call, this),
            NewExpression creation when IsValueConstructor(creation) && TimeTranslator.Constructor(creation, this) is { } made => made,
            ParameterExpression => throw Refuse(expression, "a whole row is not a value; name its members."),
            _ => throw Refuse(expression, "use members, operators, conditionals and the methods listed in docs/expressions.md."),
        };
    }

    /// <summary>Whether a value is known only when a row is there, or the run: neither is read while describing.</summary>
    public bool DependsOnRow(LinqExpression expression)
    {
        var finder = new ParameterFinder(lambda);
        finder.Visit(expression);
        return finder.Found;
    }

    private static LiteralExpr Literal(LinqExpression expression, object? value)
    {
        try
        {
            return new LiteralExpr(value is char character ? character.ToString() : value);
        }
        catch (ArgumentException e)
        {
            throw Refuse(expression, e.Message);
        }
    }

    private Expr Member(MemberExpression member)
    {
        if (member.Expression is ParameterExpression parameter && lambda.Parameters.IndexOf(parameter) is var index and >= 0)
            return new ColumnExpr(prefixes[index] + ColumnNames.Of(member.Member));
        if (member.Expression is null)
            return ClockTranslator.Translate(member);
        var owner = member.Expression.Type;
        if (Nullable.GetUnderlyingType(owner) is not null)
            return member.Member.Name == "HasValue" ? Visit(member.Expression).IsNotNull() : Visit(member.Expression);
        return MemberTranslator.Translate(member, Visit(member.Expression));
    }

    private Expr Unary(UnaryExpression unary) => unary.NodeType switch
    {
        ExpressionType.Convert or ExpressionType.ConvertChecked => Converted(unary),
        ExpressionType.Not when unary.Type == typeof(bool) || unary.Type == typeof(bool?) => new CallExpr(FunctionNames.Not, Visit(unary.Operand)),
        ExpressionType.Not or ExpressionType.OnesComplement => Visit(unary.Operand).BitNot(),
        ExpressionType.ArrayLength => Visit(unary.Operand).ListLength(),
        ExpressionType.UnaryPlus => Visit(unary.Operand),
        ExpressionType.Negate or ExpressionType.NegateChecked => new CallExpr(FunctionNames.Negate, Visit(unary.Operand)),
        _ => throw Refuse(unary, "use !, -, ~ or a cast."),
    };

    /// <summary>Casts that only lift to nullable or box change nothing; casts between numbers are kept, for they change types of results.</summary>
    private Expr Converted(UnaryExpression unary)
    {
        var to = Nullable.GetUnderlyingType(unary.Type) ?? unary.Type;
        var from = Nullable.GetUnderlyingType(unary.Operand.Type) ?? unary.Operand.Type;
        if (to == from || to == typeof(object) || from.IsEnum || to.IsEnum)
            return Visit(unary.Operand);
        if (to.IsPrimitive || to == typeof(decimal))
            return new CastExpr(Visit(unary.Operand), ArrowTypes.FromClr(to));
        throw Refuse(unary, $"a cast from {from.Name} to {to.Name} has no column form.");
    }

    private Expr Binary(BinaryExpression binary)
    {
        if (TextComparison.TryTranslate(binary, this) is { } compared)
            return compared;
        if (MemberTranslator.TryDaysBetween(binary, this) is { } days)
            return days;
        if (binary.NodeType == ExpressionType.ArrayIndex)
            return Visit(binary.Left).ElementAt(Visit(binary.Right));
        var isCondition = binary.Type == typeof(bool) || binary.Type == typeof(bool?);
        var function = binary.NodeType switch
        {
            ExpressionType.And when !isCondition => FunctionNames.BitAnd,
            ExpressionType.Or when !isCondition => FunctionNames.BitOr,
            ExpressionType.ExclusiveOr => isCondition ? FunctionNames.NotEqual : FunctionNames.BitXor,
            ExpressionType.LeftShift => FunctionNames.ShiftLeft,
            ExpressionType.RightShift => FunctionNames.ShiftRight,
            ExpressionType.Add or ExpressionType.AddChecked => FunctionNames.Add,
            ExpressionType.Subtract or ExpressionType.SubtractChecked => FunctionNames.Subtract,
            ExpressionType.Multiply or ExpressionType.MultiplyChecked => FunctionNames.Multiply,
            ExpressionType.Divide => FunctionNames.Divide,
            ExpressionType.Modulo => FunctionNames.Modulo,
            ExpressionType.Equal => FunctionNames.Equal,
            ExpressionType.NotEqual => FunctionNames.NotEqual,
            ExpressionType.LessThan => FunctionNames.Less,
            ExpressionType.LessThanOrEqual => FunctionNames.LessOrEqual,
            ExpressionType.GreaterThan => FunctionNames.Greater,
            ExpressionType.GreaterThanOrEqual => FunctionNames.GreaterOrEqual,
            ExpressionType.AndAlso or ExpressionType.And => FunctionNames.And,
            ExpressionType.OrElse or ExpressionType.Or => FunctionNames.Or,
            ExpressionType.Coalesce => FunctionNames.Coalesce,
            _ => throw Refuse(binary, "use + - * / %, & | ^ << >>, comparisons, && || and ??."),
        };
        var (left, right) = (Visit(binary.Left), Visit(binary.Right));
        return (function, left, right) switch
        {
            (FunctionNames.Equal, _, _) => left == right,
            (FunctionNames.NotEqual, _, _) => left != right,
            _ => new CallExpr(function, left, right),
        };
    }

    private sealed class ParameterFinder(LambdaExpression lambda) : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override LinqExpression VisitParameter(ParameterExpression node)
        {
            Found |= lambda.Parameters.Contains(node);
            return node;
        }

        protected override LinqExpression VisitMember(MemberExpression node)
        {
            Found |= ClockTranslator.IsOfTheRun(node.Member);
            return base.VisitMember(node);
        }

        protected override LinqExpression VisitMethodCall(MethodCallExpression node)
        {
            Found |= ClockTranslator.IsOfTheRun(node.Method) || node.Method.DeclaringType == typeof(Sql);
            return base.VisitMethodCall(node);
        }
    }
}
