namespace ActorFinance.Model;

internal static class DealDecisions
{
    public static Decision Announce(Order order, AnnounceDeal announce) =>
        Terms(order, announce.Terms, "announce-deal") is { } refusal ? refusal : order.Fit(new DealAnnounced(announce.Terms));

    public static Decision Contract(Order order, ContractDeal contract) =>
        Terms(order, contract.Terms, "contract-deal") is { } refusal ? refusal : order.Fit(new DealContracted(contract.Terms));

    public static Decision Supersede(Order order, SupersedeDeal supersede)
    {
        if (Guards.Deal(order, "supersede-deal") is { } refusal)
        {
            return refusal;
        }

        return supersede.By == order.Particulars.Deal
            ? new InvalidField("by", supersede.By.Value, "another deal")
            : order.Fit(new DealSuperseded(supersede.By));
    }

    public static Decision Cancel(Order order, CancelDeal cancel) =>
        order.FitUnless(
            Guards.Deal(order, "cancel-deal") ?? Guards.Text("reason", cancel.Reason, Guards.TextLimit),
            new DealCancelled(cancel.Reason));

    public static Decision Complete(Order order) =>
        order.FitUnless(
            Guards.Deal(order, "complete-deal"),
            new DealCompleted());

    private static Refusal? Terms(Order order, DealTerms terms, string command) =>
        Guards.Deal(order, command)
            ?? Guards.Defined("kind", terms.Kind)
            ?? Parties.Check(order, terms.From, terms.To)
            ?? Guards.Text("title", terms.Title, Guards.TextLimit)
            ?? Guards.Text("conditions", terms.Conditions, Guards.TextLimit)
            ?? (terms.Headline is { } headline ? Guards.Positive("headline", headline) : null)
            ?? (terms.Maximum is { } maximum ? Guards.Positive("maximum", maximum) : null)
            ?? Maximum(terms);

    private static Refusal? Maximum(DealTerms terms)
    {
        if (terms is not { Headline: { } headline, Maximum: { } maximum })
        {
            return null;
        }

        if (headline.Currency != maximum.Currency)
        {
            return new CurrenciesDiffer("the headline amount", headline.Currency, maximum.Currency);
        }

        return maximum.Amount < headline.Amount ? new InvalidField("maximum", maximum.ToString(), $"at least the headline amount {headline}") : null;
    }
}

/// <summary>Who may emit what has two parties: one of them, and a party that is named must be registered.</summary>
internal static class Parties
{
    public static Refusal? Check(Order order, CompanyId? from, CompanyId? to)
    {
        if (from is null && to is null)
        {
            return new InvalidField("from", "", "a company, when 'to' is none");
        }

        if (from == to)
        {
            return new PaymentToItself(from!.Value);
        }

        if (order.Company != from && order.Company != to)
        {
            return new NotAParty(order.Company);
        }

        return Known(order, from) ?? Known(order, to);
    }

    private static Refusal? Known(Order order, CompanyId? party) =>
        party is { } company && company != order.Company && order.Others(company) is null ? new UnknownCompany(company) : null;
}
