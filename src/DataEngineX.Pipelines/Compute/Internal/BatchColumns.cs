using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>Columns of a batch under construction: disposed together unless they became a batch.</summary>
internal sealed class BatchColumns(int count) : IDisposable
{
    private readonly IArrowArray?[] _columns = new IArrowArray?[count];
    private bool _built;

    public IArrowArray this[int index]
    {
        set => _columns[index] = value;
    }

    public RecordBatch Build(Schema schema, int length)
    {
        _built = true;
        return new RecordBatch(schema, _columns!, length);
    }

    public void Dispose()
    {
        if (_built)
        {
            return;
        }

        foreach (IArrowArray? column in _columns)
        {
            column?.Dispose();
        }
    }
}
