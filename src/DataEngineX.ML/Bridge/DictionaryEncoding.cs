namespace DataEngineX.ML;

/// <summary>How a <see cref="RecordBatchDataView"/> shows dictionary-encoded text.</summary>
public enum DictionaryEncoding
{
    /// <summary>As text, each value decoded. The default.</summary>
    Text,

    /// <summary>
    /// As an ML.NET key: values numbered from 1 in ordinal order over all batches, null as the missing key 0,
    /// with the texts as the column's key values.
    /// </summary>
    Key,
}
