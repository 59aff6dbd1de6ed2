using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Reads the value of a sub-expression that does not depend on the row, without compiling it (so that it works ahead of time).</summary>
internal static class CapturedValue
{
    public static bool TryRead(LinqExpression expression, out object? value)
    {
        value = null;
        return expression switch
        {
            ConstantExpression constant => Found(constant.Value, out value),
            DefaultExpression node => TryDefault(node.Type, out value),
            MemberExpression member => TryMember(member, out value),
            UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert => TryConvert(convert, out value),
            NewExpression { Constructor: { } constructor } creation when TryAll(creation.Arguments, out var arguments) =>
                Found(constructor.Invoke(arguments), out value),
            MethodCallExpression call => TryCall(call, out value),
            NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array when TryAll(array.Expressions, out var items) => Found(items, out value),
            _ => false,
        };
    }

    private static bool Found(object? found, out object? value)
    {
        value = found;
        return true;
    }

    private static bool TryDefault(Type type, out object? value)
    {
        value = null;
        if (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null)
            return true;
        value = type == typeof(DateOnly) ? default(DateOnly)
            : type == typeof(DateTime) ? default(DateTime)
            : type == typeof(DateTimeOffset) ? default(DateTimeOffset)
            : type.IsPrimitive || type == typeof(decimal) ? Convert.ChangeType(0, type, CultureInfo.InvariantCulture)
            : null;
        return value is not null;
    }

    private static bool TryMember(MemberExpression member, out object? value)
    {
        value = null;
        object? owner = null;
        if (member.Expression is not null && (!TryRead(member.Expression, out owner) || owner is null))
            return false;
        return member.Member switch
        {
            FieldInfo field => Found(field.GetValue(owner), out value),
            PropertyInfo property => Found(property.GetValue(owner), out value),
            _ => false,
        };
    }

    private static bool TryConvert(UnaryExpression convert, out object? value)
    {
        if (!TryRead(convert.Operand, out value))
            return false;
        var type = Nullable.GetUnderlyingType(convert.Type) ?? convert.Type;
        if (convert.Method is not null)
            value = convert.Method.Invoke(null, [value]);
        else if (value is IConvertible && type.IsPrimitive && !type.IsEnum)
            value = Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        return true;
    }

    private static bool TryCall(MethodCallExpression call, out object? value)
    {
        value = null;
        object? owner = null;
        if (call.Object is not null && (!TryRead(call.Object, out owner) || owner is null))
            return false;
        return !call.Method.ReturnType.IsByRefLike && TryAll(call.Arguments, out var arguments)
            && Found(call.Method.Invoke(owner, arguments), out value);
    }

    private static bool TryAll(ReadOnlyCollection<LinqExpression> expressions, out object?[] values)
    {
        values = new object?[expressions.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryRead(expressions[i], out values[i]))
                return false;
        }

        return true;
    }
}
