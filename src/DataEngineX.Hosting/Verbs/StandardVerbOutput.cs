using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DataEngineX.Hosting.Verbs;

/// <summary>The standard streams of the process.</summary>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The console is banned so that libraries do not write to it. A host verb is asked for on a command line and answers there; this is the one place that opens the streams.")]
internal sealed class StandardVerbOutput : IVerbOutput, IDisposable
{
    private readonly Lazy<StreamWriter> _out = new(() => Open(Console.OpenStandardOutput()));
    private readonly Lazy<StreamWriter> _error = new(() => Open(Console.OpenStandardError()));

    public TextWriter Out => _out.Value;

    public TextWriter Error => _error.Value;

    public void Dispose()
    {
        if (_out.IsValueCreated)
            _out.Value.Dispose();
        if (_error.IsValueCreated)
            _error.Value.Dispose();
    }

    private static StreamWriter Open(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
}
