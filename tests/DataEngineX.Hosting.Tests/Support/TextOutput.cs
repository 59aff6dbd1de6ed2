namespace DataEngineX.Hosting.Tests.Support;

internal sealed class TextOutput : IVerbOutput, IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public TextWriter Out => _out;

    public TextWriter Error => _error;

    public string Results => _out.ToString();

    public string Reasons => _error.ToString();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }
}
