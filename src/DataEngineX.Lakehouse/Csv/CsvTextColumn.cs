using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Apache.Arrow;
using DataEngineX.Lakehouse.Internal;

namespace DataEngineX.Lakehouse.Csv;

/// <summary>A column of texts: the lengths are added up first, so that one buffer of the right size takes all bytes.</summary>
internal sealed unsafe class CsvTextColumn(Field field, int index, CsvFieldRules rules) : CsvColumn(field, index, rules)
{
    // Short texts are copied a vector at a time, beyond their end if need be: the next text, or this slack, takes what is too much.
    private const int Slack = 32;
    private readonly FilledBuffer _offsets = new();
    private readonly FilledBuffer _bytes = new();

    public override void Dispose()
    {
        _offsets.Dispose();
        _bytes.Dispose();
        base.Dispose();
    }

    protected override void ReadFields(in CsvRows rows, int ordinal)
    {
        _offsets.Allocate(Allocator, (rows.Count + 1L) * sizeof(int));
        if (rows.HasQuotes || Rules.Trims)
            ReadQuoted(rows, ordinal);
        else
            ReadPlain(rows, ordinal);
    }

    protected override void ClearFields()
    {
        _offsets.Allocate(Allocator, (Count + 1L) * sizeof(int), clear: true);
        _bytes.Allocate(Allocator, Slack);
    }

    protected override ArrowBuffer[] BuildBuffers(ArrowBuffer validity) => [validity, _offsets.Build(), _bytes.Build()];

    private void ReadPlain(in CsvRows rows, int ordinal)
    {
        var offsets = (int*)_offsets.Pointer;
        var total = 0;
        offsets[0] = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var text = rows.Field(row, ordinal, out var length);
            if (Rules.MayBeNull(length) && Rules.IsNull(new ReadOnlySpan<byte>(text, length)))
            {
                AddNull(row);
                length = 0;
            }

            total += length;
            offsets[row + 1] = total;
        }

        _bytes.Allocate(Allocator, (long)total + Slack);
        var to = _bytes.Pointer;
        for (var row = 0; row < rows.Count; row++)
        {
            var text = rows.Field(row, ordinal, out _);
            Copy(text, to + offsets[row], offsets[row + 1] - offsets[row]);
        }
    }

    private void ReadQuoted(in CsvRows rows, int ordinal)
    {
        var offsets = (int*)_offsets.Pointer;
        var total = 0;
        offsets[0] = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            var text = rows.Field(row, ordinal, out var length);
            var field = new ReadOnlySpan<byte>(text, length);
            if (!Rules.TryText(ref field, rows.HasQuotes, out var doubled, isText: true))
                AddNull(row);
            else
                total += field.Length - doubled;
            offsets[row + 1] = total;
        }

        _bytes.Allocate(Allocator, (long)total + Slack);
        var to = _bytes.Pointer;
        for (var row = 0; row < rows.Count; row++)
        {
            var length = offsets[row + 1] - offsets[row];
            if (length == 0)
                continue;
            var text = rows.Field(row, ordinal, out var whole);
            var field = new ReadOnlySpan<byte>(text, whole);
            Rules.TryText(ref field, rows.HasQuotes, out var doubled, isText: true);
            if (doubled == 0)
                field.CopyTo(new Span<byte>(to + offsets[row], length));
            else
                CsvQuotes.Unescape(field, Rules.Quote, new Span<byte>(to + offsets[row], length));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* from, byte* to, int length)
    {
        if (length <= Slack)
        {
            Vector128.Store(Vector128.Load(from), to);
            if (length > 16)
                Vector128.Store(Vector128.Load(from + 16), to + 16);
        }
        else
        {
            Unsafe.CopyBlockUnaligned(to, from, (uint)length);
        }
    }
}
