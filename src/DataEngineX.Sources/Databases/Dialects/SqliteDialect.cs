using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Sources;

/// <summary>SQLite. It has four kinds of values; dates, times and decimals are texts, whose declared types say what they are.</summary>
internal sealed partial class SqliteDialect : DatabaseDialect
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.ffffff";

    public override string Name => "SQLite";

    public override SqlDialect Names => SqlDialect.Ansi;

    public override string RowId => "rowid";

    public override DatasetId DatasetOf(DbConnectionStringBuilder connection, string table)
    {
        var file = connection.TryGetValue("Data Source", out var source) || connection.TryGetValue("DataSource", out source) || connection.TryGetValue("Filename", out source)
            ? Convert.ToString(source, CultureInfo.InvariantCulture) : null;
        return new DatasetId("sqlite", $"{(string.IsNullOrEmpty(file) ? ":memory:" : file)}/{table}");
    }

    public override DatabaseType? TypeOf(IArrowType type) => type switch
    {
        BooleanType => new("BOOLEAN", type),
        Int8Type or Int16Type or Int32Type or Int64Type or UInt8Type or UInt16Type or UInt32Type => new("INTEGER", Int64Type.Default),
        FloatType or DoubleType => new("REAL", DoubleType.Default),
        Decimal128Type d => new(string.Create(CultureInfo.InvariantCulture, $"DECIMAL_TEXT_{d.Precision}_{d.Scale}"), type, IsOrdered: false),
        StringType => new("TEXT", type),
        BinaryType => new("BLOB", type),
        Date32Type => new("DATE", type),
        TimestampType { Unit: TimeUnit.Microsecond, Timezone: null or "" } => new("TIMESTAMP", type),
        TimestampType { Unit: TimeUnit.Microsecond } => new("TIMESTAMPTZ", ArrowTypes.TimestampUtc),
        Time64Type { Unit: TimeUnit.Microsecond } => new("TIME", type),
        DurationType { Unit: TimeUnit.Microsecond } => new("DURATION_TEXT", type, IsOrdered: false),
        _ => null,
    };

    public override IArrowType? TypeOf(System.Data.Common.DbColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var declared = (column.DataTypeName ?? "").ToUpperInvariant();
        if (Decimals().Match(declared) is { Success: true } number)
            return new Decimal128Type(int.Parse(number.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(number.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        return declared switch
        {
            "BOOLEAN" or "BOOL" => BooleanType.Default,
            "DATE" => Date32Type.Default,
            "TIMESTAMP" or "DATETIME" => ArrowTypes.TimestampLocal,
            "TIMESTAMPTZ" => ArrowTypes.TimestampUtc,
            "TIME" => new Time64Type(TimeUnit.Microsecond),
            "DURATION_TEXT" => DurationType.Microsecond,
            "BLOB" => BinaryType.Default,
            _ when declared.Contains("INT", StringComparison.Ordinal) => Int64Type.Default,
            _ when declared.Contains("CHAR", StringComparison.Ordinal) || declared.Contains("CLOB", StringComparison.Ordinal) || declared == "TEXT" => StringType.Default,
            _ when declared.Contains("REAL", StringComparison.Ordinal) || declared.Contains("FLOA", StringComparison.Ordinal) || declared.Contains("DOUB", StringComparison.Ordinal) => DoubleType.Default,
            _ => null,
        };
    }

    public override string ExistsSql(string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        var parts = table.Split('.');
        var catalog = parts.Length > 1 ? Names.Quote(parts[0]) + ".sqlite_master" : "main.sqlite_master";
        return $"SELECT 1 FROM {catalog} WHERE type = 'table' AND lower(name) = lower({Text(parts[^1])})";
    }

    /// <summary>A transaction that writes is the only one from its beginning on; the others wait.</summary>
    public override IReadOnlyList<string> LockSql(string table, bool exists) => [];

    public override string AreSame(string left, string right, bool not = false) => $"{left} IS {(not ? "NOT " : "")}{right}";

    public override IReadOnlyList<string> PrepareSql(string table, IReadOnlyList<string> columns) => columns.Count == 0
        ? []
        : [$"CREATE INDEX temp.{Names.Quote(table + "_key")} ON {Names.Quote(table)} ({string.Join(", ", columns.Select(Names.Quote))})"];

    public override object ValueOf(object value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString(TimeFormat, CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => value,
    };

    public override Func<int, object> CellsOf(IArrowArray column, string name)
    {
        var cells = DatabaseCells.Of(column, name);
        return column switch
        {
            Decimal128Array numbers => row => DatabaseCells.DecimalText(numbers, row),
            FloatArray or DoubleArray => row => cells(row) is var value && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && !double.IsNaN(number)
                ? number
                : throw new DataEngineXException($"The column '{name}' has NaN in a row, which SQLite would store as null: write null where it is meant."),
            _ => row => ValueOf(cells(row)),
        };
    }

    /// <summary>In one transaction that touches temporary tables alone: nobody waits for it.</summary>
    public override async ValueTask StageAsync(StagedBatch rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await RunAsync(rows, "BEGIN", cancellationToken).ConfigureAwait(false);
        try
        {
            await base.StageAsync(rows, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await RunAsync(rows, "ROLLBACK", CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        await RunAsync(rows, "COMMIT", cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask RunAsync(StagedBatch rows, string sql, CancellationToken cancellationToken)
    {
        var command = rows.Command(sql);
        await using var open = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    [GeneratedRegex(@"^DECIMAL_TEXT_(\d+)_(\d+)$")]
    private static partial Regex Decimals();
}
