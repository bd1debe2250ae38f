using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorFinance.Model;

/// <summary>
/// Reads a command in one pass. Takes exactly what <see cref="CommandJson.Parse"/> takes, which a property test holds it to, and says nothing about
/// what it does not take: that parser does. It exists because the serializer's own way through an envelope took a third of a served batch's time.
/// </summary>
internal ref struct EnvelopeReader(ReadOnlySpan<byte> utf8, JsonTypeInfo<CompanyCommand> commands)
{
    private Utf8JsonReader _reader = new(utf8);
    private CommandId? _id;
    private CompanyId? _company;
    private Instant? _effectiveAt;
    private CompanyCommand? _command;
    private int? _rank;
    private Instant? _knownAt;
    private DealId? _deal;
    private string? _leg;
    private string? _tranche;
    private string? _source;
    private Confidence? _confidence;
    private string? _issuedBy;
    private EventId? _causation;

    private enum Field
    {
        Id,
        Company,
        Effective,
        Command,
        Rank,
        Known,
        Deal,
        Leg,
        Tranche,
        Source,
        Confidence,
        IssuedBy,
        Causation,
    }

    /// <param name="rank">Of a command that states none.</param>
    public CommandEnvelope? Read(int rank)
    {
        try
        {
            return ReadFields() && _id is { } id && _company is { } company && _effectiveAt is { } effectiveAt && _command is { } command
                ? new(id, company, effectiveAt, command)
                {
                    Rank = _rank ?? rank,
                    KnownAt = _knownAt,
                    Deal = _deal,
                    Leg = _leg,
                    Tranche = _tranche,
                    Source = _source,
                    Confidence = _confidence,
                    IssuedBy = _issuedBy,
                    Causation = _causation,
                }
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or NotSupportedException)
        {
            // The second: half of a surrogate pair, or bytes that are no UTF-8, which only show when the text is taken. The third: a command without a type.
            return null;
        }
    }

    private bool ReadFields()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var seen = 0;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FieldHere() is not { } field || (seen & (1 << (int)field)) != 0)
            {
                return false;
            }

            seen |= 1 << (int)field;
            if (!_reader.Read() || !ReadValue(field))
            {
                return false;
            }
        }

        return _reader.TokenType == JsonTokenType.EndObject && !_reader.Read();
    }

    private readonly Field? FieldHere() =>
        _reader.ValueTextEquals("id"u8) ? Field.Id
        : _reader.ValueTextEquals("company"u8) ? Field.Company
        : _reader.ValueTextEquals("effective"u8) ? Field.Effective
        : _reader.ValueTextEquals("command"u8) ? Field.Command
        : _reader.ValueTextEquals("rank"u8) ? Field.Rank
        : _reader.ValueTextEquals("known"u8) ? Field.Known
        : _reader.ValueTextEquals("deal"u8) ? Field.Deal
        : _reader.ValueTextEquals("leg"u8) ? Field.Leg
        : _reader.ValueTextEquals("tranche"u8) ? Field.Tranche
        : _reader.ValueTextEquals("source"u8) ? Field.Source
        : _reader.ValueTextEquals("confidence"u8) ? Field.Confidence
        : _reader.ValueTextEquals("issuedBy"u8) ? Field.IssuedBy
        : _reader.ValueTextEquals("causation"u8) ? Field.Causation
        : null;

    private bool ReadValue(Field field)
    {
        switch (field)
        {
            case Field.Id:
                return TryValue(out _id);
            case Field.Company:
                return TryValue(out _company);
            case Field.Effective:
                return TryValue(out _effectiveAt);
            case Field.Command:
                _command = JsonSerializer.Deserialize(ref _reader, commands);
                return _command is not null;
            case Field.Rank:
                _rank = _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var rank) ? rank : null;
                return _rank is not null;
            case Field.Known:
                return IsNull || TryValue(out _knownAt);
            case Field.Deal:
                return IsNull || TryValue(out _deal);
            case Field.Leg:
                return TryText(out _leg);
            case Field.Tranche:
                return TryText(out _tranche);
            case Field.Source:
                return TryText(out _source);
            case Field.Confidence:
                _confidence = IsNull ? null
                    : _reader.ValueTextEquals("high"u8) ? Confidence.High
                    : _reader.ValueTextEquals("medium"u8) ? Confidence.Medium
                    : _reader.ValueTextEquals("low"u8) ? Confidence.Low
                    : throw new JsonException();
                return true;
            case Field.IssuedBy:
                return TryText(out _issuedBy);
            default:
                return IsNull || TryValue(out _causation);
        }
    }

    private readonly bool IsNull => _reader.TokenType == JsonTokenType.Null;

    private bool TryValue<T>(out T? value)
        where T : struct, IValue<T>
    {
        var text = _reader.TokenType switch
        {
            JsonTokenType.String => _reader.GetString(),
            JsonTokenType.Number => Encoding.UTF8.GetString(_reader.ValueSpan),
            _ => null,
        };
        value = text is not null && T.TryParse(text, out var parsed) ? parsed : null;
        return value is not null;
    }

    private bool TryText(out string? text)
    {
        text = _reader.TokenType == JsonTokenType.String ? _reader.GetString() : null;
        return text is not null || IsNull;
    }
}
