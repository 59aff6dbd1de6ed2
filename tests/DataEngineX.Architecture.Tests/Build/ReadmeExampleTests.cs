using DataEngineX.BuildTool;

namespace DataEngineX.Architecture.Tests.Build;

public class ReadmeExampleTests
{
    [Fact]
    public void The_marked_block_is_the_example()
    {
        var example = ReadmeExample.Extract("# X\n```csharp\nno;\n```\n<!-- example -->\n\n```csharp\nvar a = 1;\nPrint(a);\n```\ntext\n");

        Assert.Equal("var a = 1;\nPrint(a);\n", example.Code);
        Assert.Null(example.Output);
    }

    [Fact]
    public void A_text_block_after_it_is_what_it_prints()
    {
        var example = ReadmeExample.Extract("<!-- example -->\r\n```csharp\r\nP();\r\n```\r\n\r\n```text\r\nhello\r\n```\r\n");

        Assert.Equal("hello\n", example.Output);
    }

    [Theory]
    [InlineData("# X\n```csharp\nno;\n```\n")]
    [InlineData("<!-- example -->\nno block\n")]
    [InlineData("<!-- example -->\n```csharp\nnot closed\n")]
    [InlineData("<!-- example -->\n```csharp\na;\n```\n<!-- example -->\n```csharp\nb;\n```\n")]
    public void A_readme_without_exactly_one_example_is_refused(string readme) =>
        Assert.Throws<FormatException>(() => ReadmeExample.Extract(readme));
}
