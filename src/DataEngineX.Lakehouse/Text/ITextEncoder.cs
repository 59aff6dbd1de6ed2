using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Turns batches into the text of a file. One thread uses it at a time.</summary>
internal interface ITextEncoder : IDisposable
{
    /// <summary>Writes what comes before the first row.</summary>
    void WriteHeader(GrowBuffer<byte> to);

    /// <summary>Writes rows of a batch, which is borrowed.</summary>
    void Write(RecordBatch batch, int start, int count, GrowBuffer<byte> to);
}
