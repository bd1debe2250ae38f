using ActorFinance.Analysis.Timeline;
using ActorFinance.Scenarios.Agreements.Clock;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Agreements.Orders;
using ActorFinance.Scenarios.Agreements.Triggers;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Agreements.Reading;

/// <summary>What reading a scenario with agreements gave.</summary>
public abstract record SimulationResult
{
    private SimulationResult()
    {
    }

    public sealed record Accepted(Simulation Simulation) : SimulationResult;

    /// <summary>All problems of the file, in its order.</summary>
    public sealed record Rejected(IReadOnlyList<InputProblem> Problems) : SimulationResult;
}

/// <summary>
/// A scenario with agreements: what any scenario has, and <c>clock</c>, <c>parameters</c>, <c>values</c>, <c>agreements</c> and <c>figures</c>. It is read
/// against a history, because expressions name its companies.
/// </summary>
public static class SimulationFile
{
    private static readonly string[] s_clock = ["from", "until"];

    /// <summary>Bad input is a value, never an exception.</summary>
    public static SimulationResult Parse(string name, ReadOnlySpan<byte> content, History history)
    {
        var problems = new List<InputProblem>();
        var plan = SourceText.Decode(name, content, problems) is { } source && YamlTree.Parse(source, problems) is { } tree
            ? new Reading(source, history, problems).Read(tree.Root)
            : null;
        return problems.Count > 0 || plan is null
            ? new SimulationResult.Rejected([.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column ?? 0)])
            : new SimulationResult.Accepted(new(plan, history));
    }

    /// <summary>The last instant of history that the file's clock asks for; null when it asks for none or cannot be read, which <see cref="Parse"/> then says.</summary>
    public static Instant? StartOf(string name, ReadOnlySpan<byte> content)
    {
        var problems = new List<InputProblem>();
        return SourceText.Decode(name, content, problems) is { } source && YamlTree.Parse(source, problems) is { } tree
            && tree.Root.Find("clock")?.Value.Find("from")?.Value.Text is { } from
                ? CutText.From(from, "from").Value?.At
                : null;
    }

    private sealed class Reading(SourceText source, History history, List<InputProblem> problems)
    {
        private readonly ShapeCheck _check = new(source.File, isTyped: false, problems);
        private readonly TermReader _terms = new(source, problems);

        public SimulationPlan? Read(Node root)
        {
            if (!_check.IsMapping(root, "scenario"))
            {
                return null;
            }

            var (from, until, first) = Clock(root);
            var book = ScenarioFile.ReadBeside(source, root, first, problems);
            var parameters = new ParameterReader(_check, problems, source).Read(root);
            var questions = new StateQuestions();
            var scope = new Scope
            {
                Parameters = parameters.Select((parameter, index) => (parameter, index)).ToDictionary(one => one.parameter.Name, one => (one.index, one.parameter.Type), StringComparer.Ordinal),
                Values = new(StringComparer.Ordinal),
                Companies = Companies(book),
                Questions = questions,
            };
            var schedules = new ScheduleReader(_check, _terms, from is null ? null : first);
            var values = new ValueReader(_check, _terms, schedules, problems, source).Read(root, scope);
            var agreements = new AgreementReader(source.File, _check, _terms, schedules, problems).Read(root, scope);
            var (figures, every) = Figures(root, scope, schedules);
            foreach (var undone in book.Commands.Where(command => command.Envelope.Command is VoidEvent))
            {
                problems.Add(new(source.File, undone.Line, null, "commands", "void-event", OrderReader.NoVoid));
            }

            return new(source.File, book, from, until, parameters, values.Starts, values.Groups, agreements, figures, every, questions);
        }

        /// <summary>The last instant of history, the last of the clock, and the first that the clock may live.</summary>
        private (Instant? From, Instant? Until, Instant First) Clock(Node root)
        {
            if (root.Find("clock")?.Value is not { Kind: not NodeKind.Null } clock || !_check.IsMapping(clock, "clock"))
            {
                return (null, null, Instant.Minimum);
            }

            _check.OnlyFields(clock, "clock", "the clock", s_clock);
            var (from, until) = (Bound(clock, "from", text => CutText.From(text, "from")), Bound(clock, "until", text => CutText.AsOf(text, "until")));
            return (from, until, from is { } end ? new(Math.Min(end.UtcTicks + 1, Instant.Maximum.UtcTicks)) : Instant.Minimum);
        }

        private Instant? Bound(Node clock, string name, Func<string, Parsed<Bound>> parse)
        {
            if (clock.Find(name) is not { } member)
            {
                return null;
            }

            var at = member.Value.Kind is NodeKind.Text or NodeKind.Plain ? parse(member.Value.Text).Value?.At : null;
            if (at is null)
            {
                _check.Refuse(member.Value.Place, $"clock.{name}", member.Value.Text, Instant.Rule);
            }

            return at;
        }

        private Dictionary<string, Currency> Companies(CommandBook book)
        {
            var companies = history.Currencies.ToDictionary(company => company.Key.Value, company => company.Value, StringComparer.Ordinal);
            foreach (var command in book.Commands)
            {
                if (command.Envelope.Command is RegisterCompany register)
                {
                    companies.TryAdd(command.Envelope.Company.Value, register.Currency);
                }
            }

            return companies;
        }

        private (IReadOnlyList<FigureTerm> Figures, Trigger.Every? Every) Figures(Node root, Scope scope, ScheduleReader schedules)
        {
            if (root.Find("figures")?.Value is not { Kind: not NodeKind.Null } figures || !_check.IsMapping(figures, "figures"))
            {
                return ([], null);
            }

            _check.OnlyFields(figures, "figures", "figures", [.. ScheduleReader.Fields, "define"]);
            var every = figures.Find("every") is null ? null : schedules.Read(figures, "figures", scope, number: 0);
            var read = new List<FigureTerm>();
            if (figures.Find("define")?.Value is not { } define || !_check.IsMapping(define, "figures.define"))
            {
                _check.Refuse(figures.Place, "figures.define", value: null, "a mapping of names to expressions");
                return ([], every);
            }

            foreach (var member in define.Members)
            {
                if (_terms.Read(member.Value, $"figures.define.{member.Name}", scope) is { } term)
                {
                    read.Add(new(member.Name, term));
                }
            }

            return (read, every);
        }
    }
}
