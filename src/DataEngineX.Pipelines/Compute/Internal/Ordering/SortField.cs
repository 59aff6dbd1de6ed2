namespace DataEngineX.Compute;

/// <summary>Where one key lies in the encoded bits and how its values get there. Shifts count from the lowest of 128 bits.</summary>
internal readonly record struct SortField
{
    public required bool Descending { get; init; }

    /// <summary>The shift of the bit that tells nulls from values; -1 where there are no nulls.</summary>
    public required int NullShift { get; init; }

    /// <summary>That bit of a null and of a value.</summary>
    public required bool NullsFirst { get; init; }

    /// <summary>The shift of the value, and the bits kept of it.</summary>
    public required int Shift { get; init; }

    public required int Bits { get; init; }

    /// <summary>The low bits of a fixed-width value that did not fit.</summary>
    public required int Dropped { get; init; }

    /// <summary>What a value is counted from: the least, or when descending the greatest.</summary>
    public required UInt128 Base { get; init; }

    /// <summary>Leading bytes that all values share and that are left out.</summary>
    public required int SkippedBytes { get; init; }

    /// <summary>The shift of the length of a text after its bytes; -1 where it is not needed or did not fit.</summary>
    public required int LengthShift { get; init; }

    public required int LengthBase { get; init; }
}
