using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>A profile resolved against a schema.</summary>
internal sealed class BoundProfile
{
    public const string OperatorName = "profile";

    public BoundProfile(ProfileOptions options, Schema schema)
    {
        Options = options;
        Ordinals = Resolve(options, schema);
        Shapes = [.. Ordinals.Select(o => ColumnShape.Of(schema.FieldsList[o]))];
        CountsDuplicates = options.DuplicateRows && Shapes.All(s => s.Kind is not (ValueKind.List or ValueKind.Other));
    }

    public ProfileOptions Options { get; }

    public int[] Ordinals { get; }

    public ColumnShape[] Shapes { get; }

    /// <summary>Rows with lists or structs have no hash.</summary>
    public bool CountsDuplicates { get; }

    private static int[] Resolve(ProfileOptions options, Schema schema)
    {
        var fields = schema.FieldsList;
        if (options.Columns is not { } names)
            return [.. Enumerable.Range(0, fields.Count)];
        var ordinals = new int[names.Count];
        for (var i = 0; i < ordinals.Length; i++)
        {
            var at = 0;
            while (at < fields.Count && fields[at].Name != names[i])
                at++;
            ordinals[i] = at < fields.Count ? at : throw new PlanException(
                $"There is no column '{names[i]}' to profile; there are {string.Join(", ", fields.Select(f => f.Name))}.", OperatorName, names[i]);
        }

        return ordinals;
    }
}
