// Tells when too much of a company's investments has come back to it as purchases, as soon as the payment is written that makes it so.
//
//     dotnet run --project samples/CircularityAlert -- http://127.0.0.1:5230 nvidia 0.5
//
// The service remembers how far it has come (a durable subscription): stopped and started again, it goes on behind the last event that it looked at.
using System.Globalization;
using ActorFinance.Client;

if (args is not [var url, var company, var limit] || !double.TryParse(limit, NumberStyles.Float, CultureInfo.InvariantCulture, out var most))
{
    Console.Error.WriteLine("usage: CircularityAlert URL COMPANY RATIO, such as http://127.0.0.1:5230 nvidia 0.5");
    return 2;
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};

using var client = new ActorFinanceClient(new ActorFinanceClientOptions { Url = new Uri(url) });
var subscription = client.Subscriptions.Durable($"circularity-of-{company}");
try
{
    await subscription.CreateAsync(StreamStart.Beginning, new EventFilter { Party = company }, stopping.Token).ConfigureAwait(false);
    double? before = null;
    await foreach (var delivery in subscription.ConsumeAsync("circularity-alert", cancellation: stopping.Token).ConfigureAwait(false))
    {
        if (delivery.Event.Type is "investment-made" or "purchase-paid" or "purchase-refunded")
        {
            // As known at this event: an alert says the same whenever it is worked out.
            var question = new CircularQuestion { Company = company, AsKnownOffset = delivery.Offset, AtLeast = new AtLeast(delivery.Offset) };
            var answer = await client.Questions.CircularAsync(question, stopping.Token).ConfigureAwait(false);
            var ratio = answer.Companies.SingleOrDefault(one => one.Company == company)?.RoundTrip.Any;
            if (ratio > most && !(before > most))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ALERT at offset {delivery.Offset}: {ratio:P1} of what {company} invested can have come back ({delivery.Event.Type} by {delivery.Event.Company})"));
            }

            before = ratio;
        }

        await delivery.AcknowledgeAsync(stopping.Token).ConfigureAwait(false);
    }
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    // Ctrl+C.
}
catch (ActorFinanceException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}

return 0;
