namespace DataEngineX.Hosting.Tests.Support;

internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dex-hosting-");

    public string Root => _folder.FullName;

    public string Below(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // A test may have removed it.
        }
    }
}
