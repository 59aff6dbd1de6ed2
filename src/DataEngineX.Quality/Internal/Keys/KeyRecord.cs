using System.Runtime.InteropServices;

namespace DataEngineX.Quality;

/// <summary>A short key and a number that is kept with it: how often it occurs, or the row it stands in.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KeyRecord(Key16 key, long value)
{
    public Key16 Key = key;
    public long Value = value;
}
