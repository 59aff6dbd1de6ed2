using System.Globalization;
using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>Compares schemas and tells what each change means to readers.</summary>
public static class SchemaDrift
{
    /// <summary>The changes from one schema to another.</summary>
    /// <param name="before">The schema compared with.</param>
    /// <param name="after">The schema compared.</param>
    public static IReadOnlyList<SchemaChange> Between(Schema before, Schema after) => Between(SchemaColumn.Of(before), SchemaColumn.Of(after));

    /// <summary>The changes from one list of columns to another, in the order of the old columns, new ones last.</summary>
    /// <param name="before">The columns compared with, such as those of a baseline.</param>
    /// <param name="after">The columns compared.</param>
    public static IReadOnlyList<SchemaChange> Between(IReadOnlyList<SchemaColumn> before, IReadOnlyList<SchemaColumn> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<SchemaChange>();
        var added = after.Where(a => before.All(b => b.Name != a.Name)).ToList();
        foreach (var column in before)
        {
            if (after.FirstOrDefault(a => a.Name == column.Name) is { } found)
                Compare(changes, column, found);
            else
                changes.Add(RemovedOrRenamed(column, before, after, added));
        }

        AddMoves(changes, before, after);
        changes.AddRange(added.Select(a => new SchemaChange(
            a.Name, SchemaDriftKind.Added, a.IsNullable ? SchemaDriftClass.Compatible : SchemaDriftClass.Widening, null, a.Type)));
        return changes;
    }

    internal static Verdict VerdictOf(IReadOnlyList<SchemaChange> changes, Severity severity)
    {
        var breaks = changes.Any(c => c.Class == SchemaDriftClass.Breaking);
        return new Verdict
        {
            Rule = "schema_drift",
            Expectation = "the schema did not change in a way that breaks readers",
            Outcome = breaks ? VerdictOutcome.Fail : VerdictOutcome.Pass,
            Severity = severity,
            Checked = 1,
            Failed = breaks ? 1 : 0,
            Observed = changes.Count == 0 ? "no change" : string.Join("; ", changes),
        };
    }

    private static SchemaChange RemovedOrRenamed(
        SchemaColumn column, IReadOnlyList<SchemaColumn> before, IReadOnlyList<SchemaColumn> after, List<SchemaColumn> added)
    {
        var place = IndexOf(before, column.Name);
        var successor = added.Where(a => a.Type == column.Type)
            .Where(a => IndexOf(after, a.Name) == place || Likeness.Of(a.Name, column.Name) >= 0.6)
            .MaxBy(a => Likeness.Of(a.Name, column.Name) + (IndexOf(after, a.Name) == place ? 1 : 0));
        if (successor is null)
            return new SchemaChange(column.Name, SchemaDriftKind.Removed, SchemaDriftClass.Breaking, column.Type, null);
        added.Remove(successor);
        return new SchemaChange(column.Name, SchemaDriftKind.Renamed, SchemaDriftClass.Breaking, column.Name, successor.Name);
    }

    private static void Compare(List<SchemaChange> changes, SchemaColumn before, SchemaColumn after)
    {
        if (before.Type != after.Type)
        {
            var (kind, meaning) = TypeDrift.Of(before.Type, after.Type);
            changes.Add(new SchemaChange(before.Name, kind, meaning, before.Type, after.Type));
        }

        if (before.IsNullable == after.IsNullable)
            return;
        changes.Add(after.IsNullable
            ? new SchemaChange(before.Name, SchemaDriftKind.BecameNullable, SchemaDriftClass.Widening, "required", "nullable")
            : new SchemaChange(before.Name, SchemaDriftKind.BecameRequired, SchemaDriftClass.Compatible, "nullable", "required"));
    }

    /// <summary>Columns that stayed but are no more in their old order: those outside of the longest run that is.</summary>
    private static void AddMoves(List<SchemaChange> changes, IReadOnlyList<SchemaColumn> before, IReadOnlyList<SchemaColumn> after)
    {
        var stayed = before.Where(b => IndexOf(after, b.Name) >= 0).ToArray();
        var places = stayed.Select(s => IndexOf(after, s.Name)).ToArray();
        var lengths = new int[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            lengths[i] = 1;
            for (var j = 0; j < i; j++)
            {
                if (places[j] < places[i])
                    lengths[i] = Math.Max(lengths[i], lengths[j] + 1);
            }
        }

        var wanted = lengths.DefaultIfEmpty(0).Max();
        var next = int.MaxValue;
        for (var i = places.Length - 1; i >= 0; i--)
        {
            if (lengths[i] == wanted && places[i] < next)
            {
                (wanted, next) = (wanted - 1, places[i]);
                continue;
            }

            changes.Add(new SchemaChange(
                stayed[i].Name,
                SchemaDriftKind.Reordered,
                SchemaDriftClass.Compatible,
                IndexOf(before, stayed[i].Name).ToString(CultureInfo.InvariantCulture),
                places[i].ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static int IndexOf(IReadOnlyList<SchemaColumn> columns, string name)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name == name)
                return i;
        }

        return -1;
    }
}
