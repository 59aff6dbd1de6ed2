using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Quality;

/// <summary>A column of a schema, as a baseline that was written down keeps it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type by its canonical name, such as <c>decimal(10,2)</c>; of a dictionary that of its values.</param>
/// <param name="IsNullable">Whether nulls are allowed.</param>
public sealed record SchemaColumn(string Name, string Type, bool IsNullable)
{
    /// <summary>The columns of a schema.</summary>
    /// <param name="schema">The schema.</param>
    public static IReadOnlyList<SchemaColumn> Of(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return [.. schema.FieldsList.Select(f => new SchemaColumn(
            f.Name, ArrowTypes.NameOf(f.DataType is DictionaryType dictionary ? dictionary.ValueType : f.DataType), f.IsNullable))];
    }

    /// <summary>The columns of a profile.</summary>
    /// <param name="profile">The profile.</param>
    public static IReadOnlyList<SchemaColumn> Of(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return [.. profile.Columns.Select(c => new SchemaColumn(c.Name, c.Type, c.IsNullable))];
    }
}
