using System.Diagnostics;
using System.Globalization;
using DataEngineX.CrashHost;
using Microsoft.Extensions.Hosting;

// Does one verb, such as `run weather.silver`, on the state folder DataEngineX:Lakehouse, and dies where DEX_FAILPOINT says.
try
{
    return await WeatherRuns.Build(args).RunDataEngineXAsync(args);
}
finally
{
    // What counts coverage writes its file at the end of the process, for which a limit for the size of files is not meant.
    if (Environment.GetEnvironmentVariable("DEX_FILE_LIMIT") is not null)
    {
        using var unlimited = Process.Start("prlimit", ["--pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "--fsize=unlimited"]);
        await unlimited.WaitForExitAsync();
    }
}
