using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DataEngineX.Lakehouse.Storage;

namespace DataEngineX.Lakehouse.Tests.Tables;

/// <summary>Processes that append to, merge into, delete from and compact one table at once lose no row and double none.</summary>
public sealed class WriterProcessesTests(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 8;
    private const int Commits = 500;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Eight_processes_lose_and_double_nothing() => WriteAsync(Random.Shared.Next(), Commits);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Eight_processes_lose_and_double_nothing_in_many_commits() => WriteAsync(SoakSettings.Seed, SoakSettings.Count);

    private async Task WriteAsync(int seed, int commits)
    {
        output.WriteLine($"seed {seed}, {commits} commits");
        var folder = _folder["lake"];
        using var lake = new Lake(new LocalObjectStore(folder));
        await lake.AppendAsync(lake.Record(1, pipeline: "first"), (-1, "first", 0));
        var reports = await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => RunAsync(folder, w, (commits + w) / Writers, seed)));
        output.WriteLine($"{reports.Sum(r => r.Conflicts)} conflicts");

        var added = reports.SelectMany(r => r.Added).GroupBy(a => long.Parse(a.Key, CultureInfo.InvariantCulture), a => a.Value);
        var expected = added.Select(g => Line(g.Key, "counter", g.Sum()))
            .Concat(reports.SelectMany((r, w) => r.Own.Select(id => Line(id, $"w{w}", id)))).Append(Line(-1, "first", 0));
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await lake.RowsAsync()).Order(StringComparer.Ordinal));
        Assert.True(reports.Sum(r => r.Conflicts) > 0, "nothing met anything");
    }

    private static string Line(long id, string name, double amount) => string.Create(CultureInfo.InvariantCulture, $"{id}|{name}|{amount}");

    private static async Task<WriterReport> RunAsync(string folder, int writer, int commits, int seed)
    {
        List<string> command = [Environment.ProcessPath!];
        if (string.Equals(Path.GetFileNameWithoutExtension(command[0]), "dotnet", StringComparison.OrdinalIgnoreCase))
            command.Add(typeof(WriterProcessesTests).Assembly.Location);
        command.AddRange(["-method", $"{typeof(TableWriterChild).FullName}.{nameof(TableWriterChild.Writes)}"]);
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[TableWriterChild.Folder] = folder;
        start.Environment[TableWriterChild.Work] = string.Create(CultureInfo.InvariantCulture, $"{writer} {commits} {seed}");
        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync(Cancel);
        await child.WaitForExitAsync(Cancel);
        var report = TableWriterChild.ReportOf(folder, writer);
        Assert.True(File.Exists(report), said);
        return JsonSerializer.Deserialize<WriterReport>(await File.ReadAllTextAsync(report, Cancel))!;
    }
}
