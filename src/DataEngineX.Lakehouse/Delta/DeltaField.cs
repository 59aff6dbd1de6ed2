using Apache.Arrow;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>A column of a table, or a part of one: structs have their fields below them, lists their element, maps key and value.</summary>
/// <param name="Field">The column as readers see it.</param>
/// <param name="PhysicalName">The name by which data files, partition values and statistics know it.</param>
/// <param name="Id">Its number, where the schema numbers columns.</param>
/// <param name="Children">The parts.</param>
internal sealed record DeltaField(Field Field, string PhysicalName, int? Id, IReadOnlyList<DeltaField> Children)
{
    internal string Name => Field.Name;

    /// <summary>A column that is called the same everywhere.</summary>
    internal static DeltaField Plain(Field field) => new(field, field.Name, null, []);
}
