using ActorFinance.Cli;

return await Application.RunAsync(args).ConfigureAwait(false);
