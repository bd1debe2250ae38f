using System.Text.Json;
using ActorFinance.Scenarios.Sampling;
using static ActorFinance.Scenarios.Files.AgreementSchema;
using static ActorFinance.Scenarios.Files.ScenarioSchema;

namespace ActorFinance.Scenarios.Files;

/// <summary>The part of a scenario's schema that says how parameters may turn out.</summary>
internal static class SampleSchema
{
    public static void Property(Utf8JsonWriter writer) => ScenarioSchema.Property(writer, "samples", () => Mapping(
        writer, "How parameters may turn out when 'simulate --runs' draws them.", SampleFile.Fields, ["parameters"], name => Field(writer, name)));

    private static void Field(Utf8JsonWriter writer, string name)
    {
        switch (name)
        {
            case "runs":
                writer.WriteString("type", "integer");
                writer.WriteNumber("minimum", 1);
                writer.WriteNumber("maximum", SampleSettings.RunsMax);
                break;
            case "seed":
                writer.WriteString("type", "integer");
                break;
            case "parameters":
                Named(writer, "A distribution for each parameter that is drawn, in values of its own type.", () => Distribution(writer));
                break;
            default:
                List(writer, () => Mapping(writer, "Spearman's rank correlation between two of them.", SampleFile.CorrelationFields, SampleFile.CorrelationFields, field => Correlation(writer, field)));
                break;
        }
    }

    private static void Correlation(Utf8JsonWriter writer, string field)
    {
        if (field == "rank")
        {
            writer.WriteString("type", "number");
            writer.WriteNumber("exclusiveMinimum", -1);
            writer.WriteNumber("exclusiveMaximum", 1);
            return;
        }

        List(writer, () => writer.WriteString("type", "string"));
        writer.WriteNumber("minItems", 2);
        writer.WriteNumber("maxItems", 2);
    }

    private static void Distribution(Utf8JsonWriter writer)
    {
        Mapping(writer, "One distribution.", [.. DistributionReader.Kinds.Keys], [], kind => Kind(writer, kind));
        writer.WriteNumber("minProperties", 1);
        writer.WriteNumber("maxProperties", 1);
    }

    private static void Kind(Utf8JsonWriter writer, string kind)
    {
        var terms = DistributionReader.Kinds[kind];
        switch (kind)
        {
            case "discrete":
                Named(writer, "Values and weights, such as {3: 1, 10: 2}.", () => writer.WriteString("type", "number"));
                break;
            case "bootstrap":
                writer.WriteString("description", "Values that were seen: a list, or a column of a CSV file beside the scenario.");
                writer.WriteStartArray("oneOf");
                writer.WriteStartObject();
                List(writer, () => Expression(writer));
                writer.WriteEndObject();
                writer.WriteStartObject();
                Mapping(writer, "A column.", terms, terms, _ => writer.WriteString("type", "string"));
                writer.WriteEndObject();
                writer.WriteEndArray();
                break;
            default:
                Mapping(writer, $"{string.Join(", ", terms)}: those in brackets cut it off.", [.. terms.Select(term => term.Trim('[', ']'))], [.. terms.Where(term => term[0] != '[')], _ => Expression(writer));
                break;
        }
    }
}
