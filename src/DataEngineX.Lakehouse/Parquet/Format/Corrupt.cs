using System.Diagnostics.CodeAnalysis;

namespace DataEngineX.Lakehouse.Parquet.Format;

/// <summary>Throws what the reader turns into one error with file, row group and column.</summary>
internal static class Corrupt
{
    [DoesNotReturn]
    internal static void Throw(string what) => throw new InvalidDataException(what);

    [DoesNotReturn]
    internal static T Throw<T>(string what) => throw new InvalidDataException(what);
}
