using System.Runtime.CompilerServices;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>Rows of a chunk that have the right number of fields, as places in the text.</summary>
internal unsafe ref struct CsvRows
{
    /// <summary>The chunk.</summary>
    internal byte* Text;

    /// <summary>The ends of fields.</summary>
    internal int* Ends;

    /// <summary>For each row the index of its first field's end.</summary>
    internal int* First;

    /// <summary>For each row its first byte.</summary>
    internal int* Starts;

    /// <summary>How many rows.</summary>
    internal int Count;

    /// <summary>Whether quotes occur in the chunk.</summary>
    internal bool HasQuotes;

    /// <summary>The text of a field as it stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly byte* Field(int row, int ordinal, out int length)
    {
        var mark = Ends + First[row] + ordinal;
        var start = ordinal == 0 ? Starts[row] : mark[-1] + 1;
        length = *mark - start;
        return Text + start;
    }
}
