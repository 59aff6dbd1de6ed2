using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>The loops of <see cref="Casts"/>, for pairs of types that <see cref="CastRules"/> let through.</summary>
internal static class CastLoops
{
    private const int LongestValue = 64;

    public static IArrowArray Run(ArrayData data, IArrowType target, bool strict, MemoryAllocator allocator)
    {
        var job = new Job { Data = data, Target = target, Strict = strict, Allocator = allocator };
        return (data.DataType, target) switch
        {
            (BooleanType, StringType) => BooleanToText(job),
            (StringType, BooleanType) => TextToBoolean(job),
            (BinaryType, StringType) => BinaryToText(job),
            (BooleanType, _) => PhysicalTypes.Dispatch<FromBoolean, IArrowArray>(nameof(Casts), target, new FromBoolean { Job = job }),
            (_, BooleanType) => PhysicalTypes.Dispatch<ToBoolean, IArrowArray>(nameof(Casts), data.DataType, new ToBoolean { Job = job }),
            (Date32Type, StringType) => ToText<int, DateFormat>(job, default),
            (TimestampType from, StringType) => ToText<long, TimestampFormat>(job, new TimestampFormat(from)),
            (Time32Type from, StringType) => ToText<int, TimeFormat>(job, new TimeFormat(from.Unit)),
            (Time64Type from, StringType) => ToText<long, TimeFormat>(job, new TimeFormat(from.Unit)),
            (DurationType from, StringType) => ToText<long, DurationFormat>(job, new DurationFormat(from.Unit)),
            (StringType, Time32Type to) => FromText<int, TimeParse>(job, new TimeParse(to.Unit)),
            (StringType, Time64Type to) => FromText<long, TimeParse>(job, new TimeParse(to.Unit)),
            (StringType, DurationType to) => FromText<long, DurationParse>(job, new DurationParse(to.Unit)),
            (TimestampType from, Time32Type to) => Fixed<long, int, TimeOfDay<int>>(job, new TimeOfDay<int>(from.Unit, to.Unit)),
            (TimestampType from, Time64Type to) => Fixed<long, long, TimeOfDay<long>>(job, new TimeOfDay<long>(from.Unit, to.Unit)),
            (Time32Type from, Time32Type to) => Fixed<int, int, UnitCast<int, int>>(job, new UnitCast<int, int>(from.Unit, to.Unit)),
            (Time32Type from, Time64Type to) => Fixed<int, long, UnitCast<int, long>>(job, new UnitCast<int, long>(from.Unit, to.Unit)),
            (Time64Type from, Time32Type to) => Fixed<long, int, UnitCast<long, int>>(job, new UnitCast<long, int>(from.Unit, to.Unit)),
            (Time64Type from, Time64Type to) => Fixed<long, long, UnitCast<long, long>>(job, new UnitCast<long, long>(from.Unit, to.Unit)),
            (DurationType from, DurationType to) => Fixed<long, long, UnitCast<long, long>>(job, new UnitCast<long, long>(from.Unit, to.Unit)),
            (Date32Type, Date64Type) => Fixed<int, long, DateToTimestamp>(job, new DateToTimestamp(new TimestampType(TimeUnit.Millisecond, (string?)null))),
            (Decimal128Type from, StringType) => ToText<Int128, DecimalFormat>(job, new DecimalFormat(from)),
            (StringType, Date32Type) => FromText<int, DateParse>(job, default),
            (StringType, TimestampType to) => FromText<long, TimestampParse>(job, new TimestampParse(to)),
            (StringType, Decimal128Type to) => FromText<Int128, DecimalParse>(job, new DecimalParse(to)),
            (Date32Type, TimestampType to) => Fixed<int, long, DateToTimestamp>(job, new DateToTimestamp(to)),
            (TimestampType from, Date32Type) => Fixed<long, int, TimestampToDate>(job, new TimestampToDate(from)),
            (TimestampType from, TimestampType to) => Fixed<long, long, UnitCast<long, long>>(job, new UnitCast<long, long>(from.Unit, to.Unit)),
            (Decimal128Type from, Decimal128Type to) => Fixed<Int128, Int128, DecimalToDecimal>(job, new DecimalToDecimal(from, to)),
            (Decimal128Type, _) => PhysicalTypes.Dispatch<FromDecimal, IArrowArray>(nameof(Casts), target, new FromDecimal { Job = job }),
            (StringType, _) => PhysicalTypes.Dispatch<FromString, IArrowArray>(nameof(Casts), target, new FromString { Job = job }),
            _ => PhysicalTypes.Dispatch<FromNumber, IArrowArray>(nameof(Casts), data.DataType, new FromNumber { Job = job }),
        };
    }

