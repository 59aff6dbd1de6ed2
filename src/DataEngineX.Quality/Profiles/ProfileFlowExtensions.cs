using Apache.Arrow;
using DataEngineX.Pipelines;
using DataEngineX.Quality;

namespace DataEngineX;

/// <summary>Profiles flows.</summary>
public static class ProfileFlowExtensions
{
    /// <summary>Profiles all rows of a flow: one row comes out, with the profile as JSON in the column <c>profile</c>.</summary>
    /// <param name="flow">The rows.</param>
    /// <param name="options">What to look at. <value>Default: null, the defaults.</value></param>
    public static Flow Profile(this Flow flow, ProfileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return new Flow(new ProfileNode(flow.Node, options));
    }

    /// <summary>Profiles all rows of a flow on all threads of the reader, and reads the profile.</summary>
    /// <param name="reader">Reads the flow.</param>
    /// <param name="flow">The rows.</param>
    /// <param name="options">What to look at. <value>Default: null, the defaults.</value></param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PlanException">The flow does not fit what it reads, or a column asked for is not there.</exception>
    public static async ValueTask<Profile> ProfileAsync(
        this FlowReader reader, Flow flow, ProfileOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Profile? profile = null;
        await foreach (var batch in reader.ReadAsync(flow.Profile(options), cancellationToken).ConfigureAwait(false))
        {
            using (batch)
                profile = Quality.Profile.Parse(((StringArray)batch.Column(0)).GetString(0));
        }

        return profile!;
    }
}
