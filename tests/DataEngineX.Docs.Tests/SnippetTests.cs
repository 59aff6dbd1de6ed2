namespace DataEngineX.Docs.Tests;

public sealed class SnippetTests
{
    public static TheoryData<Snippet> Snippets() => [.. SnippetFinder.All()];

    [Theory]
    [MemberData(nameof(Snippets), DisableDiscoveryEnumeration = true)]
    public void Every_csharp_block_compiles(Snippet snippet) => Assert.Empty(SnippetCompiler.Errors(snippet));

    [Fact]
    public void A_block_that_does_not_compile_is_found_with_its_line()
    {
        var broken = SnippetFinder.Of("page.md", "text\n\n```csharp\nvar x = 1;\nvar y = nowhere;\n```\n").Single();
        Assert.StartsWith("page.md:5: The name 'nowhere'", SnippetCompiler.Errors(broken).Single(), StringComparison.Ordinal);
    }
}
