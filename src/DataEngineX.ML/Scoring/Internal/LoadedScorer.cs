namespace DataEngineX.ML.Internal;

/// <summary>A scorer counted by its users; the last one out disposes it.</summary>
internal sealed class LoadedScorer(MlNetScorer scorer)
{
    // The provider itself is the first user, until it replaces or evicts the scorer.
    private int _users = 1;

    public MlNetScorer Scorer => scorer;

    public ScorerHandle? TryAcquire()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
                return new Handle(this);
            users = seen;
        }

        return null;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            scorer.Dispose();
    }

    private sealed class Handle(LoadedScorer owner) : ScorerHandle
    {
        private int _given;

        public override IScorer Scorer => owner.Scorer;

        protected override void Dispose(bool disposing)
        {
            // Only once, however often the handle is disposed: a second release would take another user's.
            if (disposing && Interlocked.Exchange(ref _given, 1) == 0)
                owner.Release();
        }
    }
}
