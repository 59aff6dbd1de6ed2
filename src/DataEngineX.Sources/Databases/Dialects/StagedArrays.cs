using System.Globalization;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Expressions;

namespace DataEngineX.Sources;

/// <summary>
/// Stages rows in PostgreSQL: a parameter a column, an array of plain numbers or texts that the server unfolds. Nothing is boxed, and times travel as
/// the numbers that they are, so that no provider takes the last day for infinity.
/// </summary>
internal static class StagedArrays
{
    private const int MostRows = 16_384;

    internal static async ValueTask WriteAsync(DatabaseDialect dialect, StagedBatch staged, CancellationToken cancellationToken)
    {
        var fields = staged.Rows.Schema.FieldsList;
        var names = fields.Select(f => f.Name).Prepend(StagedBatch.RowColumn).Select(dialect.Names.Quote);
        var forms = fields.Select((f, i) => FormOf(f.DataType, string.Create(CultureInfo.InvariantCulture, $"x.c{i}"))).ToList();
        var arrays = forms.Select((f, i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}::{f.Array}[]"));
        var columns = string.Concat(forms.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"c{i}, ")));
        var sql = $"INSERT INTO {dialect.Names.Quote(staged.Table)} ({string.Join(", ", names)}) SELECT @first + x.n - 1{string.Concat(forms.Select(f => ", " + f.Sql))} "
            + $"FROM unnest({string.Join(", ", arrays)}) WITH ORDINALITY AS x({columns}n)";
        for (var from = 0; from < staged.Rows.Length; from += MostRows)
        {
            var count = Math.Min(MostRows, staged.Rows.Length - from);
            var command = staged.Command(sql);
            await using var open = command.ConfigureAwait(false);
            Add(command, "first", staged.First + from);
            for (var i = 0; i < fields.Count; i++)
                Add(command, string.Create(CultureInfo.InvariantCulture, $"p{i}"), ArrayOf(staged.Rows.Column(i), from, count, fields[i].Name));
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Add(System.Data.Common.DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    /// <summary>The element type of the array, and the value of the column made of an element.</summary>
    private static (string Array, string Sql) FormOf(IArrowType type, string element) => type switch
    {
        Date32Type => ("integer", $"DATE '1970-01-01' + {element}"),
        TimestampType { Timezone: null or "" } => ("bigint", $"TIMESTAMP '1970-01-01' + {Span(element)}"),
        TimestampType => ("bigint", $"TIMESTAMPTZ '1970-01-01 00:00:00+00' + {Span(element)}"),
        Time64Type => ("bigint", $"TIME '00:00' + {Span(element)}"),
        DurationType => ("bigint", Span(element)),
        Decimal128Type or UInt64Type => ("text", $"{element}::numeric"),
        _ => (DatabaseDialect.PostgreSql.TypeOf(type)!.Sql, element),
    };

    /// <summary>Both factors are exact as floating numbers, which intervals are multiplied by.</summary>
    private static string Span(string microseconds) =>
        $"(({microseconds} / 1000000) * INTERVAL '1 second' + ({microseconds} % 1000000) * INTERVAL '1 microsecond')";

    private static System.Array ArrayOf(IArrowArray column, int from, int count, string name) => column switch
    {
        BooleanArray flags => Each(flags, from, count, row => flags.GetValue(row)!.Value),
        Int8Array numbers => Wider<sbyte, short>(numbers, from, count),
        Int16Array numbers => Same(numbers, from, count),
        Int32Array numbers => Same(numbers, from, count),
        Int64Array numbers => Same(numbers, from, count),
        UInt8Array numbers => Wider<byte, short>(numbers, from, count),
        UInt16Array numbers => Wider<ushort, int>(numbers, from, count),
        UInt32Array numbers => Wider<uint, long>(numbers, from, count),
        UInt64Array numbers => Texts(numbers, from, count, row => numbers.Values[row].ToString(CultureInfo.InvariantCulture)),
        FloatArray numbers => Same(numbers, from, count),
        DoubleArray numbers => Same(numbers, from, count),
        Decimal128Array numbers => Texts(numbers, from, count, row => DatabaseCells.DecimalText(numbers, row)),
        StringArray texts => Texts(texts, from, count, row => texts.GetString(row)),
        BinaryArray bytes => Texts(bytes, from, count, row => bytes.GetBytes(row).ToArray()),
        Date32Array days => Same(days, from, count),
        TimestampArray times => Same(times, from, count),
        Time64Array times => Same(times, from, count),
        DurationArray spans => Same(spans, from, count),
        _ => throw new PlanException($"The column '{name}' of type {ArrowTypes.NameOf(column.Data.DataType)} is not written to databases.", column: name),
    };

    private static System.Array Same<T>(PrimitiveArray<T> column, int from, int count)
        where T : struct, IEquatable<T>
    {
        if (column.NullCount == 0)
            return column.Values.Slice(from, count).ToArray();
        var values = new T?[count];
        for (var i = 0; i < count; i++)
            values[i] = column.IsNull(from + i) ? null : column.Values[from + i];
        return values;
    }

    private static TTo?[] Wider<TFrom, TTo>(PrimitiveArray<TFrom> column, int from, int count)
        where TFrom : struct, IEquatable<TFrom>, INumberBase<TFrom>
        where TTo : struct, INumberBase<TTo>
    {
        var values = new TTo?[count];
        for (var i = 0; i < count; i++)
            values[i] = column.IsNull(from + i) ? null : TTo.CreateTruncating(column.Values[from + i]);
        return values;
    }

    private static T?[] Each<T>(IArrowArray column, int from, int count, Func<int, T> value)
        where T : struct
    {
        var values = new T?[count];
        for (var i = 0; i < count; i++)
            values[i] = column.IsNull(from + i) ? null : value(from + i);
        return values;
    }

    private static T?[] Texts<T>(IArrowArray column, int from, int count, Func<int, T> value)
        where T : class
    {
        var values = new T?[count];
        for (var i = 0; i < count; i++)
            values[i] = column.IsNull(from + i) ? null : value(from + i);
        return values;
    }
}
