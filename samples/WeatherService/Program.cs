using DataEngineX;
using WeatherService;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddCommandLine(args, WeatherOptions.Switches);
builder.Services.AddWeather();
builder.Services.AddDataEngineX(dex =>
{
    dex.UseLakehouse(Path.Combine(builder.Environment.ContentRootPath, ".state"));
    dex.AddModels();
    dex.UseAspNetCore();
    if (!builder.Environment.IsDevelopment())
        dex.UseJsonLogs();

    dex.AddWeatherPipelines();
    if (dex.AddWeatherPublish(builder.Configuration))
        dex.RunAfterUpstream(WeatherPublish.Name);
    dex.AddLiveWeather(LiveOptions.Read(builder.Configuration));
    dex.ProfileTables();
    dex.Schedule("weather.raw", "5 * * * *");
    dex.RunAtStart("weather.raw");
    foreach (var pipeline in (string[])["weather.raw", "weather.bronze", "weather.silver", "weather.gold", "weather.forecast"])
        dex.RunAfterUpstream(pipeline);
    dex.ConfigureHost(host => host.UpstreamCheckInterval = TimeSpan.FromSeconds(2));
});

var app = builder.Build();
app.MapForecast();
app.MapDataEngineX();
app.MapDataEngineXDashboard();
return await app.RunDataEngineXAsync(args);
