using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorFinance.Cli.Output;

/// <summary>Answers as the program prints them: indented, and readable where they are not ASCII.</summary>
internal static class JsonPrinting
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    extension(JsonAnswer)
    {
        public static void Print(Terminal terminal, JsonNode answer) => terminal.Line(answer.ToJsonString(Options));
    }
}
