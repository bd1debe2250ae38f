using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Security;

/// <summary>The pages of other origins whose scripts may ask and read the answers (CORS): those that the settings name, else none.</summary>
internal sealed class Pages
{
    private const string Rule = "origins such as https://desk.example, separated by semicolons";

    private static readonly string[] s_methods = ["GET", "POST", "PUT", "DELETE"];
    private static readonly string[] s_read = ["ETag", "Link", "Location", "Retry-After"];

    private readonly IReadOnlyList<string> _origins;

    private Pages(IReadOnlyList<string> origins) => _origins = origins;

    /// <exception cref="ServiceStartException">One is no origin. <c>*</c> is none: any page in any browser that reaches the service could write.</exception>
    public static Pages Read(ServiceOptions options)
    {
        var origins = (options.CorsOrigins ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wrong = origins.FirstOrDefault(origin =>
            !Uri.TryCreate(origin, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.GetLeftPart(UriPartial.Authority) != origin.ToLowerInvariant());
        return wrong is null ? new(origins) : throw new ServiceStartException(StartFault.Settings, $"Service:CorsOrigins '{wrong}' must be {Rule}");
    }

    public void AddTo(IServiceCollection services)
    {
        if (_origins.Count > 0)
        {
            services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins([.. _origins]).WithMethods(s_methods).AllowAnyHeader().WithExposedHeaders(s_read)));
        }
    }

    public void Use(IApplicationBuilder application)
    {
        if (_origins.Count > 0)
        {
            application.UseCors();
        }
    }
}
