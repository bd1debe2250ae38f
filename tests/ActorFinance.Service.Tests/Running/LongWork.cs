namespace ActorFinance.Service.Tests.Running;

internal static class LongWork
{
    /// <summary>A scenario that runs for longer than a test waits, unless it is told to end sooner.</summary>
    public const string Endless = """
        scenario: endless
        title: One dollar a day
        clock: {from: 2000-01-01, until: 2900-12-31}
        companies:
          - {id: acme, name: Acme, currency: USD}
        agreements:
          - agreement: daily
            when: {every: day, from: 2000-01-02}
            then:
              - company: acme
                receive-external-cash: {amount: 1 USD, category: revenue}
        """;
}
