using System.Text;

namespace DataEngineX.Pipelines.Tests.Compute;

/// <summary>The order of values as the kernels mean it: NaN greatest, text and bytes by unsigned bytes.</summary>
internal static class Order
{
    public static int Compare(object left, object right) => (left, right) switch
    {
        (double l, double r) => Floats(l, r),
        (float l, float r) => Floats(l, r),
        (Half l, Half r) => Floats((double)l, (double)r),
        (string l, string r) => Encoding.UTF8.GetBytes(l).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(r)),
        _ => System.Collections.Comparer.Default.Compare(left, right),
    };

    private static int Floats(double left, double right) =>
        double.IsNaN(left) || double.IsNaN(right) ? double.IsNaN(left).CompareTo(double.IsNaN(right)) : left.CompareTo(right);
}
