using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Memory;

namespace DataEngineX.Pipelines;

/// <summary>Opaque steps over row objects.</summary>
public static class RowMaps
{
    private const DynamicallyAccessedMemberTypes Read =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>
    /// Makes a row of each row in C#, for what no expression says. An opaque step: the plan knows its name, version and row type, and moves nothing
    /// through it. It costs an object a row, made and taken apart again: use Select where it can say the same.
    /// </summary>
    /// <typeparam name="T">The row type; a record, or a class with settable properties.</typeparam>
    /// <typeparam name="TResult">The new row type; its properties are the columns.</typeparam>
    /// <param name="flow">The rows.</param>
    /// <param name="name">What the step is called in errors and EXPLAIN.</param>
    /// <param name="version">The version of the code: another version is another plan.</param>
    /// <param name="map">Makes a row of a row; called from several threads at once, it keeps nothing between rows.</param>
    public static Flow<TResult> MapRows<
        [DynamicallyAccessedMembers(Read)] T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TResult>(
        this Flow<T> flow, string name, string version, Func<T, TResult> map)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(map);
        return new Flow<TResult>(new MapBatchesNode(flow.Node, name, version, RowShape.SchemaOf<TResult>(), Map)
        {
            Reads = [.. RowShape.Of<T>().Select(c => c.Name)],
            IsRowLocal = true,
            IsByRow = true,
        });

        RecordBatch Map(RecordBatch batch, MemoryAllocator allocator)
        {
            var rows = new List<T>(batch.Length);
            RowMaterializer<T>.Append(batch, rows);
            var made = new TResult[rows.Count];
            for (var i = 0; i < made.Length; i++)
                made[i] = map(rows[i]) ?? throw new InvalidOperationException("it gave no row for a row: leave rows out with Where.");
            return RowBatch.Create(made, allocator);
        }
    }
}
