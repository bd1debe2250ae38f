namespace ActorFinance.Scenarios.Branches;

/// <summary>
/// Says now and then how far the work on a branch is: often enough that whoever is told can end it (by throwing), seldom enough to cost nothing. A base is never half
/// changed by that: it never changes.
/// </summary>
/// <param name="progress">Told what is being worked on, and which part of it is done, from 0 to 1; null: nobody is.</param>
internal sealed class BranchWork(Action<string, double>? progress)
{
    public const string Edits = "Edits";
    public const string Facts = "Facts";
    public const string Figures = "Figures";

    private const int Every = 1_024;

    private string _what = "";
    private double _from;
    private double _to;
    private int _expected;
    private int _changed;
    private int _steps;

    /// <summary>The next part of the work, of which some is done.</summary>
    public void Begin(string what, int done, int all)
    {
        (_what, _from, _to, _expected, _changed) = (what, (double)done / all, (done + 1.0) / all, 0, 0);
        progress?.Invoke(what, _from);
    }

    /// <summary>So many events will be changed in this part.</summary>
    public void Expect(int events) => _expected = events;

    /// <summary>An event was changed.</summary>
    public void Changed()
    {
        _changed++;
        Step();
    }

    /// <summary>An event is looked at, in a query.</summary>
    public bool Looks()
    {
        Step();
        return true;
    }

    private void Step()
    {
        if (progress is not null && ++_steps % Every == 0)
        {
            progress(_what, _from + ((_to - _from) * (_expected == 0 ? 0 : Math.Min(1, (double)_changed / _expected))));
        }
    }
}
