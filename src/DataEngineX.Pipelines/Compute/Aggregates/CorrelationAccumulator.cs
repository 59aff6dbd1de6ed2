using System.Numerics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>Pearson's correlation of two columns.</summary>
internal sealed class CorrelationAccumulator<T>(IArrowType otherType, MemoryAllocator allocator) : StateAccumulator<Comoments>(allocator)
    where T : unmanaged, INumber<T>
{
    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var validity = Validity.Empty(count, allocator);
        using var target = new OutputBuffer<double>(allocator, count);
        var valid = validity.Span;
        var result = target.Span;
        var states = States.Slice(start, count);
        for (var g = 0; g < count; g++)
        {
            var spread = Math.Sqrt(states[g].SquaresX) * Math.Sqrt(states[g].SquaresY);
            var isKnown = states[g].Count > 1 && spread != 0;
            valid[g >> 6] |= (isKnown ? 1UL : 0) << (g & 63);
            // Rounding may leave the range by a last digit.
            result[g] = isKnown ? Math.Clamp(states[g].Products / spread, -1, 1) : 0;
        }

        return Assemble.Fixed(DoubleType.Default, count, validity, target);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        var data = Required(values);
        Grow(groupCount);
        PhysicalTypes.Dispatch<OtherAction, bool>(
            nameof(AggregateKind.Correlation), otherType, new OtherAction { Owner = this, X = data, Y = Required(Other), Groups = groupIds });
    }

    private ref struct OtherAction : IFixedAction<bool>
    {
        public required CorrelationAccumulator<T> Owner;
        public required ArrayData X;
        public required ArrayData Y;
        public required ReadOnlySpan<int> Groups;

        public readonly bool Run<TOther>()
            where TOther : unmanaged, INumber<TOther>, IMinMaxValue<TOther>
        {
            ref var states = ref Owner.Grow(0);
            var xs = Columns.Values<T>(X);
            var ys = Columns.Values<TOther>(Y);
            var validX = Bits.Validity(X);
            var validY = Bits.Validity(Y);
            var allSet = validX.AllSet && validY.AllSet;
            for (var i = 0; i < xs.Length; i++)
            {
                if (allSet || (validX[i] && validY[i]))
                    Unsafe.Add(ref states, Groups[i]).Add(double.CreateTruncating(xs[i]), double.CreateTruncating(ys[i]));
            }

            return true;
        }
    }
}

/// <summary>Means, squared distances from them and their products, in Welford's form.</summary>
internal struct Comoments : IMergeable<Comoments>
{
    public long Count;
    public double MeanX;
    public double MeanY;
    public double SquaresX;
    public double SquaresY;
    public double Products;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double x, double y)
    {
        Count++;
        var share = 1.0 / Count;
        var distanceX = x - MeanX;
        var distanceY = y - MeanY;
        MeanX += distanceX * share;
        MeanY += distanceY * share;
        SquaresX += distanceX * (x - MeanX);
        SquaresY += distanceY * (y - MeanY);
        Products += distanceX * (y - MeanY);
    }

    public void Merge(in Comoments other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }

        var count = Count + other.Count;
        var distanceX = other.MeanX - MeanX;
        var distanceY = other.MeanY - MeanY;
        var weight = (double)Count / count * other.Count;
        SquaresX += other.SquaresX + (distanceX * distanceX * weight);
        SquaresY += other.SquaresY + (distanceY * distanceY * weight);
        Products += other.Products + (distanceX * distanceY * weight);
        MeanX += distanceX * other.Count / count;
        MeanY += distanceY * other.Count / count;
        Count = count;
    }
}
