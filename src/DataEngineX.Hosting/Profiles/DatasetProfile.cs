using DataEngineX.Quality;

namespace DataEngineX.Hosting;

/// <summary>The profile of one version of a table.</summary>
/// <param name="Dataset">The table.</param>
/// <param name="Version">The version.</param>
/// <param name="Profile">What its rows look like.</param>
public sealed record DatasetProfile(DatasetId Dataset, long Version, Profile Profile);
