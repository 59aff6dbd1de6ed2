using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;
using DataEngineX.Pipelines;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Joins rows of a table with the source rows that have their key.</summary>
internal static class KeyMatch
{
    /// <summary>The rows with their partners; the source is held, so that rows keep their order as long as it fits in memory.</summary>
    internal static Flow Join(Flow rows, Flow source, Schema schema, TableEdit edit, JoinKind kind)
    {
        var left = new List<Expr>();
        var right = new List<Expr>();
        foreach (var column in edit.Key)
        {
            var (own, other) = (new ColumnExpr(column), MergeClause.Source(column));
            if (edit.NullsMatch && edit.Partners!.WithNulls.Contains(column))
            {
                // A null becomes a value beside a mark that it is none, because keys that are null match nothing.
                var blank = Blank(schema.GetFieldByName(column).DataType);
                left.AddRange([own.IsNull(), own.Coalesce(blank)]);
                right.AddRange([other.IsNull(), other.Coalesce(blank)]);
            }
            else
            {
                left.Add(own);
                right.Add(other);
            }
        }

        return new Flow(new JoinNode(rows.Node, source.Node, kind, left, right) { BuildSide = JoinSide.Right });
    }

    private static Expr Blank(IArrowType type) => type switch
    {
        StringType => "",
        BinaryType => new LiteralExpr(System.Array.Empty<byte>()),
        BooleanType => false,
        Date32Type => DateOnly.FromDateTime(DateTime.UnixEpoch),
        TimestampType { Timezone: null or "" } => new LiteralExpr(DateTime.UnixEpoch),
        TimestampType => DateTimeOffset.UnixEpoch,
        _ => new LiteralExpr(0).Cast(type),
    };
}
