using Apache.Arrow;
using DataEngineX.Lakehouse.Parquet.Format;

namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Decodes the values of one column into the buffers of an Arrow array; whoever uses it has read the levels.</summary>
/// <remarks>Use: the dictionary once; each page; for each array <see cref="Begin"/>, then appends and skips, then <see cref="Build"/>.</remarks>
internal abstract class ColumnValues : IDisposable
{
    /// <summary>Takes the dictionary of the chunk.</summary>
    internal abstract void LoadDictionary(PageSection values, int count);

    /// <summary>Takes a page.</summary>
    /// <param name="encoding">How its values are encoded.</param>
    /// <param name="values">The values.</param>
    /// <param name="most">How many there are at most.</param>
    internal abstract void LoadPage(PageEncoding encoding, PageSection values, int most);

    /// <summary>Starts an array of a number of slots.</summary>
    internal abstract void Begin(int slots);

    /// <summary>Decodes the next values of the page into the next slots.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="valid">How many of them have a value.</param>
    /// <param name="bitmap">A bit for each slot of the array, set where there is a value; empty when all have one.</param>
    /// <param name="at">The first of the slots.</param>
    internal abstract void Append(int slots, int valid, ReadOnlySpan<byte> bitmap, int at);

    /// <summary>Passes over values of the page.</summary>
    internal abstract void Skip(int valid);

    /// <summary>Ends the array.</summary>
    /// <param name="slots">The slots filled.</param>
    /// <param name="nulls">How many have no value.</param>
    /// <param name="validity">The validity bitmap, which the array takes over.</param>
    internal abstract ArrayData Build(int slots, int nulls, ArrowBuffer validity);

    /// <inheritdoc/>
    public abstract void Dispose();
}
