using System.Runtime.CompilerServices;
using Apache.Arrow;
using Microsoft.ML;

[assembly: InternalsVisibleTo("DataEngineX.Nobody")]

namespace DataEngineX.Architecture.Tests.Samples;

/// <summary>Shows a foreign type in each place where one can stand, for the checks to find.</summary>
public class LeakySample
{
    public static readonly MLContext Field = new();

    public IDataView? Property { get; set; }

    public static void Method(ref MLContext[] context, RecordBatch batch)
    {
    }

    public static Dictionary<string, List<IDataView?>> Generic() => [];

    public static void Constrained<T>()
        where T : IDataView
    {
    }

    internal static void HiddenMethod(MLContext context)
    {
    }

    public class Inherited : List<MLContext>;

    public class Nested
    {
        protected internal static void Inner(MLContext context)
        {
        }
    }

    private sealed class HiddenType
    {
        public MLContext? Context { get; set; }
    }
}
