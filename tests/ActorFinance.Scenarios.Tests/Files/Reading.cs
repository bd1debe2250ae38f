using System.Text;
using ActorFinance.Scenarios.Files;

namespace ActorFinance.Scenarios.Tests.Files;

/// <summary>Reads text as if it were a file of that name.</summary>
internal static class Reading
{
    public static CommandBook Accepted(string name, string text) =>
        CommandFile.Parse(name, Encoding.UTF8.GetBytes(text)) switch
        {
            ReadResult.Accepted accepted => accepted.Book,
            ReadResult.Rejected rejected => throw new InvalidDataException(string.Join(Environment.NewLine, rejected.Problems)),
            var other => throw new InvalidDataException(other.ToString()),
        };

    public static IReadOnlyList<InputProblem> Rejected(string name, string text) => Rejected(name, Encoding.UTF8.GetBytes(text));

    public static IReadOnlyList<InputProblem> Rejected(string name, byte[] bytes) =>
        CommandFile.Parse(name, bytes).ShouldBeOfType<ReadResult.Rejected>().Problems;

    public static T Id<T>(string text)
        where T : struct, IValue<T> => Value.Parse<T>(text);

    public static Money Usd(string amount) => Value.Parse<Money>(amount + " USD");
}
