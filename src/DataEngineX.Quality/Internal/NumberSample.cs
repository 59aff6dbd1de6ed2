using System.Buffers;

namespace DataEngineX.Quality;

/// <summary>The numbers of a column, for tests that look at all of them in ascending order.</summary>
internal sealed class NumberSample(StoredColumn column, RuleContext context) : IDisposable
{
    private const int Most = int.MaxValue / sizeof(double);

    private readonly ValueSpool<double> _values = new(context.Space);
    private readonly double _scale = Math.Pow(10, column.Scale);

    public long Count => _values.Count;

    public bool HasNaN => _values.HasNaN;

    public void Add(RuleBatch batch, Span<RowMark> marks)
    {
        using var values = CheckedValues<double>.Of(column, batch, marks);
        if (column.Scale == 0)
        {
            _values.Add(values.Values);
            return;
        }

        var scaled = ArrayPool<double>.Shared.Rent(Math.Max(1, values.Values.Length));
        for (var i = 0; i < values.Values.Length; i++)
            scaled[i] = values.Values[i] / _scale;
        _values.Add(scaled.AsSpan(0, values.Values.Length));
        ArrayPool<double>.Shared.Return(scaled);
    }

    public void Merge(NumberSample other) => _values.Merge(other._values);

    public void Save(BinaryWriter writer) => _values.Save(writer);

    public void Load(BinaryReader reader) => _values.Load(reader);

    /// <summary>All numbers in ascending order; the memory they take is that of the run.</summary>
    public SortedNumbers Sort()
    {
        if (Count > Most)
            throw new InvalidOperationException($"Column '{column.Name}' has {Count} values: the test takes at most {Most}.");
        var memory = context.Allocator.Allocate((int)Count * sizeof(double));
        try
        {
            _values.CopyTo(memory.Memory);
            return new SortedNumbers(memory, (int)Count);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    public void Dispose() => _values.Dispose();
}
