using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DataEngineX.Docs.Tests;

/// <summary>Compiles a block as a program of its own, beside the prelude that stands for what a page takes for granted.</summary>
internal static class SnippetCompiler
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14);
    private static readonly SyntaxTree Prelude = CSharpSyntaxTree.ParseText(ReadPrelude(), Options, "Prelude.cs");

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileNameWithoutExtension(p) != "DataEngineX.Docs.Tests")
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    public static CSharpCompilation Compile(Snippet snippet, string name = "Snippet")
    {
        var tree = CSharpSyntaxTree.ParseText(snippet.Code, Options, snippet.ToString());
        var isProgram = tree.GetCompilationUnitRoot().Members.Any(m => m is GlobalStatementSyntax);
        return CSharpCompilation.Create(
            name, [tree, Prelude], References,
            new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
                .WithNullableContextOptions(NullableContextOptions.Enable));
    }

    public static IReadOnlyList<string> Errors(Snippet snippet) =>
    [
        .. Compile(snippet).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{snippet.Page}:{snippet.Line + d.Location.GetLineSpan().StartLinePosition.Line}: {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"),
    ];

    private static string ReadPrelude()
    {
        using var reader = new StreamReader(typeof(SnippetCompiler).Assembly.GetManifestResourceStream("Prelude.cs")!);
        return reader.ReadToEnd();
    }
}
