using System.Numerics;
using Apache.Arrow;

namespace DataEngineX.Compute;

/// <summary>
/// Where frames begin and end that hold the rows whose order key lies within a distance of that of the row. Both ends are included, so equal
/// keys are. Rows without a key have the frame of all rows without one, and NaN that of all NaN, as far as a frame has an end.
/// </summary>
internal static class RangeFrames
{
    public static void Fill(
        ArrayData key, bool descending, RangeDistance preceding, RangeDistance following, ReadOnlySpan<bool> starts, Span<int> from, Span<int> to) =>
        PhysicalTypes.Dispatch<FixedAction, bool>(
            "A range frame",
            key.DataType,
            new FixedAction
            {
                Key = key,
                Descending = descending,
                Preceding = preceding,
                Following = following,
                Starts = starts,
                From = from,
                To = to,
            });

    private ref struct FixedAction : IFixedAction<bool>
    {
        public required ArrayData Key;
        public required bool Descending;
        public required RangeDistance Preceding;
        public required RangeDistance Following;
        public required ReadOnlySpan<bool> Starts;
        public required Span<int> From;
        public required Span<int> To;

        public readonly bool Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            if (PhysicalTypes.IsFloating(Key.DataType))
            {
                Fill<T, double, RangeReal<T>>();
            }
            else if (PhysicalTypes.Of(Key.DataType) is Physical.UInt64 or Physical.Int128)
            {
                Fill<T, Int128, RangeWide<T>>();
            }
            else
            {
                Fill<T, long, RangeLong<T>>();
            }

            return true;
        }

        private readonly void Fill<T, TKey, TOps>()
            where T : unmanaged, INumber<T>
            where TKey : unmanaged, INumber<TKey>
            where TOps : struct, IRangeKey<T, TKey>
        {
            ReadOnlySpan<T> keys = Columns.Values<T>(Key);
            Bits validity = Bits.Validity(Key);
            for (int begin = 0; begin < keys.Length;)
            {
                int end = Rankings.EndOf(Starts, begin);
                for (int first = begin; first < end;)
                {
                    int last = EndOfClass(keys, validity, first, end);
                    if (ClassOf(keys, validity, first) != 0)
                    {
                        From[first..last].Fill(Preceding.IsUnbounded ? begin : first);
                        To[first..last].Fill(Following.IsUnbounded ? end : last);
                    }
                    else
                    {
                        FillFrom<T, TKey, TOps>(keys, first, last, begin);
                        FillTo<T, TKey, TOps>(keys, first, last, end);
                    }

                    first = last;
                }

                begin = end;
            }
        }

        private readonly void FillFrom<T, TKey, TOps>(ReadOnlySpan<T> keys, int first, int last, int begin)
            where T : unmanaged, INumber<T>
            where TKey : unmanaged, INumber<TKey>
            where TOps : struct, IRangeKey<T, TKey>
        {
            if (Preceding.IsUnbounded)
            {
                From[first..last].Fill(begin);
                return;
            }

            TKey distance = TOps.Of(Preceding);
            distance = Descending ? distance : -distance;
            int at = first;
            for (int i = first; i < last; i++)
            {
                TKey limit = TOps.Add(TOps.Of(keys[i]), distance);
                while (at < last && (Descending ? TOps.Of(keys[at]) > limit : TOps.Of(keys[at]) < limit))
                {
                    at++;
                }

                From[i] = at;
            }
        }

        private readonly void FillTo<T, TKey, TOps>(ReadOnlySpan<T> keys, int first, int last, int end)
            where T : unmanaged, INumber<T>
            where TKey : unmanaged, INumber<TKey>
            where TOps : struct, IRangeKey<T, TKey>
        {
            if (Following.IsUnbounded)
            {
                To[first..last].Fill(end);
                return;
            }

            TKey distance = TOps.Of(Following);
            distance = Descending ? -distance : distance;
            int at = first;
            for (int i = first; i < last; i++)
            {
                TKey limit = TOps.Add(TOps.Of(keys[i]), distance);
                while (at < last && (Descending ? TOps.Of(keys[at]) >= limit : TOps.Of(keys[at]) <= limit))
                {
                    at++;
                }

                To[i] = at;
            }
        }

        private static int EndOfClass<T>(ReadOnlySpan<T> keys, Bits validity, int first, int end)
            where T : unmanaged, INumber<T>
        {
            int type = ClassOf(keys, validity, first);
            int last = first + 1;
            while (last < end && ClassOf(keys, validity, last) == type)
            {
                last++;
            }

            return last;
        }

        /// <summary>0 of a number, 1 of NaN, 2 of null.</summary>
        private static int ClassOf<T>(ReadOnlySpan<T> keys, Bits validity, int row)
            where T : unmanaged, INumber<T> => !validity[row] ? 2 : T.IsNaN(keys[row]) ? 1 : 0;
    }
}
