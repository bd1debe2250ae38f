namespace ActorFinance.Model;

public sealed record CommitInvestment(CommitmentTerms Terms) : CompanyCommand;

public sealed record CommitPurchase(CommitmentTerms Terms) : CompanyCommand;

public sealed record CommitLoan(CommitmentTerms Terms) : CompanyCommand;

public sealed record ReleaseCommitment(CommitmentId Commitment, Money Amount, string? Reason = null) : CompanyCommand;
