using ActorFinance.Scenarios.Agreements;
using ActorFinance.Scenarios.Agreements.Expressions;
using ActorFinance.Scenarios.Files;
using ActorFinance.Scenarios.Interchange;

namespace ActorFinance.Scenarios.Sampling;

/// <summary>Reads one distribution: its kind, and its terms as values of the parameter's own type.</summary>
internal sealed class DistributionReader(ShapeCheck check, SourceText source, string? folder, List<InputProblem> problems)
{
    /// <summary>Kinds and their terms, what may be left out last and in brackets.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Kinds = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["uniform"] = ["min", "max"],
        ["triangular"] = ["min", "mode", "max"],
        ["normal"] = ["mean", "sd", "[min]", "[max]"],
        ["lognormal"] = ["mean", "sd", "[min]", "[max]"],
        ["discrete"] = [],
        ["bootstrap"] = ["file", "column"],
    };

    private static readonly string[] s_column = ["file", "column"];

    public SampledTerm? Read(Node node, string path, ModelParameter parameter)
    {
        if (node is not { Kind: NodeKind.Mapping, Members: [var kind] } || !Kinds.ContainsKey(kind.Name))
        {
            var found = node.Members.Select(member => member.Name).FirstOrDefault(name => !Kinds.ContainsKey(name)) ?? node.Text;
            check.Refuse(node.Place, path, found, $"one distribution: {string.Join(", ", Kinds.Keys)}{Spelling.Hint(found, Kinds.Keys)}");
            return null;
        }

        var at = $"{path}.{kind.Name}";
        if (parameter.Type.Kind == ValueKind.Text || (parameter.Type.Kind == ValueKind.Truth && kind.Name != "discrete"))
        {
            check.Refuse(kind.Place, at, kind.Name, parameter.Type.Kind == ValueKind.Text ? "of a parameter that is no text" : "discrete: the parameter is true or false");
            return null;
        }

        return kind.Name switch
        {
            "discrete" => Discrete(kind.Value, at, parameter),
            "bootstrap" => Bootstrap(kind.Value, at, parameter),
            _ => Shaped(kind, at, parameter),
        };
    }

    private SampledTerm? Shaped(NodeMember kind, string path, ModelParameter parameter)
    {
        var terms = Kinds[kind.Name];
        var before = problems.Count;
        if (!check.IsMapping(kind.Value, path))
        {
            return null;
        }

        check.OnlyFields(kind.Value, path, kind.Name, [.. terms.Select(term => term.Trim('[', ']'))]);
        foreach (var missing in terms.Where(term => term[0] != '[' && kind.Value.Find(term) is null))
        {
            check.Refuse(kind.Place, $"{path}.{missing}", value: null, $"{parameter.Type}, as '{parameter.Name}' is");
        }

        var values = kind.Value.Members.ToDictionary(member => member.Name, member => Value(member.Value, $"{path}.{member.Name}", parameter));
        if (problems.Count > before || Scale(parameter, values.Values.OfType<ExpressionValue>(), kind.Place, path) is not { } scale)
        {
            return null;
        }

        decimal Number(string name) => scale.Number(values[name]!.Value)!.Value;
        decimal? Bound(string name) => values.TryGetValue(name, out var value) ? scale.Number(value!.Value) : null;
        void Refuse(string name, string rule) => check.Refuse(kind.Value.Find(name)!.Value.Place, $"{path}.{name}", kind.Value.Find(name)!.Value.Text, rule);

        if (Bound("min") >= Bound("max"))
        {
            Refuse("max", $"above min, {kind.Value.Find("min")!.Value.Text}");
        }

        switch (kind.Name)
        {
            case "triangular" when Number("mode") < Number("min") || Number("mode") > Number("max"):
                Refuse("mode", $"from min, {kind.Value.Find("min")!.Value.Text}, to max, {kind.Value.Find("max")!.Value.Text}");
                break;
            case "normal" or "lognormal" when Number("sd") <= 0:
                Refuse("sd", "a standard deviation above 0");
                break;
            case "lognormal" when Number("mean") <= 0:
                Refuse("mean", "above 0: what is lognormal never falls to 0");
                break;
        }

        if (problems.Count > before)
        {
            return null;
        }

        Distribution drawn = kind.Name switch
        {
            "uniform" => new Distribution.Uniform(Number("min"), Number("max")),
            "triangular" => new Distribution.Triangular(Number("min"), Number("mode"), Number("max")),
            "normal" => new Distribution.Normal(Number("mean"), Number("sd"), Bound("min"), Bound("max")),
            _ => new Distribution.LogNormal(Number("mean"), Number("sd"), Bound("min"), Bound("max")),
        };
        if (drawn.Left >= Distribution.LeastLeft)
        {
            return new(scale, drawn);
        }

        Refuse(Bound("min") is { } min && min > Number("mean") ? "min" : "max", "where something is left to draw: less than a billionth of the distribution lies between min and max");
        return null;
    }

    private SampledTerm? Discrete(Node node, string path, ModelParameter parameter)
    {
        if (node is not { Kind: NodeKind.Mapping, Members.Count: > 0 })
        {
            check.Refuse(node.Place, path, node.Text, "a mapping of values to weights, such as {3: 1, 10: 2}");
            return null;
        }

        var (before, values) = (problems.Count, new List<(ExpressionValue Value, decimal Weight)>());
        foreach (var member in node.Members)
        {
            var value = Value(Node.Scalar(NodeKind.Plain, member.Place, member.Name), $"{path}.{member.Name}", parameter);
            if (!decimal.TryParse(member.Value.Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var weight) || weight <= 0 || weight >= 1e12m)
            {
                check.Refuse(member.Value.Place, $"{path}.{member.Name}", member.Value.Text, "a weight above 0");
            }
            else if (value is { } known)
            {
                values.Add((known, weight));
            }
        }

        return problems.Count > before || Scale(parameter, values.Select(value => value.Value), node.Place, path) is not { } scale
            ? null
            : new(scale, new Distribution.Discrete(values.Select(value => new WeightedValue(scale.Number(value.Value)!.Value, value.Weight)).OrderBy(value => value.Value).ToValueList()));
    }

    private SampledTerm? Bootstrap(Node node, string path, ModelParameter parameter)
    {
        var before = problems.Count;
        var cells = node.Kind == NodeKind.List ? node.Items : node.Kind == NodeKind.Mapping ? Column(node, path) : [];
        var values = cells.Select((cell, i) => Value(cell, $"{path}[{i}]", parameter)).ToList();
        if (problems.Count == before && values.Count == 0)
        {
            check.Refuse(node.Place, path, node.Text, "a list of values that were seen, or {file: FILE.csv, column: NAME}");
        }

        return problems.Count > before || Scale(parameter, values.OfType<ExpressionValue>(), node.Place, path) is not { } scale
            ? null
            : new(scale, new Distribution.Bootstrap(values.Select(value => scale.Number(value!.Value)!.Value).Order().ToValueList()));
    }

    /// <summary>A column of a CSV file beside the scenario; a fault in it is named by its own file and line.</summary>
    private List<Node> Column(Node node, string path)
    {
        check.OnlyFields(node, path, "bootstrap", s_column);
        if (node.Find("file")?.Value is not { } file || node.Find("column")?.Value is not { } column)
        {
            check.Refuse(node.Place, path, "", "{file: FILE.csv, column: NAME}");
            return [];
        }

        if (folder is null)
        {
            check.Refuse(file.Place, $"{path}.file", file.Text, "left out: what is sent has no files beside it; the values can stand here as a list");
            return [];
        }

        // Its columns are told in messages, so no file may be named that the scenario did not come with.
        if (Path.IsPathRooted(file.Text) || file.Text.Split('/', '\\').Contains(".."))
        {
            check.Refuse(file.Place, $"{path}.file", file.Text, "a file beside the scenario, or in a folder there");
            return [];
        }

        var full = Path.Combine(folder, file.Text);
        if (!File.Exists(full))
        {
            check.Refuse(file.Place, $"{path}.file", file.Text, "a file that is there");
            return [];
        }

        var rows = SourceText.Decode(file.Text, File.ReadAllBytes(full), problems) is { } text ? CsvText.Rows(text, problems).ToList() : [];
        var names = rows.Count == 0 ? [] : rows[0].Select(field => field.Text).ToList();
        var place = names.IndexOf(column.Text);
        if (place < 0)
        {
            check.Refuse(column.Place, $"{path}.column", column.Text, $"one of the columns of {file.Text}: {string.Join(", ", names)}{Spelling.Hint(column.Text, names)}");
            return [];
        }

        List<Node> cells = [.. rows.Skip(1).Where(row => row.Count > place && row[place].Text.Length > 0).Select(row => Node.Scalar(NodeKind.Plain, column.Place, row[place].Text))];
        if (cells.Count == 0)
        {
            check.Refuse(column.Place, $"{path}.column", column.Text, $"a column with values: in {file.Text} it has none");
        }

        return cells;
    }

    /// <summary>A duration's terms are all in months or all in days: months and days do not convert into each other.</summary>
    private ParameterScale? Scale(ModelParameter parameter, IEnumerable<ExpressionValue> values, Place place, string path)
    {
        var all = values.ToList();
        var scale = new ParameterScale(parameter, all.TrueForAll(value => value.Number == 0));
        if (all.TrueForAll(value => scale.Number(value) is not null))
        {
            return scale;
        }

        check.Refuse(place, path, string.Join(", ", all), "all in months or all in days");
        return null;
    }

    private ExpressionValue? Value(Node node, string path, ModelParameter parameter)
    {
        if (new TermReader(source, problems).Read(node, path, Constants.Scope) is not { } term)
        {
            return null;
        }

        if (term.Constant is { } value && value.Type == parameter.Type)
        {
            return value;
        }

        check.Refuse(node.Place, path, node.Text, $"{parameter.Type}, as '{parameter.Name}' is");
        return null;
    }
}
