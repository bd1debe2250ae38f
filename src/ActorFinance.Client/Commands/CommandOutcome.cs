using System.Text.Json;

namespace ActorFinance.Client;

/// <summary>What a company answered.</summary>
public abstract record CommandOutcome
{
    private CommandOutcome(string command, string company) => (Command, Company) = (command, company);

    /// <summary>The command's id.</summary>
    public string Command { get; }

    /// <summary>Who answered.</summary>
    public string Company { get; }

    /// <summary>On the disk.</summary>
    public sealed record Accepted : CommandOutcome
    {
        internal Accepted(string command, string company, long first, long last, bool repeated)
            : base(command, company) => (FirstSequenceNumber, LastSequenceNumber, IsRepeated) = (first, last, repeated);

        /// <summary>Of the events that it became, in the company's journal.</summary>
        public long FirstSequenceNumber { get; }

        public long LastSequenceNumber { get; }

        /// <summary>It had been accepted before: this is the same answer.</summary>
        public bool IsRepeated { get; }

        /// <summary>For a question that is to count it.</summary>
        public AtLeast AtLeast => new(Company, LastSequenceNumber);
    }

    /// <summary>Against a rule; nothing was written.</summary>
    public sealed record Refused : CommandOutcome
    {
        internal Refused(string command, string company, string code, string detail, JsonElement? figures)
            : base(command, company) => (Code, Detail, Figures) = (code, detail, figures);

        /// <summary>The rule, such as <c>above-authorised</c>.</summary>
        public string Code { get; }

        /// <summary>The sum in words.</summary>
        public string Detail { get; }

        /// <summary>The figures; decimals are strings in plain notation.</summary>
        public JsonElement? Figures { get; }
    }
}
