using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;
using DataEngineX.Lakehouse.Text;

namespace DataEngineX.Lakehouse.Json;

/// <summary>Writes rows as JSON objects, a line each.</summary>
internal sealed class JsonEncoder(Schema schema) : ITextEncoder
{
    private readonly JsonMembers _members = new(schema.FieldsList);

    public void WriteHeader(GrowBuffer<byte> to)
    {
    }

    public void Write(RecordBatch batch, int start, int count, GrowBuffer<byte> to)
    {
        _members.Bind([.. batch.Arrays]);
        for (var row = start; row < start + count; row++)
        {
            _members.Write(row, to);
            to.Add((byte)'\n');
        }
    }

    public void Dispose()
    {
    }
}
