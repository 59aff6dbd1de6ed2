using Apache.Arrow;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Puts finished buffers together as arrays.</summary>
internal static class Assemble
{
    public static IArrowArray Fixed<T>(IArrowType type, int length, OutputBuffer<ulong>? validity, OutputBuffer<T> values)
        where T : unmanaged
    {
        ArrowBuffer bitmap = Validity.Build(validity, length, out int nulls);
        return ArrowArrayFactory.BuildArray(new ArrayData(type, length, nulls, 0, [bitmap, values.Build()]));
    }

    public static BooleanArray Boolean(int length, OutputBuffer<ulong>? validity, OutputBuffer<ulong> values)
    {
        ArrowBuffer bitmap = Validity.Build(validity, length, out int nulls);
        return new BooleanArray(new ArrayData(BooleanType.Default, length, nulls, 0, [bitmap, values.Build()]));
    }

    public static IArrowArray Variable(
        IArrowType type, int length, OutputBuffer<ulong>? validity, OutputBuffer<int> offsets, OutputBuffer<byte> bytes)
    {
        ArrowBuffer bitmap = Validity.Build(validity, length, out int nulls);
        return ArrowArrayFactory.BuildArray(new ArrayData(type, length, nulls, 0, [bitmap, offsets.Build(), bytes.Build()]));
    }

    /// <summary>The same array again, sharing its buffers, with an owner of its own.</summary>
    public static IArrowArray Share(IArrowArray array) => ArrowArrayFactory.BuildArray(array.Data.Retain());
}
