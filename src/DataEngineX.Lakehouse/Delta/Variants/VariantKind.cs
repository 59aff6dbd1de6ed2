namespace DataEngineX.Lakehouse.Delta.Variants;

/// <summary>The numbers by which the binary form of variants tells what a value is.</summary>
internal static class VariantKind
{
    // The lowest two bits of the first byte.
    internal const int ShortText = 1;
    internal const int Object = 2;
    internal const int List = 3;

    // The other six bits of a value without parts.
    internal const int Null = 0;
    internal const int True = 1;
    internal const int False = 2;
    internal const int Int8 = 3;
    internal const int Int16 = 4;
    internal const int Int32 = 5;
    internal const int Int64 = 6;
    internal const int Double = 7;
    internal const int Decimal4 = 8;
    internal const int Decimal8 = 9;
    internal const int Decimal16 = 10;
    internal const int Date = 11;
    internal const int TimestampUtc = 12;
    internal const int TimestampLocal = 13;
    internal const int Float = 14;
    internal const int Binary = 15;
    internal const int Text = 16;
    internal const int Time = 17;
    internal const int NanosUtc = 18;
    internal const int NanosLocal = 19;
    internal const int Uuid = 20;
}
