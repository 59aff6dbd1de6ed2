using Apache.Arrow;
using Apache.Arrow.Memory;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Turns the fields of one column of a batch into an Arrow array. Used again for batch after batch.</summary>
internal abstract unsafe class CsvColumn(Field field, int index, CsvFieldRules rules) : IDisposable
{
    private readonly FilledBuffer _validity = new();
    private List<CsvFault> _faults = [];

    /// <summary>The column.</summary>
    internal Field Field { get; } = field;

    /// <summary>Whether no field can be wrong.</summary>
    internal bool AcceptsAll => Field.IsNullable && Field.DataType.TypeId == Apache.Arrow.Types.ArrowTypeId.String;

    protected CsvFieldRules Rules { get; } = rules;

    protected MemoryAllocator Allocator { get; private set; } = null!;

    protected int Count { get; private set; }

    private int NullCount { get; set; }

    /// <summary>Reads the fields of all rows. Values that do not fit are told to <paramref name="faults"/>.</summary>
    internal void Read(in CsvRows rows, int ordinal, MemoryAllocator allocator, List<CsvFault> faults)
    {
        Begin(rows.Count, allocator, faults);
        ReadFields(rows, ordinal);
    }

    /// <summary>Makes all rows null, for a column the file does not have.</summary>
    internal void ReadMissing(int count, MemoryAllocator allocator, List<CsvFault> faults)
    {
        Begin(count, allocator, faults);
        ClearFields();
        for (var row = 0; row < count; row++)
            AddNull(row);
    }

    /// <summary>Hands over the array of what was read.</summary>
    internal IArrowArray Build()
    {
        var validity = NullCount == 0 ? ArrowBuffer.Empty : _validity.Build();
        return ArrowArrayFactory.BuildArray(new ArrayData(Field.DataType, Count, NullCount, 0, BuildBuffers(validity)));
    }

    /// <summary>Gives back what was not built.</summary>
    public virtual void Dispose() => _validity.Dispose();

    protected abstract void ReadFields(in CsvRows rows, int ordinal);

    protected abstract void ClearFields();

    protected abstract ArrowBuffer[] BuildBuffers(ArrowBuffer validity);

    protected void AddNull(int row)
    {
        if (!Field.IsNullable)
        {
            _faults.Add(new CsvFault(row, index, IsMissing: true));
            return;
        }

        if (NullCount++ == 0)
        {
            _validity.Allocate(Allocator, (Count + 7) / 8);
            _validity.Bytes.Fill(0xFF);
        }

        _validity.Pointer[row >> 3] &= (byte)~(1 << (row & 7));
    }

    protected void AddFault(int row) => _faults.Add(new CsvFault(row, index, IsMissing: false));

    private void Begin(int count, MemoryAllocator allocator, List<CsvFault> faults)
    {
        Count = count;
        NullCount = 0;
        Allocator = allocator;
        _faults = faults;
    }
}
