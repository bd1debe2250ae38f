using ActorFinance.Actors.Hosting;
using ActorFinance.Actors.Projections;
using ActorFinance.Analysis.Cash;
using ActorFinance.Analysis.Circularity;
using ActorFinance.Analysis.Commitments;
using ActorFinance.Analysis.Ownership;
using ActorFinance.Analysis.Projections;
using ActorFinance.Model;

namespace ActorFinance.Cli.Commands;

/// <summary>NVIDIA and OpenAI at one cut of one journal, as the projection actors answer it.</summary>
/// <param name="Name">A few words for a column.</param>
/// <param name="Title">A heading.</param>
/// <param name="Cash">Balances.</param>
/// <param name="Ownership">Of OpenAI.</param>
/// <param name="Paid">The circle of what was paid.</param>
/// <param name="Promised">The same with what is contracted and announced, in kind too.</param>
internal sealed record DemoView(string Name, string Title, CashAnswer Cash, OwnershipReport Ownership, CircularReport Paid, CircularReport Promised)
{
    public static CompanyId Investor { get; } = Value.Parse<CompanyId>("nvidia");

    public static CompanyId Investee { get; } = Value.Parse<CompanyId>("openai");

    public IssuerOwnership? Investees => Ownership.Issuers.FirstOrDefault(issuer => issuer.Issuer == Investee);

    public static async Task<DemoView> AskAsync(JournalSession session, string name, string title, Cut cut, CancellationToken cancellation)
    {
        var projection = session.Projection!;
        var last = new Offset(await session.Reader.LastOffsetAsync(cancellation).ConfigureAwait(false));
        var cash = await JournalSession.AskAsync<BookView, CashAnswer>(projection, new CashQuestion(cut, AtLeast: last), cancellation).ConfigureAwait(false);
        var register = await JournalSession.AskAsync<BookView, OwnershipAtCut>(projection, new OwnershipQuestion(cut, last), cancellation).ConfigureAwait(false);
        var paid = await CircleAsync(Firmness.Paid, FlowOptions.Default).ConfigureAwait(false);
        var promised = await CircleAsync(Firmness.Announced, FlowOptions.Default with { InKind = true }).ConfigureAwait(false);
        return new(name, title, cash, OwnershipReport.Of(register.Cut, register.Register, OwnershipBasis.Outstanding, register.Companies.Contains, company: null), paid, promised);

        async Task<CircularReport> CircleAsync(Firmness firmness, FlowOptions options)
        {
            var answer = await JournalSession.AskAsync<BookView, CircularAtCut>(
                projection, new CircularQuestion(cut, FlowWindow.Everything, firmness, options, last), cancellation).ConfigureAwait(false);
            return answer.Flow.Value is { } flow
                ? new(answer.Cut, flow, Company: null)
                : throw new CliFailure(ExitCode.Refused, answer.Flow.Error!.Message);
        }
    }

    public CashBalance? CashOf(CompanyId company) => Cash.Balances.FirstOrDefault(balance => balance.Company == company);

    public static CompanyCircularity? Of(CircularReport report, CompanyId company) => report.Answer.Companies.FirstOrDefault(one => one.Company == company);

    /// <summary>What NVIDIA put into OpenAI.</summary>
    public decimal Invested => Of(Paid, Investor)?.RoundTrip.Pairs.FirstOrDefault(pair => pair.Company == Investee)?.Invested ?? 0;
}
