namespace DataEngineX.Quality;

/// <summary>A pattern as states with moves: on a character of a set, or on none.</summary>
internal sealed class AsciiNfa
{
    private const int MaxStates = 2_000;

    private readonly List<(UInt128 Set, int Next)> _moves = [];
    private readonly List<List<int>> _free = [];

    private AsciiNfa()
    {
    }

    public int Start { get; private set; }

    public int Accept { get; private set; }

    /// <summary>Builds the states of a pattern; null when there are too many.</summary>
    public static AsciiNfa? TryBuild(AsciiPattern.Node root)
    {
        var nfa = new AsciiNfa();
        nfa.Start = nfa.State();
        nfa.Accept = nfa.Add(root, nfa.Start);
        return nfa.Accept < 0 ? null : nfa;
    }

    /// <summary>The states reached from some by moves on no character, in order.</summary>
    public int[] Close(IEnumerable<int> states)
    {
        var seen = new SortedSet<int>();
        var open = new Stack<int>(states);
        while (open.TryPop(out var state))
        {
            if (!seen.Add(state))
                continue;
            foreach (var next in _free[state])
                open.Push(next);
        }

        return [.. seen];
    }

    /// <summary>The states reached from some by a character, not closed.</summary>
    public IEnumerable<int> Move(IEnumerable<int> states, int character)
    {
        foreach (var state in states)
        {
            if (_moves[state].Next >= 0 && ((_moves[state].Set >> character) & UInt128.One) != UInt128.Zero)
                yield return _moves[state].Next;
        }
    }

    private int State()
    {
        _moves.Add((0, -1));
        _free.Add([]);
        return _moves.Count - 1;
    }

    /// <summary>Adds a node behind a state.</summary>
    /// <returns>The state behind the node, or -1 when there are too many.</returns>
    private int Add(AsciiPattern.Node node, int from)
    {
        if (from < 0 || _moves.Count > MaxStates)
            return -1;
        switch (node)
        {
            case AsciiPattern.OneOf one:
                var next = State();
                var before = State();
                _free[from].Add(before);
                _moves[before] = (one.Set, next);
                return next;
            case AsciiPattern.Sequence sequence:
                return sequence.Items.Aggregate(from, (at, item) => Add(item, at));
            case AsciiPattern.Choice choice:
                var joined = State();
                foreach (var item in choice.Items)
                {
                    var end = Add(item, from);
                    if (end < 0)
                        return -1;
                    _free[end].Add(joined);
                }

                return joined;
            default:
                return AddRepeat((AsciiPattern.Repeat)node, from);
        }
    }

    private int AddRepeat(AsciiPattern.Repeat repeat, int from)
    {
        for (var i = 0; i < repeat.Least; i++)
            from = Add(repeat.Item, from);
        if (from < 0)
            return -1;
        var exit = State();
        if (repeat.Most is null)
        {
            var loop = State();
            _free[from].Add(loop);
            var end = Add(repeat.Item, loop);
            if (end < 0)
                return -1;
            _free[end].Add(loop);
            _free[loop].Add(exit);
            return exit;
        }

        for (var i = repeat.Least; i < repeat.Most; i++)
        {
            _free[from].Add(exit);
            from = Add(repeat.Item, from);
            if (from < 0)
                return -1;
        }

        _free[from].Add(exit);
        return exit;
    }
}
