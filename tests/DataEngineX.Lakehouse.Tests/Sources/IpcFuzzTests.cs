using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using DataEngineX.Lakehouse.Tests.Parquet;
using DataEngineX.Pipelines;
using DataEngineX.Plans;

namespace DataEngineX.Lakehouse.Tests.Sources;

/// <summary>Damaged Arrow IPC files give our error with the file's name, or rows that the engine can work with; never a crash.</summary>
public sealed class IpcFuzzTests : IDisposable
{
    private const int Mutations = 200;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public Task Damaged_files_are_refused_or_read(bool asStream, int seed) => DamageAsync(asStream, seed, Mutations);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Many_damaged_files_are_refused_or_read()
    {
        await DamageAsync(asStream: true, SoakSettings.Seed, SoakSettings.Count / 2);
        await DamageAsync(asStream: false, SoakSettings.Seed + 1, SoakSettings.Count / 2);
    }

    private async Task DamageAsync(bool asStream, int seed, int mutations)
    {
        var good = await FileAsync(asStream);
        var random = new Random(seed);
        var (refused, read) = (0, 0);
        for (var i = 0; i < mutations; i++)
        {
            var path = _folder[$"damaged{i}.arrow"];
            await File.WriteAllBytesAsync(path, Damage(good, random, i), TestContext.Current.CancellationToken);
            try
            {
                var flow = Flow.From(new DataEngineX.Lakehouse.Ipc.IpcFileSource(path)).OrderBy(new OrderKey("s"), new OrderKey("word"));
                var reader = new FlowReader(new DataAccess(null!, null!, TimeProvider.System, null!), new EngineOptions { BatchRows = 128 });
                await foreach (var batch in reader.ReadAsync(flow, TestContext.Current.CancellationToken))
                    batch.Dispose();
                read++;
            }
            catch (DataEngineXException e)
            {
                refused++;
                Assert.True(e is PlanException || e.Message.Contains($"damaged{i}.arrow", StringComparison.Ordinal), $"seed {seed}, mutation {i}: {e.Message}");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Assert.Fail($"seed {seed}, mutation {i}: {e}");
            }

            File.Delete(path);
        }

        Assert.True(refused > mutations / 10 && read > 0, $"{refused} refused, {read} read");
    }

    /// <summary>All types, and a dictionary.</summary>
    private static async Task<byte[]> FileAsync(bool asStream)
    {
        using var batch = AllTypes.Make(300, 5, 0.2);
        var type = new DictionaryType(Int32Type.Default, StringType.Default, false);
        using var words = new DictionaryArray(
            type, new Int32Array.Builder().AppendRange(Enumerable.Range(0, 300).Select(i => i % 3)).Build(), new StringArray.Builder().AppendRange(["a", "b", "c"]).Build());
        var schema = new Schema(batch.Schema.FieldsList.Append(new Field("word", type, true)), null);
        var all = new RecordBatch(schema, batch.Arrays.Append(words), batch.Length);
        using var memory = new MemoryStream();
        using (var writer = asStream ? new ArrowStreamWriter(memory, schema, leaveOpen: true) : new ArrowFileWriter(memory, schema, leaveOpen: true))
        {
            await writer.WriteRecordBatchAsync(all);
            await writer.WriteEndAsync();
        }

        return memory.ToArray();
    }

    private static byte[] Damage(byte[] good, Random random, int number)
    {
        if (number % 10 == 0)
            return good[..random.Next(good.Length)];
        var bytes = (byte[])good.Clone();

        // A third of the damage is done to the start and to the end, where the metadata stands.
        var (from, to) = (number % 3) switch { 0 => (0, Math.Min(3000, good.Length)), 1 => (Math.Max(0, good.Length - 3000), good.Length), _ => (0, good.Length) };
        for (var k = random.Next(1, 5); k > 0; k--)
            bytes[random.Next(from, to)] = (byte)random.Next(256);
        return bytes;
    }
}
