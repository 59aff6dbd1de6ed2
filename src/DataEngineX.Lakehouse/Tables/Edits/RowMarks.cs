using DataEngineX.Lakehouse.Parquet;

namespace DataEngineX.Lakehouse.Tables.Edits;

/// <summary>Which action applies to which rows of the files of an edit: a bit a row and action.</summary>
internal sealed class RowMarks(int files, IReadOnlyList<RowAction> actions)
{
    private readonly RowSet?[]?[] _marks = new RowSet?[files][];

    /// <summary>The actions that there are.</summary>
    internal IReadOnlyList<RowAction> Actions => actions;

    /// <summary>Marks a row.</summary>
    /// <param name="position">See <see cref="RowPosition"/>.</param>
    /// <param name="action">The action's number, from 1.</param>
    internal void Mark(long position, int action)
    {
        var file = _marks[RowPosition.FileOf(position)] ??= new RowSet?[actions.Count];
        (file[action - 1] ??= new RowSet()).Add(RowPosition.RowOf(position));
    }

    /// <summary>Marks rows of a file.</summary>
    /// <param name="file">Its number.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="action">The action's number, from 1.</param>
    internal void Mark(int file, RowSet rows, int action)
    {
        if (rows.Count > 0)
            ((_marks[file] ??= new RowSet?[actions.Count])[action - 1] ??= new RowSet()).Add(rows);
    }

    /// <summary>Whether any row of a file is marked.</summary>
    internal bool Any(int file) => file < _marks.Length && _marks[file] is not null;

    /// <summary>The number of the action of a row; 0 for none.</summary>
    internal int this[int file, long row]
    {
        get
        {
            if (!Any(file))
                return 0;
            var sets = _marks[file]!;
            for (var i = 0; i < sets.Length; i++)
            {
                if (sets[i]?.Contains(row) == true)
                    return i + 1;
            }

            return 0;
        }
    }

    /// <summary>The rows of a file that are deleted; null for none.</summary>
    internal RowSet? Deleted(int file) => Union(file, a => a.Deletes);

    /// <summary>The rows of a file that are updated; null for none.</summary>
    internal RowSet? Updated(int file) => Union(file, a => !a.Deletes);

    /// <summary>The rows of a file to which anything happens; null for none.</summary>
    internal RowSet? Changed(int file) => Union(file, _ => true);

    private RowSet? Union(int file, Func<RowAction, bool> which)
    {
        RowSet? union = null;
        if (!Any(file))
            return null;
        for (var i = 0; i < actions.Count; i++)
        {
            if (which(actions[i]) && _marks[file]![i] is { } rows)
                (union ??= new RowSet()).Add(rows);
        }

        return union;
    }
}
