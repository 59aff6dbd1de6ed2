namespace DataEngineX.AspNetCore;

/// <summary>A list, or one page of it.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">What to send as <c>before</c> for the next page; null at the end.</param>
internal sealed record PageDto<T>(IReadOnlyList<T> Items, string? Next = null);
