using System.Data.Common;
using System.Globalization;
using System.Text;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Sources;

/// <summary>PostgreSQL. Rows are staged column by column, each an array that the server takes apart.</summary>
internal sealed class PostgreSqlDialect : DatabaseDialect
{
    /// <summary>Longer names are cut by the server without a word.</summary>
    private const int LongestName = 63;

    public override string Name => "PostgreSQL";

    public override SqlDialect Names => SqlDialect.Ansi;

    public override string RowId => "ctid";

    public override DatasetId DatasetOf(DbConnectionStringBuilder connection, string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        var host = Part(connection, "Host", "Server")?.Split(',')[0] ?? "localhost";
        var port = Part(connection, "Port") ?? "5432";
        var database = Part(connection, "Database", "DB") ?? Part(connection, "Username", "User Id", "User ID", "UserName") ?? "postgres";
        var place = host.Contains(':', StringComparison.Ordinal) ? host : $"{host}:{port}";
        return new DatasetId($"postgres://{place}", table.Split('.').Length switch
        {
            1 => $"{database}.public.{table}",
            2 => $"{database}.{table}",
            _ => table,
        });
    }

    public override DatabaseType? TypeOf(IArrowType type) => type switch
    {
        BooleanType => new("boolean", type),
        Int8Type or Int16Type or UInt8Type => new("smallint", Int16Type.Default),
        Int32Type or UInt16Type => new("integer", Int32Type.Default),
        Int64Type or UInt32Type => new("bigint", Int64Type.Default),
        UInt64Type => new("numeric(20,0)", new Decimal128Type(20, 0)),
        FloatType => new("real", type),
        DoubleType => new("double precision", type),
        Decimal128Type d => new(string.Create(CultureInfo.InvariantCulture, $"numeric({d.Precision},{d.Scale})"), type),
        StringType => new("text", type),
        BinaryType => new("bytea", type),
        Date32Type => new("date", type),
        TimestampType { Unit: TimeUnit.Microsecond, Timezone: null or "" } => new("timestamp", type),
        TimestampType { Unit: TimeUnit.Microsecond } => new("timestamptz", ArrowTypes.TimestampUtc),
        Time64Type { Unit: TimeUnit.Microsecond } => new("time", type),
        DurationType { Unit: TimeUnit.Microsecond } => new("interval", type),
        _ => null,
    };

    public override IArrowType? TypeOf(System.Data.Common.DbColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var name = column.DataTypeName ?? "";
        var open = name.IndexOf('(', StringComparison.Ordinal);
        return (open < 0 ? name : name[..open] + name[(name.IndexOf(')', StringComparison.Ordinal) + 1)..]) switch
        {
            "boolean" => BooleanType.Default,
            "smallint" => Int16Type.Default,
            "integer" => Int32Type.Default,
            "bigint" => Int64Type.Default,
            "real" => FloatType.Default,
            "double precision" => DoubleType.Default,
            "numeric" => column is { NumericPrecision: > 0 and <= 38 and var precision, NumericScale: >= 0 and var scale } && scale <= precision
                ? new Decimal128Type(precision, scale) : new Decimal128Type(38, 18),
            "text" or "character varying" => StringType.Default,
            "bytea" => BinaryType.Default,
            "date" => Date32Type.Default,
            "timestamp" or "timestamp without time zone" => ArrowTypes.TimestampLocal,
            "timestamptz" or "timestamp with time zone" => ArrowTypes.TimestampUtc,
            "time" or "time without time zone" => new Time64Type(TimeUnit.Microsecond),
            "interval" => DurationType.Microsecond,
            _ => null,
        };
    }

    /// <summary>Reading the catalog makes the server forget that there was no such table when it looked before.</summary>
    public override string ExistsSql(string table) => $"SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass({Text(QuoteTable(table))})";

    public override IReadOnlyList<string> LockSql(string table, bool exists)
    {
        var mine = $"SELECT pg_advisory_xact_lock(hashtextextended({Text("dataenginex " + QuoteTable(table))}, 0))";
        return exists ? [mine, $"LOCK TABLE {QuoteTable(table)} IN SHARE ROW EXCLUSIVE MODE"] : [mine];
    }

    public override string? WidenSql(string table, string column, string type) => $"ALTER TABLE {QuoteTable(table)} ALTER COLUMN {Names.Quote(column)} TYPE {type}";

    /// <summary>The planner knows nothing of a table that has just been filled.</summary>
    public override IReadOnlyList<string> PrepareSql(string table, IReadOnlyList<string> columns) => [$"ANALYZE {Names.Quote(table)}"];

    public override string? WhyNotName(string name) => Encoding.UTF8.GetByteCount(name ?? "") > LongestName
        ? $"PostgreSQL would cut the name '{name}', which has more than {LongestName} bytes" : null;

    public override ValueTask StageAsync(StagedBatch rows, CancellationToken cancellationToken) => StagedArrays.WriteAsync(this, rows, cancellationToken);

    private static string? Part(DbConnectionStringBuilder connection, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (connection.TryGetValue(key, out var value) && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text)
                return text;
        }

        return null;
    }
}
