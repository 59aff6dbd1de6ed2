using DataEngineX.Architecture.Tests.Checks;

namespace DataEngineX.Architecture.Tests;

public class SourceTests
{
    [Fact]
    public void No_source_file_is_too_long() =>
        Assert.Empty(SourceFiles().SelectMany(f => SourceRule.TooLong(Relative(f), File.ReadAllLines(f))));

    [Fact]
    public void Every_public_type_has_a_file_of_its_own() =>
        Assert.Empty(SourceFiles().SelectMany(f => SourceRule.ManyTypes(Relative(f), File.ReadLines(f))));

    [Fact]
    public void There_are_sources_to_look_at() => Assert.NotEmpty(SourceFiles());

    [Fact]
    public void A_file_may_have_the_most_lines_and_not_one_more()
    {
        Assert.Empty(SourceRule.TooLong("A.cs", new string[SourceRule.MaxLines]));
        Assert.Equal(
            "A.cs has 401 lines; 400 is the most. Split it by concept.",
            Assert.Single(SourceRule.TooLong("A.cs", new string[SourceRule.MaxLines + 1])));
    }

    [Theory]
    [InlineData("public sealed class A", "public enum B")]
    [InlineData("public class A", "public class A<T>")]
    [InlineData("public readonly record struct A(int X);", "public sealed record B(int Y) : C")]
    [InlineData("public interface IA", "public delegate void B(int x);")]
    [InlineData("public static partial class A", "public abstract class B<TIn, TOut>")]
    [InlineData("public delegate ValueTask<int> A<T>(T x);", "public ref struct B")]
    public void Two_public_types_in_a_file_are_seen(string first, string second) =>
        Assert.Single(SourceRule.ManyTypes("A.cs", ["namespace X;", first, "{", "}", second, "{", "}"]));

    [Theory]
    [InlineData("internal sealed class B")]
    [InlineData("    public sealed class Nested")]
    [InlineData("/// public class B")]
    [InlineData("file sealed class B")]
    public void What_is_not_a_second_public_type_is_left_alone(string line) =>
        Assert.Empty(SourceRule.ManyTypes("A.cs", ["public sealed class A", "{", line, "}"]));

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Repository.Source, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
