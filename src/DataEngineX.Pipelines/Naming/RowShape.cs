using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Apache.Arrow;
using DataEngineX.Expressions;

namespace DataEngineX.Pipelines;

/// <summary>The columns that the public properties of a row type stand for.</summary>
public static class RowShape
{
    private const DynamicallyAccessedMemberTypes Kept = DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>The columns of a row type, in the order of its properties.</summary>
    /// <typeparam name="T">A record, class or anonymous type.</typeparam>
    /// <exception cref="PlanException">A property has a type that no column has.</exception>
    public static IReadOnlyList<RowColumn> Of<[DynamicallyAccessedMembers(Kept)] T>() => Of(typeof(T));

    /// <summary>The columns of a row type, in the order of its properties.</summary>
    /// <param name="type">A record, class or anonymous type.</param>
    /// <exception cref="PlanException">A property has a type that no column has.</exception>
    public static IReadOnlyList<RowColumn> Of([DynamicallyAccessedMembers(Kept)] Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var nullability = new NullabilityInfoContext();
        var columns = new List<RowColumn>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanRead && property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
                columns.Add(ColumnOf(type, property, nullability));
        }

        return columns.Count > 0 ? columns : throw new PlanException($"The row type {type.Name} has no public property to be a column.");
    }

    /// <summary>The schema of a row type.</summary>
    /// <typeparam name="T">A record, class or anonymous type.</typeparam>
    public static Schema SchemaOf<[DynamicallyAccessedMembers(Kept)] T>() =>
        new(Of<T>().Select(c => new Field(c.Name, c.Type, c.IsNullable)), null);

    private static RowColumn ColumnOf(Type type, PropertyInfo property, NullabilityInfoContext nullability)
    {
        var clr = property.PropertyType;
        var nullable = clr.IsValueType ? Nullable.GetUnderlyingType(clr) is not null : nullability.Create(property).ReadState != NullabilityState.NotNull;
        try
        {
            return new RowColumn(ColumnNames.Of(property), ArrowTypes.FromClr(clr), nullable, property);
        }
        catch (ArgumentException e)
        {
            throw new PlanException($"{type.Name}.{property.Name}: {e.Message}", column: ColumnNames.Of(property));
        }
    }
}
