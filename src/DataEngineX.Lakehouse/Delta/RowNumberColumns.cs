using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Lakehouse.Delta;

/// <summary>
/// The columns of data files that keep the numbers which rows had in other files, and the versions that wrote them. They are no columns of the table:
/// a row without a value in them has the number and version that its file gives it.
/// </summary>
/// <param name="Number">The column of numbers.</param>
/// <param name="Version">The column of versions.</param>
internal sealed record RowNumberColumns(string Number, string Version)
{
    /// <summary>What plans call the number of a row.</summary>
    internal const string NumberOfRow = "$row_number";

    /// <summary>What plans call the version that wrote a row.</summary>
    internal const string VersionOfRow = "$row_version";

    private const string NumberSetting = "delta.rowTracking.materializedRowIdColumnName";
    private const string VersionSetting = "delta.rowTracking.materializedRowCommitVersionColumnName";

    /// <summary>The columns as plans have them.</summary>
    internal static IReadOnlyList<Field> OfPlan { get; } =
    [
        new Field(NumberOfRow, Int64Type.Default, nullable: true), new Field(VersionOfRow, Int64Type.Default, nullable: true),
    ];

    /// <summary>The columns as data files have them.</summary>
    internal IReadOnlyList<Field> OfFiles => [new Field(Number, Int64Type.Default, nullable: true), new Field(Version, Int64Type.Default, nullable: true)];

    /// <summary>How files are asked for what plans want to know.</summary>
    internal IEnumerable<DeltaField> Bound => OfPlan.Zip([Number, Version], (column, name) => new DeltaField(column, name, null, []));

    /// <summary>For a version of a table; null where rows do not keep their numbers.</summary>
    internal static RowNumberColumns? Of(LogState state)
    {
        var settings = state.Metadata.Configuration;
        return RowNumbering.IsKept(state) && settings.GetValueOrDefault(NumberSetting) is { Length: > 0 } number && settings.GetValueOrDefault(VersionSetting) is { Length: > 0 } version
            ? new RowNumberColumns(number, version)
            : null;
    }
}
