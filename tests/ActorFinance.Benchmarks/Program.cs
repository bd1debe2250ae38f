using ActorFinance.Benchmarks.Books;
using ActorFinance.Benchmarks.Measures;
using ActorFinance.Benchmarks.Peer;
using ActorFinance.Benchmarks.Runs;

if (args is ["bare", var source, var target])
{
    return await BareProcess.RunAsync(source, target);
}

if (args is ["generate", .. var sizes])
{
    return await GenerateVerb.RunAsync(sizes);
}

if (!RunOptions.TryParse(args, out var options))
{
    await Console.Error.WriteLineAsync(RunOptions.Usage);
    return 2;
}

using var folder = new WorkFolder();
foreach (var measure in options.Measures)
{
    Console.WriteLine($"{measure} (load {Machine.Load()})");
    var report = new Report(measure, options);
    switch (measure)
    {
        case "append":
            await Append.RunAsync(options, folder, report);
            break;
        case "import":
            await Import.RunAsync(options, folder, report);
            break;
        case "cold":
            await ColdImport.RunAsync(options, folder, report);
            break;
        case "replay":
            await Replay.RunAsync(options, folder, report);
            break;
        case "point":
            CashPointInTime.Run(options, report);
            break;
        case "cash":
            await CashQuestion.RunAsync(options, folder, report, flows: 100_000, (">= 3", ">= 3"));
            break;
        case "cash-million":
            await CashQuestion.RunAsync(options, folder, report, flows: 1_000_000, (">= 6", ">= 20"));
            break;
        case "starts":
            await Starts.RunAsync(options, folder, report);
            break;
        case "memory":
            await LiveMemory.RunAsync(options, folder, report);
            break;
        case "circle":
            Circle.Run(options, report);
            break;
        case "simulate":
            await Simulate.RunAsync(options, report);
            break;
        case "montecarlo":
            ManyRunsOfAScenario.Run(options, report);
            break;
        case "branch":
            BranchCost.Run(options, report);
            break;
        case "service":
            await Service.RunAsync(options, folder, report);
            break;
        case "batches":
            await Batches.RunAsync(options, folder, report);
            break;
        case "postgres":
            await Postgres.RunAsync(options, folder, report);
            break;
        case "ownership":
            OwnershipQuestion.Run(options, report);
            break;
        default:
            Small.Run(options, report);
            break;
    }

    report.Finish(options);
}

return 0;
