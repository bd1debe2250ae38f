using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;

namespace ActorFinance.Scenarios.Tests.Agreements;

/// <summary>A run is a pure function, and its events are those that the companies would have written.</summary>
public sealed class SimulationTests
{
    private static readonly Simulation Seed = Simulating.Bundled("agreements/nvidia-openai.yaml");

    [Fact]
    public void The_same_run_gives_the_same_events_on_any_number_of_threads()
    {
        var first = Seed.Run();
        var runs = Enumerable.Range(0, 32).AsParallel().WithDegreeOfParallelism(4).Select(i => Seed.Run(i % 2 == 0 ? null : Seed.Parameters.With("per-gigawatt", 11e9m))).ToList();
        runs.Where((_, i) => i % 2 == 0).ShouldAllBe(run => run.Events.SequenceEqual(first.Events) && run.Commands.SequenceEqual(first.Commands));
        runs.Where((_, i) => i % 2 == 1).ShouldAllBe(run => !run.Events.SequenceEqual(first.Events));
    }

    [Fact]
    public void The_events_are_those_that_the_same_commands_give_when_they_are_imported()
    {
        var run = Seed.Run();
        var companies = new Rehearsal(CompanyState.Empty, () => Instant.Of(2040, 1, 1), Guid.NewGuid);
        var imported = run.Commands.SelectMany(command => companies.Submit(command).Events).ToList();
        imported.Select(envelope => (envelope.Event is StepPosted ? null : envelope.Event, envelope.Header.Emitter, envelope.Header.SequenceNumber, envelope.Header.EffectiveAt, envelope.Header.Rank, envelope.Header.Command, envelope.Header.IssuedBy, envelope.Header.Source))
            .ShouldBe(run.Events.Select(each => each.Envelope).Select(envelope => (envelope.Event is StepPosted ? null : envelope.Event, envelope.Header.Emitter, envelope.Header.SequenceNumber, envelope.Header.EffectiveAt, envelope.Header.Rank, envelope.Header.Command, envelope.Header.IssuedBy, envelope.Header.Source)));
    }

    [Fact]
    public void The_order_of_generation_is_the_fold_order()
    {
        var run = Seed.Run();
        run.BookAfter(History.Empty).At(Cut.Everything).Events.Select(recorded => recorded.Header.Id).ShouldBe(run.Events.Select(each => each.Envelope.Header.Id));
    }

    /// <summary>The first half of a run as history, the second generated from it: the same book as the whole run.</summary>
    [Fact]
    public void A_simulation_from_the_middle_of_its_own_book_ends_where_the_whole_one_ends()
    {
        var whole = Seed.Run();
        var book = whole.BookAfter(History.Empty);
        var cut = new Cut(Instant.Of(2028, 12, 31).EndOfDay(), AsKnown.All);
        var rest = Simulating.Bundled("agreements/nvidia-openai.yaml", History.Of(book, cut)).Run();
        rest.Fault.ShouldBeNull();
        rest.Refusals.ShouldBeEmpty();
        rest.Events.Select(each => (each.Envelope.Event, each.Envelope.Header.EffectiveAt)).Where(each => each.Event is not StepPosted)
            .ShouldBe(whole.Events.Where(each => each.Envelope.Header.EffectiveAt > cut.AsOf).Select(each => (each.Envelope.Event, each.Envelope.Header.EffectiveAt)).Where(each => each.Event is not StepPosted));
        rest.Readings[^1].Values.ShouldBe(whole.Readings[^1].Values);
    }

    [Fact]
    public void A_command_of_the_file_that_is_a_fact_already_is_not_given_again()
    {
        var book = Seed.Run(until: Instant.Of(2026, 6, 30)).BookAfter(History.Empty);
        var rest = Simulating.Bundled("agreements/nvidia-openai.yaml", History.Of(book, Cut.Everything)).Run(until: Instant.Of(2026, 12, 1));
        rest.Events.ShouldBeEmpty();
        rest.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public void Figures_can_be_read_at_any_instants()
    {
        var run = Seed.Run(readAt: [Instant.Of(2027, 1, 1), Instant.Of(2027, 2, 1)]);
        run.Readings.Select(reading => reading.At.ToDateText()).Take(4).ShouldBe(["2026-12-31", "2027-01-01", "2027-02-01", "2027-06-30"]);
        run.Readings[1].Values.ShouldBe(run.Readings[0].Values);
    }

    [Fact]
    public void A_parameter_takes_values_of_its_own_type_only()
    {
        Should.Throw<ArgumentException>(() => Seed.Parameters.With("gigawatts", ExpressionValue.Money(1, Value.Parse<Currency>("USD")))).Message.ShouldContain("parameter 'gigawatts' must be given ratio");
        Seed.Parameters.With("gigawats", "3", out var rule).ShouldBeNull();
        rule!.ShouldContain("(did you mean 'gigawatts'?)");
        Seed.Parameters.With("gigawatts", "3 USD", out rule).ShouldBeNull();
        rule.ShouldBe("'3 USD' must be ratio, as 'gigawatts' is");
        Seed.Parameters.With("gigawatts", "3 +", out rule).ShouldBeNull();
        rule.ShouldBe("'the end' must be a number, a name, a call or an expression in parentheses (character 4 of '3 +')");
        Seed.Parameters.With("per-gigawatt", "2026-01-01: 10bn USD; 2029-01-01: 5bn USD", out _)!.Text(2).ShouldBe("2026-01-01: 10000000000 USD; 2029-01-01: 5000000000 USD");
    }
}
