using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ActorFinance.Model;

/// <summary>Commands as JSON: what a line of a .jsonl file holds, what the service takes, and what a command's digest is taken of.</summary>
public static class CommandJson
{
    /// <summary>Reads one command.</summary>
    /// <exception cref="JsonException">The text is no command; the message names value and rule, <see cref="JsonException.Path"/> the field.</exception>
    public static CommandEnvelope Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, Reading) ?? throw new JsonException("'null' must be a command");
        }
        catch (NotSupportedException missing)
        {
            // A command without its type is no fault of ours: the serializer only says so in another way than everything else.
            throw new JsonException("'command' must have a 'type'", "$.command", lineNumber: null, bytePositionInLine: null, missing);
        }
    }

    /// <summary>What <see cref="Parse"/> reads, several times as fast; null for what that refuses, which says why.</summary>
    /// <param name="utf8">One command.</param>
    /// <param name="rank">Of a command that states none.</param>
    public static CommandEnvelope? TryParse(ReadOnlySpan<byte> utf8, int rank) => new EnvelopeReader(utf8, CommandReading).Read(rank);

    public static byte[] Serialize(CommandEnvelope command) =>
        JsonSerializer.SerializeToUtf8Bytes(command, CommandJsonContext.Default.CommandEnvelope);

    /// <summary>
    /// SHA-256 of the command's JSON without its id, its rank, and who issued it or why: the same order sent from another row or by another hand is
    /// the same order. Fields that are null are absent, so that a later version may add a field without changing any digest.
    /// </summary>
    public static Digest DigestOf(CommandEnvelope command)
    {
        var buffer = t_buffer ??= new(512);
        var writer = t_writer ??= new(buffer);
        buffer.ResetWrittenCount();
        writer.Reset();
        var bare = command with { Id = Nameless, Rank = 0, IssuedBy = null, Causation = null };
        JsonSerializer.Serialize(writer, bare, CommandJsonContext.Default.CommandEnvelope);
        writer.Flush();

        Span<byte> hash = stackalloc byte[Digest.Length];
        var sha = t_sha ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(buffer.WrittenSpan);
        sha.GetHashAndReset(hash);
        return new(hash);
    }

    // An import takes one digest a row: what it takes them with is kept.
    [ThreadStatic]
    private static IncrementalHash? t_sha;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    private static readonly CommandId Nameless = Value.Parse<CommandId>("-");

    /// <summary>What is left out on writing may be left out on reading: nulls, false, and empty lists.</summary>
    private static readonly JsonTypeInfo<CommandEnvelope> Reading = (JsonTypeInfo<CommandEnvelope>)new JsonSerializerOptions(CommandJsonContext.Default.Options)
    {
        TypeInfoResolver = CommandJsonContext.Default.WithAddedModifier(Relax),
    }.GetTypeInfo(typeof(CommandEnvelope));

    private static readonly JsonTypeInfo<CompanyCommand> CommandReading = (JsonTypeInfo<CompanyCommand>)Reading.Options.GetTypeInfo(typeof(CompanyCommand));

    private static void Relax(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property is { IsRequired: true, AssociatedParameter: { } parameter }
                && (parameter.IsNullable || property.PropertyType == typeof(bool) || IsList(property.PropertyType) || Nullable.GetUnderlyingType(property.PropertyType) is not null))
            {
                property.IsRequired = false;
            }
        }
    }

    private static bool IsList(Type type) =>
        type == typeof(ValueList<DueAmount>) || type == typeof(ValueList<DealId>);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    WriteIndented = false)]
[JsonSerializable(typeof(CommandEnvelope))]
[JsonSerializable(typeof(DealId[]))]
[JsonSerializable(typeof(DueAmount[]))]
[JsonSerializable(typeof(Condition[]))]
[JsonSerializable(typeof(DividendShare[]))]
[JsonSerializable(typeof(WarrantTranche[]))]
internal sealed partial class CommandJsonContext : JsonSerializerContext;
