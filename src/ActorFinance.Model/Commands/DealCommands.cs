namespace ActorFinance.Model;

// The deal itself is named by the envelope.
public sealed record AnnounceDeal(DealTerms Terms) : CompanyCommand;

public sealed record ContractDeal(DealTerms Terms) : CompanyCommand;

public sealed record SupersedeDeal(DealId By) : CompanyCommand;

public sealed record CancelDeal(string Reason) : CompanyCommand;

public sealed record CompleteDeal : CompanyCommand;
