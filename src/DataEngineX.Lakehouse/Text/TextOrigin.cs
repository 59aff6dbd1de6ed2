using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Text;

/// <summary>Makes the columns that say where rows come from.</summary>
internal sealed class TextOrigin(string file)
{
    private readonly byte[] _file = Encoding.UTF8.GetBytes(file);

    internal IArrowArray File(int count, MemoryAllocator allocator)
    {
        using var offsets = new FilledBuffer();
        using var bytes = new FilledBuffer();
        offsets.Allocate(allocator, (count + 1L) * sizeof(int));
        bytes.Allocate(allocator, (long)count * _file.Length);
        var places = offsets.As<int>();
        places[0] = 0;
        for (var row = 0; row < count; row++)
        {
            _file.CopyTo(bytes.Bytes[(row * _file.Length)..]);
            places[row + 1] = (row + 1) * _file.Length;
        }

        return ArrowArrayFactory.BuildArray(
            new ArrayData(StringType.Default, count, 0, 0, [ArrowBuffer.Empty, offsets.Build(), bytes.Build()]));
    }

    /// <summary>The lines of records: those before a record, and those inside the quotes of records before.</summary>
    internal static IArrowArray Lines(long firstLine, ReadOnlySpan<int> numbers, List<int> quotedLines, MemoryAllocator allocator)
    {
        using var lines = new FilledBuffer();
        lines.Allocate(allocator, (long)numbers.Length * sizeof(long));
        var values = lines.As<long>();
        var quoted = CollectionsMarshal.AsSpan(quotedLines);
        var extra = 0;
        for (var row = 0; row < numbers.Length; row++)
        {
            while (extra < quoted.Length && quoted[extra] < numbers[row])
                extra++;
            values[row] = firstLine + numbers[row] + extra;
        }

        return ArrowArrayFactory.BuildArray(new ArrayData(Int64Type.Default, numbers.Length, 0, 0, [ArrowBuffer.Empty, lines.Build()]));
    }
}
