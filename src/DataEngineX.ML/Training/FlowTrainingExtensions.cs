using DataEngineX.Pipelines;

namespace DataEngineX.ML;

/// <summary>Ends a flow in a model.</summary>
public static class FlowTrainingExtensions
{
    /// <summary>Trains, chooses and registers a new version of a model from the flow's rows.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="name">The model's name: letters, digits, '_', '-' and '.'.</param>
    /// <param name="describe">Describes features, label, candidates and evaluation; runs once, while describing.</param>
    /// <returns>The pipeline's end.</returns>
    /// <exception cref="PlanException">The description is not whole; the message tells what is missing.</exception>
    public static PipelineEnd TrainModel(this Flow flow, string name, Action<TrainingBuilder> describe)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.Into(new ModelTarget(name, describe));
    }

    /// <summary>Trains, chooses and registers a new version of a model from the flow's rows.</summary>
    /// <typeparam name="T">The row type of the flow.</typeparam>
    /// <param name="flow">The flow.</param>
    /// <param name="name">The model's name: letters, digits, '_', '-' and '.'.</param>
    /// <param name="describe">Describes features, label, candidates and evaluation by column name; runs once, while describing.</param>
    /// <returns>The pipeline's end.</returns>
    /// <exception cref="PlanException">The description is not whole; the message tells what is missing.</exception>
    public static PipelineEnd<T> TrainModel<T>(this Flow<T> flow, string name, Action<TrainingBuilder> describe)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.Into(new ModelTarget(name, describe));
    }
}