    private static IArrowArray Fixed<TFrom, TTo, TOp>(Job job, TOp op)
        where TFrom : unmanaged
        where TTo : unmanaged
        where TOp : struct, ICastOp<TFrom, TTo>
    {
        ReadOnlySpan<TFrom> source = Columns.Values<TFrom>(job.Data);
        using var outcome = new Outcome(job);
        using var values = new OutputBuffer<TTo>(job.Allocator, source.Length);
        Span<TTo> target = values.Span;
        for (int i = 0; i < source.Length; i++)
        {
            if (!op.TryConvert(source[i], out target[i]) && outcome.Refuse(i))
            {
                throw job.Failure(i, Convert.ToString(source[i], CultureInfo.InvariantCulture));
            }
        }

        return Assemble.Fixed(job.Target, source.Length, outcome.Validity, values);
    }

    private static IArrowArray FromText<TTo, TOp>(Job job, TOp op)
        where TTo : unmanaged
        where TOp : struct, IParseOp<TTo>
    {
        var source = new BytesColumn(job.Data);
        Bits valid = source.Validity;
        using var outcome = new Outcome(job);
        using var values = new OutputBuffer<TTo>(job.Allocator, job.Data.Length, clear: true);
        Span<TTo> target = values.Span;
        for (int i = 0; i < target.Length; i++)
        {
            if (valid[i] && !op.TryParse(source[i], out target[i]) && outcome.Refuse(i))
            {
                throw job.Failure(i, Encoding.UTF8.GetString(source[i]));
            }
        }

        return Assemble.Fixed(job.Target, target.Length, outcome.Validity, values);
    }

