using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

/// <summary>What is stored of kept branches, in the forms of decision 0001; frozen as the events of companies are.</summary>
internal static class BranchContracts
{
    public static void Write(ref ContractWriter writer, BranchRecorded value)
    {
        writer.Long(value.Base.Value);
        writer.Id(value.From);
        writer.List(value.Edits, static (ref ContractWriter to, string text) => to.Text(text));
        writer.OptionalText(value.Title);
        writer.OptionalText(value.Author);
        writer.OptionalText(value.Reason);
        writer.OptionalText(value.Source);
    }

    public static BranchRecorded ReadRecorded(ref ContractReader reader) => new(
        Base: ReadOffset(ref reader),
        From: reader.OptionalId<BranchId>(),
        Edits: ReadTexts(ref reader),
        Title: reader.OptionalText(),
        Author: reader.OptionalText(),
        Reason: reader.OptionalText(),
        Source: reader.OptionalText());

    public static void Write(ref ContractWriter writer, BranchEdited value)
    {
        writer.Long(value.Base.Value);
        writer.List(value.Edits, static (ref ContractWriter to, string text) => to.Text(text));
        writer.OptionalText(value.Reason);
    }

    public static BranchEdited ReadEdited(ref ContractReader reader) => new(ReadOffset(ref reader), ReadTexts(ref reader), reader.OptionalText());

    public static void Write(ref ContractWriter writer, BranchRenamed value) => writer.Id(value.Name);

    public static BranchRenamed ReadRenamed(ref ContractReader reader) => new(reader.Id<BranchId>());

    public static void Write(ref ContractWriter writer, BranchArchived value) => writer.OptionalText(value.Reason);

    public static BranchArchived ReadArchived(ref ContractReader reader) => new(reader.OptionalText());

    public static void Write(ref ContractWriter writer, BranchPromoted value)
    {
        writer.Long(value.At.Value);
        writer.Integer(value.Commands);
    }

    public static BranchPromoted ReadPromoted(ref ContractReader reader) => new(ReadOffset(ref reader), reader.Integer());

    private static ValueList<string> ReadTexts(ref ContractReader reader) => reader.List(static (ref ContractReader from) => from.Text());

    private static Offset ReadOffset(ref ContractReader reader)
    {
        var offset = reader.Long();
        return offset >= 0 ? new(offset) : throw new BrokenRuleException($"{offset} must be an offset of 0 or more");
    }
}
