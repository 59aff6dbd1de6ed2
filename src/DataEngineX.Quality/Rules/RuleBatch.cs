using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Quality;

/// <summary>One batch on its way through the rules of a suite. Valid only during the call it is handed to.</summary>
public sealed class RuleBatch
{
    private readonly RuleContext _context;
    private readonly OriginColumns _origin;
    private readonly IArrowArray?[] _decoded;

    internal RuleBatch(RecordBatch rows, long firstRow, RuleContext context, OriginColumns origin)
    {
        Rows = rows;
        FirstRow = firstRow;
        _context = context;
        _origin = origin;
        _decoded = new IArrowArray?[rows.ColumnCount];
    }

    /// <summary>The rows, borrowed.</summary>
    public RecordBatch Rows { get; }

    /// <summary>The number of rows.</summary>
    public int Length => Rows.Length;

    /// <summary>The 0-based number, in the whole stream, of the first row.</summary>
    public long FirstRow { get; }

    /// <summary>Clock and seed of the run.</summary>
    public RunParameters Parameters => _context.Parameters;

    /// <summary>Where buffers are allocated.</summary>
    public MemoryAllocator Allocator => _context.Allocator;

    /// <summary>A column with dictionary encoding removed; decoded once for all rules.</summary>
    /// <param name="ordinal">The 0-based position of the column.</param>
    /// <returns>The column, borrowed.</returns>
    public IArrowArray Column(int ordinal)
    {
        var column = Rows.Column(ordinal);
        return column.Data.DataType.TypeId == ArrowTypeId.Dictionary
            ? _decoded[ordinal] ??= Dictionaries.Decode(column, Allocator)
            : column;
    }

    /// <summary>Marks the rows without a value as skipped: null, and NaN where the suite says that NaN is missing.</summary>
    /// <param name="ordinal">The 0-based position of the column.</param>
    /// <param name="marks">One mark a row.</param>
    public void SkipMissing(int ordinal, Span<RowMark> marks) => MarkMissing(ordinal, marks, RowMark.Skipped);

    /// <summary>A row as a sample for a verdict: its number, the values of some columns as text, and where it came from.</summary>
    /// <param name="row">The 0-based row in this batch.</param>
    /// <param name="ordinals">The columns to show.</param>
    public VerdictSample Sample(int row, params ReadOnlySpan<int> ordinals) =>
        new(FirstRow + row, RuleText.Short(ValueOf(row, ordinals)), _origin.File(this, row), _origin.Line(this, row));

    /// <summary>The value of one column as text, of several as a JSON object; null for a null or for no column.</summary>
    internal string? ValueOf(int row, ReadOnlySpan<int> ordinals) => ordinals.Length switch
    {
        0 => null,
        1 => CellText.Of(Column(ordinals[0]), row),
        _ => CellText.OfMany(this, ordinals, row),
    };

    internal void MarkMissing(int ordinal, Span<RowMark> marks, RowMark mark)
    {
        var column = Column(ordinal);
        if (column is NullArray)
        {
            Fill(marks, mark);
            return;
        }

        if (column.NullCount > 0)
        {
            var bits = column.Data.Buffers[0].Span;
            var offset = column.Offset;
            for (var i = 0; i < marks.Length; i++)
            {
                if (((bits[(offset + i) >> 3] >> ((offset + i) & 7)) & 1) == 0 && marks[i] == RowMark.Holds)
                    marks[i] = mark;
            }
        }

        if (!_context.NaNIsMissing)
            return;
        switch (column)
        {
            case DoubleArray:
                MarkNaN(Values<double>(column), marks, mark);
                break;
            case FloatArray:
                MarkNaN(Values<float>(column), marks, mark);
                break;
            case HalfFloatArray:
                MarkNaN(Values<Half>(column), marks, mark);
                break;
        }
    }

    internal static ReadOnlySpan<T> Values<T>(IArrowArray column)
        where T : unmanaged =>
        column.Length == 0 ? [] : MemoryMarshal.Cast<byte, T>(column.Data.Buffers[1].Span).Slice(column.Offset, column.Length);

    internal void Release()
    {
        foreach (var column in _decoded)
            column?.Dispose();
    }

    private static void Fill(Span<RowMark> marks, RowMark mark)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == RowMark.Holds)
                marks[i] = mark;
        }
    }

    private static void MarkNaN<T>(ReadOnlySpan<T> values, Span<RowMark> marks, RowMark mark)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        for (var i = 0; i < marks.Length; i++)
        {
            if (T.IsNaN(values[i]) && marks[i] == RowMark.Holds)
                marks[i] = mark;
        }
    }
}
