using System.Globalization;

namespace ActorFinance.Scenarios.Files;

/// <summary>
/// The commands of one file as they are read. One id is one order: the same again is left out, other content is a problem that names both lines.
/// An order without an id is named by its content and its ordinal among those of the same content, so that the rest of the file may change around it.
/// </summary>
internal sealed class CommandLedger(string file, List<InputProblem> problems)
{
    private const int HashDigits = 32;

    private readonly Dictionary<CommandId, int> _places = [];
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);
    private readonly List<SourcedCommand> _commands = [];

    public IReadOnlyList<SourcedCommand> Commands => _commands;

    public static CommandId Unnamed { get; } = Value.Parse<CommandId>("-");

    public void Add(CommandEnvelope envelope, Place place, bool onlyIfUnknown = false)
    {
        if (_places.TryAdd(envelope.Id, _commands.Count))
        {
            _commands.Add(new(envelope, file, place.Line, onlyIfUnknown));
            return;
        }

        var first = _commands[_places[envelope.Id]];
        if (CommandJson.DigestOf(first.Envelope) != CommandJson.DigestOf(envelope))
        {
            problems.Add(new(file, place.Line, place.Column, "id", envelope.Id.Value, $"the id of one command; line {first.Line} gives it another content"));
        }
    }

    /// <summary><c>prefix:hash</c>, and <c>:2</c>, <c>:3</c>, ... for those alike.</summary>
    public CommandId IdOf(string prefix, string hash)
    {
        var name = $"{prefix}:{hash[..HashDigits]}";
        var ordinal = _ordinals[name] = _ordinals.GetValueOrDefault(name) + 1;
        return Value.Parse<CommandId>(ordinal == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{ordinal}"));
    }
}
