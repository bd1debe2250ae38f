namespace ActorFinance.Model;

internal static class CompanyDecisions
{
    public static Decision Register(Order order, RegisterCompany register)
    {
        if (order.State.Profile is not null)
        {
            return new CompanyAlreadyRegistered(order.Company);
        }

        return order.FitUnless(
            Guards.Text("name", register.Name, 200)
                ?? Guards.Defined("kind", register.Kind)
                ?? Guards.Defined("cashPolicy", register.CashPolicy),
            new CompanyRegistered(register.Name, register.Currency, register.Kind, register.CashPolicy));
    }

    public static Decision Rename(Order order, RenameCompany rename) =>
        order.FitUnless(
            Guards.Text("name", rename.Name, 200),
            new CompanyRenamed(rename.Name));

    public static Decision Reach(Order order, ReachMilestone reach) =>
        order.FitUnless(
            Guards.Text("milestone", reach.Milestone, 200),
            new MilestoneReached(reach.Milestone));

    public static Decision RecordRate(Order order, RecordFxRate record)
    {
        if (record.Base == record.Quote)
        {
            return new InvalidField("quote", record.Quote.Code, $"another currency than the base {record.Base}");
        }

        return order.FitUnless(
            Guards.Positive("rate", record.Rate.Value),
            new FxRateRecorded(record.Base, record.Quote, record.Rate));
    }
}
