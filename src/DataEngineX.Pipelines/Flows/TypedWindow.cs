using System.Globalization;
using System.Linq.Expressions;
using DataEngineX.Expressions;
using DataEngineX.Plans;
using LinqExpression = System.Linq.Expressions.Expression;

namespace DataEngineX.Pipelines;

/// <summary>Builds typed windows: calls on the window parameter are lifted into window nodes, nested calls into nodes below.</summary>
internal static class TypedWindow
{
    public static Flow<TResult> Build<TResult>(
        PlanNode input, IReadOnlyList<string> partitionBy, IReadOnlyList<OrderKey> orderBy, LambdaExpression row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var lifter = new Lifter(row);
        var columns = LambdaTranslator.TranslateRow(row, [string.Empty, string.Empty], lifter.TryTranslate);
        var node = input;
        foreach (var level in lifter.Levels)
            node = new WindowNode(node, partitionBy, orderBy, level);
        return new Flow<TResult>(new SelectNode(node, columns));
    }

    private sealed class Lifter(LambdaExpression row)
    {
        private int _count;

        /// <summary>Window columns by depth: a level reads only columns of the input and of levels before it.</summary>
        public List<List<WindowColumn>> Levels { get; } = [];

        public Expr? TryTranslate(LinqExpression expression) =>
            expression is MethodCallExpression call && call.Object == row.Parameters[1] ? Lift(call) : null;

        private ColumnExpr Lift(MethodCallExpression call)
        {
            var kind = Enum.Parse<WindowKind>(call.Method.Name);
            var ranking = Ranking(kind, call);
            var value = ranking is not null ? null : LambdaTranslator.TranslatePart(call.Arguments[0], row, TryTranslate);
            var column = ranking
                ?? Column(kind, value!, call);
            var level = value is null ? 0 : value.ColumnNames().Max(LevelAfter);
            while (Levels.Count <= level)
                Levels.Add([]);
            var known = Levels[level].Find(c => c.As("") == column.As(""));
            if (known is null)
                Levels[level].Add(known = column.As(string.Create(CultureInfo.InvariantCulture, $"$w{_count++}")));
            return new ColumnExpr(known.Name);
        }

        private static WindowColumn? Ranking(WindowKind kind, MethodCallExpression call) => kind switch
        {
            WindowKind.RowNumber => WindowColumn.RowNumber(),
            WindowKind.Rank => WindowColumn.Rank(),
            WindowKind.DenseRank => WindowColumn.DenseRank(),
            WindowKind.PercentRank => WindowColumn.PercentRank(),
            WindowKind.CumeDist => WindowColumn.CumeDist(),
            WindowKind.Tile => WindowColumn.Tile(Number(call, 0)),
            _ => null,
        };

        private static WindowColumn Column(WindowKind kind, Expr value, MethodCallExpression call)
        {
            var arguments = call.Arguments;
            if (arguments.Count == 1)
                return WindowColumn.Create(kind, value, 1, 1);
            if (kind == WindowKind.RollingNth)
                return WindowColumn.RollingNth(value, Number(call, 1), Captured<WindowFrame>(call, 2, "frame"));
            if (arguments[1].Type == typeof(int))
                return WindowColumn.Create(kind, value, Number(call, 1), arguments.Count > 2 ? Number(call, 2) : 1);
            var frame = arguments[1].Type == typeof(TimeSpan)
                ? WindowFrame.Range(Captured<TimeSpan>(call, 1, "time span"))
                : Captured<WindowFrame>(call, 1, "frame");
            return WindowColumn.Over(kind, value, frame, arguments.Count > 2 ? Number(call, 2) : 1);
        }

        private int LevelAfter(string column) => Levels.FindIndex(level => level.Exists(c => c.Name == column)) + 1;

        private static int Number(MethodCallExpression call, int argument) => Captured<int>(call, argument, "number of rows");

        private static T Captured<T>(MethodCallExpression call, int argument, string what) =>
            CapturedValue.TryRead(call.Arguments[argument], out var value) && value is T captured
                ? captured
                : throw new PlanException($"'{call}' needs a constant {what}.", "window");
    }
}
