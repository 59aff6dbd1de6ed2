namespace DataEngineX;

/// <summary>A writer whose lease was taken over: its fencing token is older than one already seen.</summary>
public class FencedException : DataEngineXException
{
    /// <summary>Creates the error.</summary>
    /// <param name="resource">What was written or held.</param>
    /// <param name="token">The token of this writer.</param>
    /// <param name="newerToken">The newer token.</param>
    public FencedException(string resource, long token, long newerToken)
        : base($"{resource}: fencing token {token} is older than {newerToken}; another run has taken over.")
    {
        Token = token;
        NewerToken = newerToken;
    }

    /// <summary>The token of this writer.</summary>
    public long Token { get; }

    /// <summary>The newer token.</summary>
    public long NewerToken { get; }
}
