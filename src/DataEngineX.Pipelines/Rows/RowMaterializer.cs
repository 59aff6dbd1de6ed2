using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Apache.Arrow;

namespace DataEngineX.Pipelines;

/// <summary>Makes row objects of batches: through the constructor whose parameters are the columns, or by setting properties.</summary>
/// <typeparam name="T">The row type.</typeparam>
internal static class RowMaterializer<[DynamicallyAccessedMembers(
    DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] T>
{
    private static readonly IReadOnlyList<RowColumn> Columns = RowShape.Of<T>();
    private static readonly ConstructorInfo? Constructor = FindConstructor();

    public static void Append(RecordBatch batch, List<T> rows)
    {
        var cells = new CellReader[Columns.Count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = CellReader.Create(batch.Column(SchemaTools.Ordinal(batch.Schema, Columns[i].Name)), Columns[i]);
        for (var row = 0; row < batch.Length; row++)
            rows.Add(Make(cells, row));
    }

    private static T Make(CellReader[] cells, int row)
    {
        var values = new object?[cells.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = cells[i].Read(row);
        if (Constructor is not null)
            return (T)Constructor.Invoke(values);
        var made = Activator.CreateInstance<T>();
        for (var i = 0; i < values.Length; i++)
            Columns[i].Property.SetValue(made, values[i]);
        return made;
    }

    private static ConstructorInfo? FindConstructor()
    {
        foreach (var constructor in typeof(T).GetConstructors())
        {
            var parameters = constructor.GetParameters();
            if (parameters.Length == Columns.Count && parameters.Select((p, i) => string.Equals(p.Name, Columns[i].Property.Name, StringComparison.OrdinalIgnoreCase)).All(same => same))
                return constructor;
        }

        return typeof(T).GetConstructor(Type.EmptyTypes) is not null
            ? null
            : throw new PlanException($"{typeof(T).Name} cannot be made of rows: give it a constructor with one parameter for each property, in their order.");
    }
}
