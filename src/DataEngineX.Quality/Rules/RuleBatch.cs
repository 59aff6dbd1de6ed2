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
    private readonly long[]? _rowNumbers;
    private readonly MissingValues _missing;
    private readonly Dictionary<BoundExpression, ulong[]> _leftOut = new(ReferenceEqualityComparer.Instance);
    private readonly ColumnCache?[] _caches;

    internal RuleBatch(RecordBatch rows, long firstRow, RuleContext context, OriginColumns origin, long[]? rowNumbers = null)
    {
        Rows = rows;
        FirstRow = firstRow;
        _context = context;
        _origin = origin;
        _decoded = new IArrowArray?[rows.ColumnCount];
        _caches = new ColumnCache?[rows.ColumnCount];
        _missing = new MissingValues(rows.ColumnCount, rows.Length, context.NaNIsMissing);
        _rowNumbers = rowNumbers;
    }

    /// <summary>The rows, borrowed.</summary>
    public RecordBatch Rows { get; }

    /// <summary>The number of rows.</summary>
    public int Length => Rows.Length;

    /// <summary>The 0-based number, in the whole stream, of the first row.</summary>
    public long FirstRow { get; }

    /// <summary>The 0-based number, in the whole stream, of a row; the rows of one group do not follow each other.</summary>
    /// <param name="row">The 0-based row in this batch.</param>
    public long RowNumber(int row) => _rowNumbers is null ? FirstRow + row : _rowNumbers[row];

    /// <summary>Whether the rows follow each other in the stream; those of one group do not.</summary>
    internal bool RowsFollow => _rowNumbers is null;

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
        if (column.Data.DataType.TypeId != ArrowTypeId.Dictionary)
            return column;
        lock (_decoded)
            return _decoded[ordinal] ??= Dictionaries.Decode(column, Allocator);
    }

    /// <summary>Marks the rows without a value as skipped: null, and NaN where the suite says that NaN is missing.</summary>
    /// <param name="ordinal">The 0-based position of the column.</param>
    /// <param name="marks">One mark a row.</param>
    public void SkipMissing(int ordinal, Span<RowMark> marks) => MarkMissing(ordinal, marks, RowMark.Skipped);

    /// <summary>A row as a sample for a verdict: its number, the values of some columns as text, and where it came from.</summary>
    /// <param name="row">The 0-based row in this batch.</param>
    /// <param name="ordinals">The columns to show.</param>
    public VerdictSample Sample(int row, params ReadOnlySpan<int> ordinals)
    {
        var (text, json) = ShortOf(row, ordinals);
        return new VerdictSample(RowNumber(row), text, _origin.File(this, row), _origin.Line(this, row)) { Json = json, Keys = KeysOf(row) };
    }

    /// <summary>The value of one column, or several as an object, as short text and JSON; nulls for no column.</summary>
    internal (string? Text, string? Json) ShortOf(int row, ReadOnlySpan<int> ordinals)
    {
        if (ordinals.Length == 0)
            return (null, null);
        if (ordinals.Length == 1)
            return CellText.Short(Column(ordinals[0]), row, _context.MaxValueLength);
        var json = CellText.ObjectJson(this, ordinals, row, _context.MaxValueLength);
        return (RuleText.Short(json, _context.MaxValueLength), json);
    }

    /// <summary>The value of one column as text, of several as a JSON object; null for a null or for no column.</summary>
    internal string? ValueOf(int row, ReadOnlySpan<int> ordinals) => ordinals.Length switch
    {
        0 => null,
        1 => CellText.Of(Column(ordinals[0]), row),
        _ => CellText.OfMany(this, ordinals, row),
    };

    /// <summary>The same rows with other columns in their places, which keep their numbers.</summary>
    internal RuleBatch With(RecordBatch rows) => new(rows, FirstRow, _context, _origin, _rowNumbers);

    /// <summary>Some rows of this batch as a batch of their own, which keep their numbers.</summary>
    internal RuleBatch Part(RecordBatch rows, ReadOnlySpan<int> positions)
    {
        var numbers = new long[positions.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = RowNumber(positions[i]);
        return new RuleBatch(rows, numbers.Length == 0 ? 0 : numbers[0], _context, _origin, numbers);
    }

    /// <summary>The rows for which a filter is not true; nothing without filter. Evaluated once a batch for all rules that share it.</summary>
    internal ReadOnlySpan<ulong> LeftOut(BoundExpression? filter)
    {
        if (filter is null)
            return [];
        lock (_leftOut)
        {
            if (!_leftOut.TryGetValue(filter, out var rows))
                _leftOut[filter] = rows = Evaluate(filter);
            return rows;
        }
    }

    /// <summary>Skips the rows without a value.</summary>
    internal void Skip(int ordinal, Span<ulong> skipped) => RowBits.Or(skipped, Missing(ordinal));

    /// <summary>The rows without a value: null, and NaN where the suite says that NaN is missing; nothing when all have one.</summary>
    internal ReadOnlySpan<ulong> Missing(int ordinal) => _missing.Of(ordinal, Column(ordinal));

    /// <summary>The texts of a column as numbers of the few that differ; null when there are many.</summary>
    internal TextCodes? Codes(int ordinal) => CacheOf(ordinal).Codes(Rows.Column(ordinal), Column(ordinal), Missing(ordinal));

    /// <summary>What rules share of the values of a column in this batch.</summary>
    internal ColumnCache CacheOf(int ordinal)
    {
        lock (_caches)
            return _caches[ordinal] ??= new ColumnCache();
    }

    /// <summary>File and line of a row, where the reader added them.</summary>
    internal (string? File, long? Line) OriginOf(int row) => (_origin.File(this, row), _origin.Line(this, row));

    /// <summary>Whether samples tell more of a row than number and value.</summary>
    internal bool HasIdentity => _origin.Exists || _context.KeyOrdinals.Count > 0;

    private ulong[] Evaluate(BoundExpression filter)
    {
        using var result = (BooleanArray)filter.Evaluate(Rows, Parameters, Allocator);
        var rows = new ulong[RowBits.Words(Length)];
        TruthBits.NotTrue(result, rows);
        return rows;
    }

    internal IReadOnlyList<VerdictField> KeysOf(int row)
    {
        if (_context.KeyOrdinals.Count == 0)
            return [];
        return
        [
            .. _context.KeyOrdinals.Select(k => new VerdictField(
                Rows.Schema.GetFieldByIndex(k).Name, CellText.Short(Column(k), row, _context.MaxValueLength).Json)),
        ];
    }

    internal void MarkMissing(int ordinal, Span<RowMark> marks, RowMark mark) => RowBits.Mark(Missing(ordinal), marks, mark);

    internal static ReadOnlySpan<T> Values<T>(IArrowArray column)
        where T : unmanaged =>
        column.Length == 0 ? [] : MemoryMarshal.Cast<byte, T>(column.Data.Buffers[1].Span).Slice(column.Offset, column.Length);

    internal void Release()
    {
        foreach (var column in _decoded)
            column?.Dispose();
        foreach (var cache in _caches)
            cache?.Release();
        _missing.Release();
    }
}
