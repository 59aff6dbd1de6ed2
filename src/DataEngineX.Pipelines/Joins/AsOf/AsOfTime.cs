using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;
using DataEngineX.Compute;
using DataEngineX.Expressions;
using DataEngineX.Plans;

namespace DataEngineX.Pipelines;

/// <summary>
/// A time as a 64-bit integer of the same order, so that one search serves all types: integers, dates and timestamps as they are, floats by their
/// ordered bits with one zero. A NaN becomes null. Decimals stay decimals.
/// </summary>
internal sealed class AsOfTime(BoundExpression time) : BoundExpression
{
    private const ulong Sign = 1UL << 63;

    public override Expr Expression => time.Expression;

    public override IArrowType Type => TypeOf(time.Type);

    public override bool IsNullable => time.IsNullable || SchemaTools.IsFloating(TypeRules.Plain(time.Type));

    public static IArrowType TypeOf(IArrowType time) => TypeRules.Plain(time) is Decimal128Type wide ? wide : Int64Type.Default;

    public override IArrowArray Evaluate(RecordBatch batch, RunParameters parameters, MemoryAllocator allocator)
    {
        var values = time.Evaluate(batch, parameters, allocator);
        if (values is DictionaryArray)
        {
            using var encoded = values;
            values = Dictionaries.Decode(encoded, allocator);
        }

        if (values.Data.DataType is Decimal128Type)
            return values;
        using (values)
            return PhysicalTypes.Dispatch<Ordered, IArrowArray>("as_of_join", values.Data.DataType, new Ordered { Data = values.Data, Allocator = allocator });
    }

    private readonly struct Ordered : IFixedAction<IArrowArray>
    {
        public required ArrayData Data { get; init; }

        public required MemoryAllocator Allocator { get; init; }

        public IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var source = Compute.Columns.Values<T>(Data);
            using var target = new OutputBuffer<long>(Allocator, source.Length);
            var times = target.Span;
            var anyNaN = false;
            for (var row = 0; row < times.Length; row++)
            {
                times[row] = (long)(OrderedBits.Of(source[row]) ^ Sign);
                anyNaN |= T.IsNaN(source[row]);
            }

            using var validity = anyNaN ? WithoutNaN(source) : Validity.Copy(Bits.Validity(Data), Allocator);
            return Assemble.Fixed(Int64Type.Default, times.Length, validity, target);
        }

        private OutputBuffer<ulong> WithoutNaN<T>(ReadOnlySpan<T> source)
            where T : unmanaged, INumber<T>
        {
            var valid = Validity.Empty(source.Length, Allocator);
            Validity.CopyTo(Bits.Validity(Data), valid.Span);
            for (var row = 0; row < source.Length; row++)
            {
                if (T.IsNaN(source[row]))
                    Validity.Clear(valid.Span, row);
            }

            return valid;
        }
    }
}
