namespace ActorFinance.Cli.Tests.Running;

/// <summary>The book of the AI deals, imported by the program.</summary>
public sealed class DealsBook : ImportedBook
{
    protected override string File() => Table.Scenario("ai-deals.yaml");
}

/// <summary>The book of the letter of intent as if signed, imported by the program.</summary>
public sealed class SeedBook : ImportedBook
{
    protected override string File() => Table.Scenario("nvidia-openai.yaml");
}
