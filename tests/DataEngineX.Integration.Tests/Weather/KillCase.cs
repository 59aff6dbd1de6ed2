namespace DataEngineX.Integration.Tests.Weather;

/// <summary>A place at which a process is killed, and what it was at.</summary>
/// <param name="Place">The place, and its pass where it is not the first: <c>name</c> or <c>name:n</c>.</param>
/// <param name="Work">What the process does.</param>
internal sealed record KillCase(string Place, KillWork Work)
{
    public string Name => $"{Place} in {Work.Name}";
}
