using System.Text.Json.Nodes;

namespace ActorFinance.Cli.Output;

/// <summary>Answers as the program prints them.</summary>
internal static class JsonPrinting
{
    extension(JsonAnswer)
    {
        public static void Print(Terminal terminal, JsonNode answer) => terminal.Line(JsonAnswer.Text(answer));
    }
}
