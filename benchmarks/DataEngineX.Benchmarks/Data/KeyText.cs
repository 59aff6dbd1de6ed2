using System.Buffers.Text;

namespace DataEngineX.Benchmarks.Data;

/// <summary>Keys such as <c>id007</c>.</summary>
internal static class KeyText
{
    public static int Write(Span<byte> target, long number, int digits)
    {
        "id"u8.CopyTo(target);
        Utf8Formatter.TryFormat(number, target[2..], out var written, digits == 0 ? default : new System.Buffers.StandardFormat('D', (byte)digits));
        return written + 2;
    }
}
