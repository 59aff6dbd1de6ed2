using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Memory;
using Apache.Arrow.Types;

namespace DataEngineX.Compute;

/// <summary>
/// Estimates distinct values with HyperLogLog: 2,048 registers a group, which hold the longest run of leading zeros among the hashes that fell to
/// them. A group with few values has a short list of registers instead.
/// </summary>
internal sealed class ApproximateAccumulator(MemoryAllocator allocator) : GroupedAccumulator(allocator)
{
    public const int RegisterBits = 11;
    private const int Registers = 1 << RegisterBits;
    private const int ShortList = 64;

    private readonly OutputBuffer<State> _states = new(allocator, 0);
    private readonly OutputBuffer<ushort> _listed = new(allocator, 0);
    private readonly OutputBuffer<byte> _listedRanks = new(allocator, 0);
    private readonly List<OutputBuffer<byte>> _full = [];

    internal override IArrowType StateType { get; } = new ListType(Int32Type.Default);

    internal override IArrowArray ExportState(ReadOnlySpan<int> groups, MemoryAllocator allocator)
    {
        Seal(groups.IsEmpty ? 0 : System.Numerics.Tensors.TensorPrimitives.Max(groups) + 1);
        using var offsets = new OutputBuffer<int>(allocator, groups.Length + 1);
        using var items = new OutputBuffer<int>(allocator, 0);
        Span<byte> ranks = stackalloc byte[Registers];
        offsets.Span[0] = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            Read(groups[i], ranks);
            var at = items.Length;
            items.Resize(at + Registers);
            for (var register = 0; register < Registers; register++)
            {
                if (ranks[register] != 0)
                    items.Span[at++] = (register << 8) | ranks[register];
            }

            items.Resize(at);
            offsets.Span[i + 1] = at;
        }

        return ListState.Build(Int32Type.Default, groups.Length, offsets, Assemble.Fixed(Int32Type.Default, items.Length, null, items));
    }

    internal override void ImportState(ArrayData state, ReadOnlySpan<int> groupIds, int groupCount)
    {
        Seal(groupCount);
        using var items = ListState.Items(state);
        using var itemGroups = new Rented<int>(items.Length);
        ListState.Expand(state, groupIds, itemGroups.Span);
        var codes = Columns.Values<int>(items.Data);
        for (var i = 0; i < codes.Length; i++)
            Set(itemGroups.Span[i], codes[i] >> 8, (byte)codes[i]);
    }

    internal override void Seal(int groupCount)
    {
        if (_states.Length < groupCount)
            _states.Resize(groupCount);
    }

    internal override IArrowArray Build(int start, int count, MemoryAllocator allocator)
    {
        using var values = new OutputBuffer<long>(allocator, count);
        Span<byte> ranks = stackalloc byte[Registers];
        for (var i = 0; i < count; i++)
        {
            Read(start + i, ranks);
            values.Span[i] = (long)Math.Round(Cardinalities.Estimate(ranks, 64 - RegisterBits));
        }

        return Assemble.Fixed(Int64Type.Default, count, null, values);
    }

    private protected override void Accumulate(ArrayData? values, ReadOnlySpan<int> groupIds, int groupCount)
    {
        var data = Required(values);
        Seal(groupCount);
        using var column = ArrowArrayFactory.BuildArray(data.Retain());
        using var hashes = new Rented<ulong>(groupIds.Length);
        RowHasher.Hash([column], hashes.Span);
        var validity = Bits.Validity(data);
        for (var i = 0; i < groupIds.Length; i++)
        {
            if (!validity[i])
                continue;
            var hash = hashes.Span[i];
            var rank = BitOperations.LeadingZeroCount((hash << RegisterBits) | (1UL << (RegisterBits - 1))) + 1;
            Set(groupIds[i], (int)(hash >> (64 - RegisterBits)), (byte)rank);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _states.Dispose();
        _listed.Dispose();
        _listedRanks.Dispose();
        foreach (var registers in _full)
            registers.Dispose();
        _full.Clear();
    }

    private void Set(int group, int register, byte rank)
    {
        ref var state = ref _states.Span[group];
        if (state.Full == 0)
        {
            if (TryList(ref state, register, rank))
                return;
            MakeFull(ref state, group);
        }

        ref var held = ref _full[state.Full - 1].Span[register];
        held = Math.Max(held, rank);
    }

    private bool TryList(ref State state, int register, byte rank)
    {
        if (state.List == 0)
        {
            state.List = checked(_listed.Length + 1);
            _listed.Resize(_listed.Length + ShortList);
            _listedRanks.Resize(_listed.Length);
        }

        var at = _listed.Span.Slice(state.List - 1, state.Count).IndexOf((ushort)register);
        if (at < 0)
        {
            if (state.Count == ShortList)
                return false;
            at = state.Count++;
            _listed.Span[state.List - 1 + at] = (ushort)register;
        }

        ref var held = ref _listedRanks.Span[state.List - 1 + at];
        held = Math.Max(held, rank);
        return true;
    }

    private void MakeFull(ref State state, int group)
    {
        var registers = new OutputBuffer<byte>(Allocator, Registers, clear: true);
        _full.Add(registers);
        Read(group, registers.Span);
        state.Full = _full.Count;
    }

    private void Read(int group, Span<byte> ranks)
    {
        var state = _states.Span[group];
        if (state.Full != 0)
        {
            _full[state.Full - 1].Span.CopyTo(ranks);
            return;
        }

        ranks.Clear();
        for (var i = 0; i < state.Count; i++)
            ranks[_listed.Span[state.List - 1 + i]] = _listedRanks.Span[state.List - 1 + i];
    }

    private struct State
    {
        public int List;
        public int Count;
        public int Full;
    }
}
