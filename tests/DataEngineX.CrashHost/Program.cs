using DataEngineX;
using DataEngineX.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WeatherService;

// The weather service's pipelines without its face: does one verb, such as `run weather.silver`, and dies where DEX_FAILPOINT says.
// The state folder is DataEngineX:Lakehouse, given as --DataEngineX:Lakehouse; its inbox is filled by whoever starts this.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton<IFailpoints>(KillFailpoints.FromEnvironment());
builder.Services.AddSingleton(s => WeatherOptions.Read(builder.Configuration, s.GetRequiredService<StateFolder>()));
builder.Services.AddDataEngineX(dex =>
{
    dex.UseLakehouse(".state");
    dex.AddModels();
    dex.AddWeatherPipelines();

    // A dead process holds its lease until it ends; whoever runs next waits that long.
    dex.AddEngine(engine => engine.LeaseDuration = TimeSpan.FromSeconds(1));
});
return await builder.Build().RunDataEngineXAsync(args);