    private static IArrowArray ToText<TFrom, TOp>(Job job, TOp op)
        where TFrom : unmanaged
        where TOp : struct, IFormatOp<TFrom>
    {
        ReadOnlySpan<TFrom> source = Columns.Values<TFrom>(job.Data);
        Bits valid = Bits.Validity(job.Data);
        using OutputBuffer<ulong>? validity = Validity.Copy(valid, job.Allocator);
        var writer = new BytesWriter(source.Length, source.Length * sizeof(ulong), job.Allocator);
        try
        {
            for (int i = 0; i < source.Length; i++)
            {
                if (valid[i])
                {
                    writer.Advance(op.Format(source[i], writer.Ask(LongestValue)));
                }

                writer.EndRow();
            }

            return writer.Build(job.Target, validity);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static IArrowArray BooleanToText(Job job)
    {
        Bits source = Bits.Values(job.Data);
        Bits valid = Bits.Validity(job.Data);
        using OutputBuffer<ulong>? validity = Validity.Copy(valid, job.Allocator);
        var writer = new BytesWriter(source.Length, source.Length * 5, job.Allocator);
        try
        {
            for (int i = 0; i < source.Length; i++)
            {
                if (valid[i])
                {
                    writer.Write(source[i] ? "true"u8 : "false"u8);
                }

                writer.EndRow();
            }

            return writer.Build(job.Target, validity);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Shares the bytes where every row is UTF-8; else collects the rows that are.</summary>
    private static IArrowArray BinaryToText(Job job)
    {
        var source = new BytesColumn(job.Data);
        Bits valid = source.Validity;
        using var rented = new Rented<int>(job.Data.Length);
        Span<int> kept = rented.Span;
        bool all = true;
        for (int i = 0; i < kept.Length; i++)
        {
            bool isText = !valid[i] || Utf8.IsValid(source[i]);
            if (!isText && job.Strict)
            {
                throw job.Failure(i, Convert.ToHexString(source[i]));
            }

            kept[i] = isText ? i : -1;
            all &= isText;
        }

        using IArrowArray bytes = all
            ? ArrowArrayFactory.BuildArray(job.Data.Retain())
            : Gather.Run(nameof(Casts), job.Data, kept, job.Allocator);
        return Casts.Retyped(bytes.Data, job.Target);
    }

    private static BooleanArray TextToBoolean(Job job)
    {
        var source = new BytesColumn(job.Data);
        Bits valid = source.Validity;
        using var outcome = new Outcome(job);
        using OutputBuffer<ulong> values = Validity.Empty(job.Data.Length, job.Allocator);
        Span<ulong> words = values.Span;
        for (int i = 0; i < job.Data.Length; i++)
        {
            ReadOnlySpan<byte> text = source[i].Trim((byte)' ');
            bool isTrue = Ascii.EqualsIgnoreCase(text, "true"u8);
            words[i >> 6] |= (isTrue ? 1UL : 0) << (i & 63);
            if (valid[i] && !isTrue && !Ascii.EqualsIgnoreCase(text, "false"u8) && outcome.Refuse(i))
            {
                throw job.Failure(i, Encoding.UTF8.GetString(source[i]));
            }
        }

        return Assemble.Boolean(job.Data.Length, outcome.Validity, values);
    }

    /// <summary>What is to be done.</summary>
    private readonly struct Job
    {
        public required ArrayData Data { get; init; }

        public required IArrowType Target { get; init; }

        public required bool Strict { get; init; }

        public required MemoryAllocator Allocator { get; init; }

        public InvalidCastException Failure(int row, string? value) =>
            new($"Row {row} holds '{value}', which is no {Guard.Name(Target)}; use TryCast to make it null.");
    }

    /// <summary>The validity of the output, from which failed rows are taken.</summary>
    private sealed class Outcome(Job job) : IDisposable
    {
        public OutputBuffer<ulong>? Validity { get; private set; } =
            Compute.Validity.Copy(Bits.Validity(job.Data), job.Allocator);

        /// <summary>Makes a row null; true if that must be an error instead. Rows that are null anyway never are.</summary>
        public bool Refuse(int row)
        {
            if (!Bits.Validity(job.Data)[row])
            {
                return false;
            }

            if (job.Strict)
            {
                return true;
            }

            if (Validity is null)
            {
                Validity = new OutputBuffer<ulong>(job.Allocator, Bits.WordsFor(job.Data.Length));
                Compute.Validity.CopyTo(Bits.Ones(job.Data.Length), Validity.Span);
            }

            Compute.Validity.Clear(Validity.Span, row);
            return false;
        }

        public void Dispose() => Validity?.Dispose();
    }

    private struct FromNumber : IFixedAction<IArrowArray>
    {
        public required Job Job;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => Job.Target switch
            {
                StringType => ToText<T, NumberFormat<T>>(Job, default),
                Decimal128Type to => Fixed<T, Int128, NumberToDecimal<T>>(Job, new NumberToDecimal<T>(to)),
                _ => PhysicalTypes.Dispatch<ToNumber<T>, IArrowArray>(nameof(Casts), Job.Target, new ToNumber<T> { Job = Job }),
            };
    }

    private struct ToNumber<TFrom> : IFixedAction<IArrowArray>
        where TFrom : unmanaged, INumber<TFrom>
    {
        public required Job Job;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => Fixed<TFrom, T, NumberCast<TFrom, T>>(Job, default);
    }

    private struct FromDecimal : IFixedAction<IArrowArray>
    {
        public required Job Job;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> =>
            Fixed<Int128, T, DecimalToNumber<T>>(Job, new DecimalToNumber<T>((Decimal128Type)Job.Data.DataType));
    }

    private struct FromString : IFixedAction<IArrowArray>
    {
        public required Job Job;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => FromText<T, NumberParse<T>>(Job, default);
    }

    private struct FromBoolean : IFixedAction<IArrowArray>
    {
        public required Job Job;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            Bits source = Bits.Values(Job.Data);
            using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(Job.Data), Job.Allocator);
            using var values = new OutputBuffer<T>(Job.Allocator, source.Length);
            Span<T> target = values.Span;
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = source[i] ? T.One : T.Zero;
            }

            return Assemble.Fixed(Job.Target, target.Length, validity, values);
        }
    }

    private struct ToBoolean : IFixedAction<IArrowArray>
    {
        public required Job Job;

        public readonly IArrowArray Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ReadOnlySpan<T> source = Columns.Values<T>(Job.Data);
            using OutputBuffer<ulong>? validity = Validity.Copy(Bits.Validity(Job.Data), Job.Allocator);
            using OutputBuffer<ulong> values = Validity.Empty(source.Length, Job.Allocator);
            ComparisonLoops.Scalar<T, NotEqualOp>(source, T.Zero, values.Span);
            return Assemble.Boolean(source.Length, validity, values);
        }
    }
}
