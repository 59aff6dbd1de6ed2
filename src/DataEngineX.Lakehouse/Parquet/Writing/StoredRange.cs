namespace DataEngineX.Lakehouse.Parquet.Writing;

/// <summary>Bounds of values in the form in which they are stored. A long text is bounded by a part of it, which is then not exact.</summary>
internal sealed record StoredRange(byte[] Min, byte[] Max, bool IsMinExact, bool IsMaxExact);
