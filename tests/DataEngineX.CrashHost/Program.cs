using DataEngineX.CrashHost;
using Microsoft.Extensions.Hosting;

// Does one verb, such as `run weather.silver`, on the state folder DataEngineX:Lakehouse, and dies where DEX_FAILPOINT says.
return await WeatherRuns.Build(args).RunDataEngineXAsync(args);
