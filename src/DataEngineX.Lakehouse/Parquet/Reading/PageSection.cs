namespace DataEngineX.Lakehouse.Parquet.Reading;

/// <summary>Part of an unpacked page; <see cref="PooledBytes.Slack"/> more bytes are readable behind it.</summary>
internal readonly record struct PageSection(byte[] Bytes, int Start, int Length)
{
    internal ReadOnlySpan<byte> Span => Bytes.AsSpan(Start, Length);
}
