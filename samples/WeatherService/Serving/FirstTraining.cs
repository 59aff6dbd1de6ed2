using DataEngineX;
using DataEngineX.Hosting;
using DataEngineX.Pipelines;

namespace WeatherService;

/// <summary>Has the model trained once, as soon as there are features and while there is no champion. Later models are ordered by whoever runs the service.</summary>
/// <param name="models">Tell of the champion.</param>
/// <param name="runner">Tells whether there is anything to train on.</param>
/// <param name="queue">Takes the run.</param>
public sealed class FirstTraining(IModelRegistry models, IPipelineRunner runner, IRunQueue queue) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? ordered = null;
        while (await models.FindVersionAsync(WeatherTrain.Model, ModelAliases.Champion, stoppingToken) is null)
        {
            // One order for the same features: what failed once would fail again.
            var plan = await runner.PlanAsync(WeatherTrain.Name, stoppingToken);
            if (plan.HasWork && plan.RunKey != ordered)
            {
                queue.Enqueue(new RunRequest(WeatherTrain.Name, "start"));
                ordered = plan.RunKey;
            }

            await Task.Delay(Look, stoppingToken);
        }
    }
}
