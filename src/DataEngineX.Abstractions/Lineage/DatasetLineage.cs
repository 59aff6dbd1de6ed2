namespace DataEngineX;

/// <summary>Where a dataset comes from, by dataset and by column.</summary>
/// <param name="Dataset">The dataset written.</param>
/// <param name="Pipeline">The pipeline that writes it.</param>
/// <param name="Inputs">The datasets read.</param>
/// <param name="Columns">One entry for each column written.</param>
/// <param name="Indirect">Columns that decided which rows there are, for the dataset as a whole.</param>
public sealed record DatasetLineage(
    DatasetId Dataset,
    string Pipeline,
    IReadOnlyList<DatasetId> Inputs,
    IReadOnlyList<ColumnLineage> Columns,
    IReadOnlyList<ColumnOrigin> Indirect);
