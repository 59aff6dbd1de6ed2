using System.Text;
using Apache.Arrow;

namespace DataEngineX.ML.Internal;

/// <summary>Decodes plain and dictionary-encoded text. Missing text is the default memory, empty text is not.</summary>
internal static class TextFill
{
    public static void Plain(IArrowArray array, Span<ReadOnlyMemory<char>> destination)
    {
        var last = default(ReadOnlyMemory<char>);
        var lastBytes = ReadOnlySpan<byte>.Empty;
        for (var i = 0; i < destination.Length; i++)
        {
            if (array.IsNull(i))
            {
                destination[i] = default;
                continue;
            }

            // Keys and kinds come in long runs of one value: decode a run once.
            var bytes = Bytes(array, i);
            if (last.IsEmpty || !bytes.SequenceEqual(lastBytes))
            {
                last = Encoding.UTF8.GetString(bytes).AsMemory();
                lastBytes = bytes;
            }

            destination[i] = last;
        }
    }

    public static void Dictionary(IArrowArray array, Span<ReadOnlyMemory<char>> destination)
    {
        var dictionary = (DictionaryArray)array;
        var words = new ReadOnlyMemory<char>[dictionary.Dictionary.Length];
        Plain(dictionary.Dictionary, words);
        for (var i = 0; i < destination.Length; i++)
            destination[i] = Index(dictionary, i) is { } index ? words[index] : default;
    }

    /// <summary>A fill that gives each value its number in <paramref name="numbers"/>, missing values 0.</summary>
    public static ColumnFill<uint> Keys(IReadOnlyDictionary<string, uint> numbers) => (array, destination) =>
    {
        var dictionary = (DictionaryArray)array;
        var words = new uint[dictionary.Dictionary.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = Read(dictionary.Dictionary, i) is { } text ? numbers[text] : 0;
        for (var i = 0; i < destination.Length; i++)
            destination[i] = Index(dictionary, i) is { } index ? words[index] : 0;
    };

    public static string? Read(IArrowArray array, int row) => array.IsNull(row) ? null : Encoding.UTF8.GetString(Bytes(array, row));

    private static ReadOnlySpan<byte> Bytes(IArrowArray array, int row) => array switch
    {
        StringArray text => text.GetBytes(row, out _),
        LargeStringArray text => text.GetBytes(row, out _),
        StringViewArray text => text.GetBytes(row, out _),
        _ => throw new ArgumentException($"A column of {array.Data.DataType.Name} is not text."),
    };

    private static int? Index(DictionaryArray array, int row)
    {
        if (array.Indices.IsNull(row))
            return null;
        return array.Indices switch
        {
            Int8Array a => a.Values[row],
            UInt8Array a => a.Values[row],
            Int16Array a => a.Values[row],
            UInt16Array a => a.Values[row],
            Int32Array a => a.Values[row],
            UInt32Array a => checked((int)a.Values[row]),
            Int64Array a => checked((int)a.Values[row]),
            UInt64Array a => checked((int)a.Values[row]),
            _ => throw new ArgumentException($"A dictionary indexed by {array.Indices.Data.DataType.Name} cannot be read."),
        };
    }
}
