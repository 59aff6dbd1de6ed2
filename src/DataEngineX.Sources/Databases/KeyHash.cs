using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataEngineX.Sources;

/// <summary>Eight bytes that stand for the key of a row.</summary>
internal static class KeyHash
{
    internal static ulong Of(DbDataReader row, int first, int count)
    {
        var text = new StringBuilder();
        for (var i = first; i < first + count; i++)
        {
            var value = row.GetValue(i);
            var known = value switch
            {
                byte[] bytes => Convert.ToHexString(bytes),
                DateTime time => time.Ticks.ToString(CultureInfo.InvariantCulture),
                IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString(),
            };
            text.Append(known?.Length ?? -1).Append(':').Append(known);
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
