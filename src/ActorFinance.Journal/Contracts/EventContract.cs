using System.Text;
using ActorFinance.Model;

namespace ActorFinance.Journal.Contracts;

internal delegate void WriteBody<in TEvent>(ref ContractWriter writer, TEvent value);

internal delegate TBody ReadBody<out TBody>(ref ContractReader reader);

/// <summary>One version of one event type's body: what it is called, how many keys it has, how it is read and, if current, written.</summary>
internal abstract class EventContract(string manifest, Type eventType, int keys)
{
    public string Manifest { get; } = manifest;

    public byte[] ManifestUtf8 { get; } = Encoding.UTF8.GetBytes(manifest);

    public Type EventType { get; } = eventType;

    public abstract bool IsCurrent { get; }

    protected int Keys { get; } = keys;

    public static EventContract Current<TEvent>(string manifest, int keys, WriteBody<TEvent> write, ReadBody<TEvent> read)
        where TEvent : CompanyEvent => new CurrentContract<TEvent>(manifest, keys, write, read);

    /// <summary>A contract that is only read: its body as it was, and the step that turns it into the current event.</summary>
    public static EventContract Old<TBody, TEvent>(string manifest, int keys, ReadBody<TBody> read, Func<TBody, TEvent> upcast)
        where TEvent : CompanyEvent => new OldContract<TBody, TEvent>(manifest, keys, read, upcast);

    public abstract void Write(ref ContractWriter writer, CompanyEvent value);

    public CompanyEvent Read(ref ContractReader reader)
    {
        reader.Array(Keys);
        var value = ReadValue(ref reader);
        return value;
    }

    protected abstract CompanyEvent ReadValue(ref ContractReader reader);

    private sealed class CurrentContract<TEvent>(string manifest, int keys, WriteBody<TEvent> write, ReadBody<TEvent> read)
        : EventContract(manifest, typeof(TEvent), keys)
        where TEvent : CompanyEvent
    {
        public override bool IsCurrent => true;

        public override void Write(ref ContractWriter writer, CompanyEvent value)
        {
            writer.Array(Keys);
            write(ref writer, (TEvent)value);
        }

        protected override CompanyEvent ReadValue(ref ContractReader reader) => read(ref reader);
    }

    private sealed class OldContract<TBody, TEvent>(string manifest, int keys, ReadBody<TBody> read, Func<TBody, TEvent> upcast)
        : EventContract(manifest, typeof(TEvent), keys)
        where TEvent : CompanyEvent
    {
        public override bool IsCurrent => false;

        public override void Write(ref ContractWriter writer, CompanyEvent value) =>
            throw new NotSupportedException($"{Manifest} is only read; events are written in their current version");

        protected override CompanyEvent ReadValue(ref ContractReader reader) => upcast(read(ref reader));
    }
}
