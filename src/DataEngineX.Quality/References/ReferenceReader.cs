using Apache.Arrow;

namespace DataEngineX.Quality;

/// <summary>Learns what a rule has to know of another dataset.</summary>
internal abstract class ReferenceReader : IDisposable
{
    /// <summary>Looks at rows of the other dataset.</summary>
    /// <param name="batch">The rows, borrowed.</param>
    public abstract void Read(RecordBatch batch);

    public abstract void Dispose();
}
