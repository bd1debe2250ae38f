using ActorFinance.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registration of the client.</summary>
public static class ActorFinanceClientServiceCollectionExtensions
{
    /// <summary>One <see cref="ActorFinanceClient"/> for the life of the container.</summary>
    public static IServiceCollection AddActorFinanceClient(this IServiceCollection services, Action<ActorFinanceClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton(_ =>
        {
            var options = new ActorFinanceClientOptions();
            configure?.Invoke(options);
            return new ActorFinanceClient(options);
        });
    }
}
