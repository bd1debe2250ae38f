using ActorFinance.Contract.V1;
using Google.Protobuf.Reflection;

namespace ActorFinance.Service.Tests.Grpc;

/// <summary>What programs in other languages were built on stays what it is.</summary>
public sealed class ContractTests
{
    /// <summary>
    /// Every method and every number of a field that was ever published stands in that file. ACTORFINANCE_WRITE_DOCS=1 adds what is new; nothing takes a
    /// line away, so a number that is no longer used must be reserved and cannot come back as something else.
    /// </summary>
    [Fact]
    public async Task No_number_of_the_contract_ever_gets_another_meaning()
    {
        var file = Path.Combine(Root(), "docs", "grpc-contract.txt");
        var (now, reserved) = (Lines().ToList(), Reserved().ToHashSet(StringComparer.Ordinal));
        var published = File.Exists(file) ? await File.ReadAllLinesAsync(file) : [];
        if (Environment.GetEnvironmentVariable("ACTORFINANCE_WRITE_DOCS") == "1")
        {
            published = [.. published.Union(now, StringComparer.Ordinal)];
            await File.WriteAllLinesAsync(file, published);
        }

        now.Except(published, StringComparer.Ordinal).ShouldBeEmpty("new, or changed: a changed field needs a number of its own");
        published.Except(now, StringComparer.Ordinal).Select(PlaceOf).Except(reserved, StringComparer.Ordinal).ShouldBeEmpty("gone, and not reserved");
        published.Select(PlaceOf).ShouldBeUnique();
    }

    private static FileDescriptor Contract => ActorfinanceReflection.Descriptor;

    private static IEnumerable<string> Lines() =>
        Contract.Services.SelectMany(service => service.Methods.Select(method =>
                $"{method.FullName}: {method.InputType.FullName} -> {(method.IsServerStreaming ? "stream " : "")}{method.OutputType.FullName}"))
            .Concat(Contract.MessageTypes.SelectMany(message => message.Fields.InFieldNumberOrder().Select(field =>
                $"{message.FullName} {field.FieldNumber}: {(field.IsRepeated ? "repeated " : "")}{TypeOf(field)} {field.Name}")));

    private static IEnumerable<string> Reserved() => Contract.ToProto().MessageType.SelectMany(message => message.ReservedRange.SelectMany(range =>
        Enumerable.Range(range.Start, range.End - range.Start).Select(number => $"{Contract.Package}.{message.Name} {number}")));

    private static string PlaceOf(string line) => line.Split(':')[0];

    private static string TypeOf(FieldDescriptor field) => field.FieldType == FieldType.Message ? field.MessageType.FullName : field.FieldType.ToString().ToLowerInvariant();

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
