using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DataEngineX.Docs.Tests;

public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(SnippetFinder.Root, "README.md"));

    [Fact]
    public async Task The_example_runs_and_prints_what_the_readme_shows()
    {
        var code = Example().Match(Readme).Groups[1].Value;
        var expected = Example().Match(Readme).Groups[2].Value;
        var dll = Path.Combine(AppContext.BaseDirectory, $"Example{Guid.NewGuid():N}.dll");
        var folder = Directory.CreateTempSubdirectory("dex-readme");
        try
        {
            Emit(code, dll);
            Assert.Equal(expected, await RunAsync(dll, folder.FullName));
        }
        finally
        {
            File.Delete(dll);
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_example_has_at_most_20_lines_and_the_page_two_screens()
    {
        Assert.InRange(Example().Match(Readme).Groups[1].Value.TrimEnd().Split('\n').Length, 1, 20);
        Assert.InRange(Readme.Split('\n').Length, 1, 110);
    }

    [Fact]
    public void Links_to_files_of_the_repository_lead_somewhere()
    {
        var broken = Link().Matches(Readme).Select(m => m.Groups[1].Value.Split('#')[0])
            .Where(l => l.Length > 0 && !l.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(SnippetFinder.Root, l)));
        Assert.Empty(broken);
    }

    private static void Emit(string code, string dll)
    {
        using var file = File.Create(dll);
        var emitted = SnippetCompiler.Compile(new Snippet("README.md", 0, code), Path.GetFileNameWithoutExtension(dll)).Emit(file);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
    }

    private static async Task<string> RunAsync(string dll, string folder)
    {
        var name = typeof(ReadmeTests).Assembly.GetName().Name;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in new[]
        {
            "exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, $"{name}.runtimeconfig.json"),
            "--depsfile", Path.Combine(AppContext.BaseDirectory, $"{name}.deps.json"), dll,
        })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors + await output);
        return await output;
    }

    [GeneratedRegex(@"<!-- example -->\n```csharp\n(.*?)```\n\s*```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
