using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ActorFinance.Client.Transport;

/// <summary>How answers are read: amounts are strings in plain decimal notation and become exact decimals; what is not known is left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.AllowReadingFromString, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(CashAnswer))]
[JsonSerializable(typeof(OwnershipAnswer))]
[JsonSerializable(typeof(CircularAnswer))]
[JsonSerializable(typeof(DealsAnswer))]
[JsonSerializable(typeof(EventsPage))]
[JsonSerializable(typeof(CloudEvent))]
[JsonSerializable(typeof(EpochMessage))]
[JsonSerializable(typeof(CommandResult))]
[JsonSerializable(typeof(CommandResults))]
[JsonSerializable(typeof(DurableState))]
[JsonSerializable(typeof(DurableStates))]
[JsonSerializable(typeof(ParkedEvents))]
[JsonSerializable(typeof(AcknowledgedMessage))]
[JsonSerializable(typeof(StatusMessage))]
[JsonSerializable(typeof(JobStatus))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(WhatIfAnswer))]
[JsonSerializable(typeof(BranchList))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ClientJson : JsonSerializerContext;

internal sealed record EventsPage(IReadOnlyList<EventRecord> Events);

internal sealed record CloudEvent(EventRecord Data, string? Previoushash);

internal sealed record EpochMessage(long Epoch, long Acknowledged);

internal sealed record AcknowledgedMessage(long Acknowledged);

internal sealed record StatusMessage(JournalMessage Journal);

internal sealed record JournalMessage(long Offset);

internal sealed record DurableStates(IReadOnlyList<DurableState> Subscriptions);

internal sealed record JobList(IReadOnlyList<JobStatus> Jobs);

internal sealed record BranchList(IReadOnlyList<KeptBranch> Branches);

internal sealed record ParkedEvents(IReadOnlyList<ParkedEvent> Parked);

internal sealed record CommandResults(IReadOnlyList<CommandResult> Results);

internal sealed record CommandResult(string Command, string Company, string Outcome, string? Code, string? Detail, JsonElement? Figures, long FirstSequenceNumber, long LastSequenceNumber, bool Repeated);
