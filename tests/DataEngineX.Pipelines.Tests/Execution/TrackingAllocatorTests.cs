using System.Buffers;

namespace DataEngineX.Pipelines.Tests.Execution;

/// <summary>Blocks of the run's allocator: each has its own memory, also when it was another's before, and all are counted.</summary>
public sealed class TrackingAllocatorTests
{
    private const int LargestBlock = 40 << 20;

    [Fact]
    public void Blocks_of_all_sizes_are_whole_and_counted_with_at_most_an_eighth_more()
    {
        var allocator = new TrackingAllocator();
        var blocks = new List<IMemoryOwner<byte>>();
        long asked = 0;
        for (var size = 1; size <= LargestBlock; size = (size * 5 / 4) + 1)
        {
            var block = allocator.Allocate(size);
            Assert.Equal(size, block.Memory.Length);
            block.Memory.Span[0] = block.Memory.Span[^1] = (byte)blocks.Count;
            blocks.Add(block);
            asked += size;
        }

        Assert.InRange(allocator.HeldBytes, asked, asked / 8 * 9);
        for (var i = 0; i < blocks.Count; i++)
        {
            Assert.Equal(((byte)i, (byte)i), (blocks[i].Memory.Span[0], blocks[i].Memory.Span[^1]));
            blocks[i].Dispose();
        }

        Assert.Equal(0, allocator.HeldBytes);
    }

    [Fact]
    public async Task Threads_that_give_blocks_back_and_take_others_never_share_one()
    {
        var allocator = new TrackingAllocator(1L << 30);
        await Task.WhenAll(Enumerable.Range(1, 4).Select(thread => Task.Run(() => Churn(allocator, thread))));
        Assert.Equal(0, allocator.HeldBytes);
    }

    [Fact]
    public void What_comes_from_elsewhere_counts_and_more_than_the_budget_is_refused()
    {
        var allocator = new TrackingAllocator(1_000_000);
        allocator.Reserve(600_000);
        using (allocator.Allocate(300_000))
            Assert.InRange(allocator.HeldBytes, 900_000, 1_000_000);
        var error = Assert.Throws<MemoryBudgetException>(() => allocator.Reserve(500_000));
        Assert.Equal((500_000, 600_000, 1_000_000), (error.RequestedBytes, error.UsedBytes, error.BudgetBytes));
        Assert.Throws<MemoryBudgetException>(() => allocator.Allocate(500_000));
        allocator.Release(600_000);
        Assert.Equal(0, allocator.HeldBytes);
    }

    private static void Churn(TrackingAllocator allocator, int thread)
    {
        var random = new Random(thread);
        var held = new List<(IMemoryOwner<byte> Block, byte Mark)>();
        for (var i = 0; i < 2_000; i++)
        {
            if (held.Count > 12 || (held.Count > 0 && random.Next(2) == 0))
            {
                var at = random.Next(held.Count);
                var (block, mark) = held[at];
                held.RemoveAt(at);
                Assert.Equal(-1, block.Memory.Span.IndexOfAnyExcept(mark));
                block.Dispose();
            }
            else
            {
                var block = allocator.Allocate(random.Next(1, 300_000));
                var mark = (byte)random.Next(1, 256);
                block.Memory.Span.Fill(mark);
                held.Add((block, mark));
            }
        }

        foreach (var (block, _) in held)
            block.Dispose();
    }
}
