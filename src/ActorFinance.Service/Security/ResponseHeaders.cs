using ActorFinance.Service.Hosting;

namespace ActorFinance.Service.Security;

/// <summary>What a browser is told of every answer: that it is what it says it is, loads nothing, stands in no frame, and names no page to others.</summary>
internal static class ResponseHeaders
{
    public static Task Set(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";

        // The reference page has a script of its own.
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(ServiceHost.ReferencePage, StringComparison.OrdinalIgnoreCase) ? "frame-ancestors 'none'" : "default-src 'none'; frame-ancestors 'none'";
        return next(context);
    }
}
