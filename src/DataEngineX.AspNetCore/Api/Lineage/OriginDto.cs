namespace DataEngineX.AspNetCore;

/// <summary>A column depended on, and how.</summary>
internal sealed record OriginDto(string Dataset, string Column, string Kind)
{
    public static OriginDto Of(ColumnOrigin origin) => new(origin.Dataset.ToString(), origin.Column, Words.Of(origin.Kind));
}
