using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using ActorFinance.Actors.Hosting;
using ActorFinance.Analysis.Timeline;
using ActorFinance.Client;
using ActorFinance.Journal;
using ActorFinance.Model;

namespace ActorFinance.Architecture.Tests;

/// <summary>Dependencies point inwards: Model, then Analysis, then everything else.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly s_model = typeof(Company).Assembly;
    private static readonly Assembly s_analysis = typeof(Book).Assembly;
    private static readonly Assembly s_journal = typeof(JournalConfiguration).Assembly;
    private static readonly Assembly s_actors = typeof(JournalSession).Assembly;

    /// <summary>Whom each project may name in its file; a new project needs a line here.</summary>
    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        ["Model"] = [],
        ["Analysis"] = ["Model"],
        ["Journal"] = ["Model"],
        ["Actors"] = ["Model", "Analysis", "Journal"],
        ["Scenarios"] = ["Model", "Analysis"],
        ["Pictures"] = [],
        ["Answers"] = ["Model", "Analysis", "Journal", "Scenarios"],
        ["Cli"] = ["Model", "Analysis", "Journal", "Actors", "Scenarios", "Answers", "Service", "Client", "Pictures"],
        ["Service"] = ["Model", "Analysis", "Journal", "Actors", "Scenarios", "Answers"],
        ["Client"] = [],
    };

    [Fact]
    public void The_model_stands_on_the_base_class_library_alone() => Foreign(s_model).ShouldBeEmpty();

    [Fact]
    public void The_analysis_stands_on_the_model_alone() => Foreign(s_analysis).ShouldBe([s_model.GetName().Name!]);

    [Fact]
    public void The_journal_knows_neither_analysis_nor_actors_of_ours() =>
        Foreign(s_journal).Where(name => name.StartsWith("ActorFinance.", StringComparison.Ordinal)).ShouldBe([s_model.GetName().Name!]);

    [Fact]
    public void The_actors_know_neither_the_program_nor_its_files() =>
        Foreign(s_actors).Where(name => name.StartsWith("ActorFinance.", StringComparison.Ordinal)).Order()
            .ShouldBe(["ActorFinance.Analysis", "ActorFinance.Journal", "ActorFinance.Model"]);

    [Fact]
    public void The_client_knows_the_service_by_its_contract_alone() =>
        Foreign(typeof(ActorFinanceClient).Assembly).Where(name => name.StartsWith("ActorFinance", StringComparison.Ordinal) || name.StartsWith("Akka", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void No_type_of_model_or_analysis_comes_from_HTTP()
    {
        foreach (var assembly in new[] { s_model, s_analysis })
        {
            assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
                .Where(name => name.StartsWith("System.Net", StringComparison.Ordinal) || name.StartsWith("System.Data", StringComparison.Ordinal))
                .ShouldBeEmpty(assembly.GetName().Name);
        }
    }

    [Fact]
    public void Every_project_names_only_projects_further_in()
    {
        foreach (var file in Directory.GetFiles(Repository.Source, "*.csproj", SearchOption.AllDirectories))
        {
            var project = Short(file);
            s_allowed.ShouldContainKey(project);
            XDocument.Load(file).Descendants("ProjectReference")
                .Select(reference => Short(reference.Attribute("Include")!.Value))
                .Except(s_allowed[project], StringComparer.Ordinal)
                .ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void No_type_of_the_model_has_a_setter()
    {
        var settable =
            from type in s_model.GetTypes()
            where !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.IsVisible
            from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            where property.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select $"{type.Name}.{property.Name}";
        var fields =
            from type in s_model.GetTypes()
            where type is { IsVisible: true, IsEnum: false }
            from field in type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            where field is { IsInitOnly: false, IsLiteral: false }
            select $"{type.Name}.{field.Name}";
        settable.Concat(fields).ShouldBeEmpty();
    }

    private static IEnumerable<string> Foreign(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(reference => reference.Name!)
        .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("System" or "netstandard" or "mscorlib"));

    private static string Short(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))["ActorFinance.".Length..];
}
