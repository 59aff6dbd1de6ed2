namespace DataEngineX.AspNetCore;

/// <summary>What a run read of one dataset.</summary>
internal sealed record InputDto(string Dataset, string Position, string? Since)
{
    public static InputDto Of(InputVersion input) => new(input.Dataset.ToString(), input.Position, input.Since);
}
