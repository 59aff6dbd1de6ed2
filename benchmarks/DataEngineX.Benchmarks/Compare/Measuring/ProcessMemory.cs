using System.Globalization;

namespace DataEngineX.Benchmarks.Compare.Measuring;

/// <summary>Resident memory of this process, as Linux counts it; 0 elsewhere.</summary>
internal static class ProcessMemory
{
    public static long ResidentBytes => Status("VmRSS:");

    /// <summary>The most that was resident since the start or the last <see cref="ResetPeak"/>.</summary>
    public static long PeakBytes => Status("VmHWM:");

    public static void ResetPeak()
    {
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static long Status(string name)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
