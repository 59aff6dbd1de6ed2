using Apache.Arrow;

namespace DataEngineX.Benchmarks.Kernels;

/// <summary>One batch of columns that kernel benchmarks share, always the same for one set of arguments.</summary>
internal static class KernelData
{
    public const int Rows = 65_536;

    public static Int64Array Integers(int distinct)
    {
        var random = new Random(1);
        var builder = new Int64Array.Builder().Reserve(Rows);
        for (int i = 0; i < Rows; i++)
        {
            builder.Append(random.Next(distinct) * 7919L);
        }

        return builder.Build();
    }

    public static DoubleArray Doubles(bool withNulls)
    {
        var random = new Random(2);
        var builder = new DoubleArray.Builder().Reserve(Rows);
        for (int i = 0; i < Rows; i++)
        {
            double value = random.NextDouble();
            _ = withNulls && i % 10 == 0 ? builder.AppendNull() : builder.Append(value);
        }

        return builder.Build();
    }

    public static StringArray Texts(int distinct)
    {
        var random = new Random(3);
        var builder = new StringArray.Builder().Reserve(Rows);
        for (int i = 0; i < Rows; i++)
        {
            builder.Append($"station-{random.Next(distinct):00000}");
        }

        return builder.Build();
    }
}
