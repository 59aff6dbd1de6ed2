namespace DataEngineX.Quality;

/// <summary>A test of many small samples, drawn with replacement, in place of one of all values: how many of them pass is what is judged.</summary>
/// <remarks>All values of a large column tell even the coarseness of intervals apart from the distribution that they stand for; small samples do not.</remarks>
/// <param name="Samples">How many samples are drawn, 1 to 1,000,000. <value>Default: 1000.</value></param>
/// <param name="Size">How many values each has, 1 to 1,000,000. <value>Default: null, two an interval, or as many as there are up to 1000.</value></param>
public sealed record Resampling(int Samples = 1000, int? Size = null);
