using Apache.Arrow;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>The evaluated key columns of one batch, dictionaries decoded. Owns them.</summary>
internal sealed class ProbeKeys : IDisposable
{
    private readonly ulong[]? _valid;
    private readonly bool _isBorrowed;

    private ProbeKeys(IArrowArray[] columns, int length)
    {
        Columns = columns;
        Length = length;
        _valid = ValidRows(columns, length);
    }

    private ProbeKeys(IArrowArray[] borrowed, int length, ulong[]? valid)
    {
        Columns = borrowed;
        Length = length;
        _valid = valid;
        _isBorrowed = true;
    }

    public IArrowArray[] Columns { get; }

    public int Length { get; }

    /// <summary>One bit a row whose keys are all there; null when all rows' are.</summary>
    public ReadOnlySpan<ulong> Valid => _valid;

    public static ProbeKeys Evaluate(RecordBatch batch, IReadOnlyList<BoundExpression> keys, OperatorContext context)
    {
        var columns = new IArrowArray[keys.Count];
        try
        {
            for (var i = 0; i < columns.Length; i++)
            {
                columns[i] = keys[i].Evaluate(batch, context.Parameters, context.Allocator);
                if (columns[i].Data.DataType is DictionaryType)
                {
                    using var encoded = columns[i];
                    columns[i] = Dictionaries.Decode(encoded, context.Allocator);
                }
            }

            return new ProbeKeys(columns, batch.Length);
        }
        catch
        {
            foreach (var column in columns)
                column?.Dispose();
            throw;
        }
    }

    /// <summary>One column, borrowed.</summary>
    public static ProbeKeys Borrow(IArrowArray column) => new([column], column.Length, ValidRows([column], column.Length));

    /// <summary>The first of the keys, borrowed; a row that lacks any key counts as lacking these.</summary>
    public ProbeKeys Leading(int count) => new(Columns[..count], Length, _valid);

    /// <summary>Whether no key of a row is null.</summary>
    public bool IsValid(int row) => _valid is null || ((_valid[row >> 6] >> (row & 63)) & 1) != 0;

    /// <summary>Says of rows with a null key that they have no partner.</summary>
    public void DropNulls(Span<int> heads)
    {
        if (_valid is null)
            return;
        for (var row = 0; row < heads.Length; row++)
        {
            if (!IsValid(row))
                heads[row] = -1;
        }
    }

    public void Dispose()
    {
        if (_isBorrowed)
            return;
        foreach (var column in Columns)
            column.Dispose();
    }

    private static ulong[]? ValidRows(IArrowArray[] columns, int length)
    {
        ulong[]? valid = null;
        foreach (var column in columns)
        {
            var bits = Bits.Validity(column.Data);
            if (bits.AllSet)
                continue;
            if (valid is null)
            {
                valid = new ulong[Bits.WordsFor(length)];
                valid.AsSpan().Fill(ulong.MaxValue);
            }

            for (var w = 0; w < valid.Length; w++)
                valid[w] &= bits.Word(w);
        }

        return valid;
    }
}
