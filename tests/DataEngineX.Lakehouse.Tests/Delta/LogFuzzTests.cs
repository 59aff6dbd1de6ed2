using System.Text;
using System.Text.RegularExpressions;
using DataEngineX.Lakehouse.Tables;

namespace DataEngineX.Lakehouse.Tests.Delta;

/// <summary>Damaged files of a log give our error, or something that can be read; never a crash, and never an error that does not say where.</summary>
public sealed partial class LogFuzzTests : IDisposable
{
    private const int Mutations = 120;

    private static readonly string[] Tables =
    [
        "basic-with-inserts-overwrite-restore", "data-reader-nested-struct", "data-skipping-basic-stats-all-types-columnmapping-name", "only-checkpoint-files", "snapshot-repartitioned",
        "table-with-columnmapping-mode-name", "v2-checkpoint-json",
    ];

    private static readonly string[] Values =
        ["null", "-1", "99999999999999999999", "1.5", "9223372036854775807", "-9223372036854775808", "2147483648", "true", "\"\"", "\"x\"", "[]", "[1]", "{}", "\"\\u0000\""];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task Damaged_logs_are_refused_or_read(int seed) => DamageAsync(seed, Mutations);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Many_damaged_logs_are_refused_or_read() => DamageAsync(SoakSettings.Seed, SoakSettings.Count);

    private async Task DamageAsync(int seed, int mutations)
    {
        var random = new Random(seed);
        var (refused, read) = (0, 0);
        for (var i = 0; i < mutations; i++)
        {
            using var table = new GoldenTable(Tables[random.Next(Tables.Length)]);
            var log = Directory.GetFiles(table["_delta_log"], "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".crc", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            var victim = log[random.Next(log.Count)];
            await File.WriteAllBytesAsync(victim, Damage(await File.ReadAllBytesAsync(victim), victim.EndsWith(".json", StringComparison.Ordinal), random));
            try
            {
                await LookAsync(table["."]);
                read++;
            }
            catch (DataEngineXException e)
            {
                refused++;
                Assert.Contains(table.Id.Name, e.Message, StringComparison.Ordinal);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, mutation {i}, {Path.GetFileName(victim)} of {table.Id}: {e}");
            }
        }

        Assert.True(refused > mutations / 10 && read > mutations / 10, $"{refused} refused, {read} read");
    }

    private static async Task LookAsync(string path)
    {
        var opened = await new DeltaFolderCatalog().OpenAsync(path);
        await foreach (var batch in opened.ScanAsync(new TableScan()))
            batch.Dispose();
        _ = await opened.GetSnapshotAsync();
        _ = await opened.GetFilesAsync().CountAsync();
        _ = await opened.GetHistoryAsync().CountAsync();
        _ = await opened.FindVersionAsync(DateTimeOffset.UtcNow.AddDays(1));
    }

    private static byte[] Damage(byte[] good, bool isJson, Random random)
    {
        var bytes = good.ToList();
        for (var n = random.Next(1, 4); n > 0 && bytes.Count > 8; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(isJson ? 6 : 4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 8)).Select(_ => (byte)random.Next(256)));
                    break;
                case 4:
                    bytes = Replace(bytes, Value(), Values[random.Next(Values.Length)], random);
                    break;
                default:
                    bytes = Replace(bytes, Name(), "\"another\":", random);
                    break;
            }
        }

        return [.. bytes];
    }

    private static List<byte> Replace(List<byte> bytes, Regex what, string by, Random random)
    {
        var text = Encoding.Latin1.GetString([.. bytes]);
        var found = what.Matches(text);
        if (found.Count == 0)
            return bytes;
        var match = found[random.Next(found.Count)];
        return [.. Encoding.Latin1.GetBytes(text[..match.Index] + by + text[(match.Index + match.Length)..])];
    }

    [GeneratedRegex("(?<=:)(-?[0-9]+|\"[^\"\\\\]*\"|true|false)")]
    private static partial Regex Value();

    [GeneratedRegex("\"[A-Za-z]+\":")]
    private static partial Regex Name();
}
