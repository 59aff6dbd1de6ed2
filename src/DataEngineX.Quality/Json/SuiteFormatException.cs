namespace DataEngineX.Quality;

/// <summary>A suite that cannot be read, and where in it the fault is.</summary>
public sealed class SuiteFormatException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">Where the fault is, such as <c>$.rules[2].min</c>.</param>
    /// <param name="problem">What is wrong, as a sentence.</param>
    /// <param name="innerException">The cause. <value>Default: null.</value></param>
    public SuiteFormatException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>Where the fault is, such as <c>$.rules[2].min</c>.</summary>
    public string Path { get; }
}
