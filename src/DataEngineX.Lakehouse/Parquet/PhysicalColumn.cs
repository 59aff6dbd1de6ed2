using System.Buffers;
using DataEngineX.Lakehouse.Internal;
using Parquet;
using Parquet.Schema;

namespace DataEngineX.Lakehouse.Parquet;

/// <summary>Physical values without nulls, and a level for each row where the column may be null.</summary>
internal sealed class PhysicalColumn<T> : DecodedColumn
    where T : struct
{
    private readonly AppendPhysical<T> _append;
    private readonly T[] _values;
    private readonly int[]? _levels;
    private int _row;
    private int _next;

    private PhysicalColumn(T[] values, int[]? levels, AppendPhysical<T> append)
    {
        _values = values;
        _levels = levels;
        _append = append;
    }

    public override void Dispose()
    {
        ArrayPool<T>.Shared.Return(_values, clearArray: System.Runtime.CompilerServices.RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        if (_levels is not null)
            ArrayPool<int>.Shared.Return(_levels);
    }

    internal static async ValueTask<DecodedColumn> ReadAsync(
        ParquetRowGroupReader group, DataField field, AppendPhysical<T> append, CancellationToken cancellationToken)
    {
        var rows = checked((int)group.RowCount);
        var column = new PhysicalColumn<T>(
            ArrayPool<T>.Shared.Rent(rows), field.MaxDefinitionLevel > 0 ? ArrayPool<int>.Shared.Rent(rows) : null, append);
        try
        {
            Memory<int>? levels = column._levels is null ? default(Memory<int>?) : column._levels.AsMemory(0, rows);
            await group.ReadRawAsync(field, column._values.AsMemory(0, rows), levels, null, cancellationToken).ConfigureAwait(false);
            return column;
        }
        catch
        {
            column.Dispose();
            throw;
        }
    }

    internal override void AppendNext(ColumnBuilder builder, int rows)
    {
        // The commonest column by far: fixed width, nothing null in these rows, no conversion.
        if (builder is FixedColumnBuilder<T> same && ReferenceEquals(_append, ParquetPhysical.Same<T>())
            && (_levels is null || !_levels.AsSpan(_row, rows).Contains(0)))
        {
            same.AppendRange(_values.AsSpan(_next, rows));
            _next += rows;
        }
        else
        {
            for (var i = _row; i < _row + rows; i++)
            {
                if (_levels is not null && _levels[i] == 0)
                    builder.AppendNull();
                else
                    _append(builder, _values[_next++]);
            }
        }

        _row += rows;
    }
}
