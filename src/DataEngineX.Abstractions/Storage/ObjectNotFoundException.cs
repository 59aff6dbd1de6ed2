namespace DataEngineX;

/// <summary>An object that was asked for by key is not in the store.</summary>
public sealed class ObjectNotFoundException : DataEngineXException
{
    /// <summary>Creates the error without a message of its own.</summary>
    public ObjectNotFoundException()
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was looked for, and where.</param>
    public ObjectNotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    /// <param name="message">What was looked for, and where.</param>
    /// <param name="innerException">The cause.</param>
    public ObjectNotFoundException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The key that was asked for.</summary>
    public string Key { get; init; } = "";

    /// <summary>Makes the error for one key.</summary>
    /// <param name="store">The store's <see cref="IObjectStore.Location"/>.</param>
    /// <param name="key">The key.</param>
    /// <param name="cause">The cause, where there is one.</param>
    /// <returns>The error to throw.</returns>
    public static ObjectNotFoundException For(Uri store, string key, Exception? cause = null) =>
        new($"There is no object '{key}' in {store}.", cause) { Key = key };
}
