namespace ActorFinance.Model;

internal static class CashDecisions
{
    public static Decision Receive(Order order, ReceiveExternalCash receive) =>
        order.FitUnless(
            Guards.Positive("amount", receive.Amount)
                ?? Guards.Defined("category", receive.Category),
            new ExternalCashReceived(receive.Amount, receive.Category));

    public static Decision Pay(Order order, PayExternalCash pay) =>
        order.FitUnless(
            Guards.Positive("amount", pay.Amount) ?? Guards.Defined("category", pay.Category),
            new ExternalCashPaid(pay.Amount, pay.Category));

    public static Decision Invest(Order order, Invest invest) =>
        order.FitUnless(
            Guards.Positive("amount", invest.Amount) ?? Guards.Other(order, invest.Investee),
            new InvestmentMade(
                invest.Investee, invest.Amount, Instrument.NotStated, Class: null, PricePerShare: null, Valuation: null, Convertible: null, invest.Draws, invest.InKind));

    public static Decision Purchase(Order order, PayPurchase pay) =>
        order.FitUnless(
            Guards.Positive("amount", pay.Amount)
                ?? Guards.Other(order, pay.Seller)
                ?? Guards.Text("item", pay.Item, 200)
                ?? Guards.Text("unit", pay.Unit, 40),
            new PurchasePaid(pay.Seller, pay.Amount, pay.Draws, pay.Item, pay.Quantity, pay.Unit, pay.InKind));

    public static Decision Refund(Order order, RefundPurchase refund) =>
        order.FitUnless(
            Guards.Positive("amount", refund.Amount)
                ?? Guards.Other(order, refund.Buyer)
                ?? Guards.Text("item", refund.Item, 200)
                ?? Guards.Text("unit", refund.Unit, 40),
            new PurchaseRefunded(refund.Buyer, refund.Amount, refund.Item, refund.Quantity, refund.Unit, refund.InKind));

    public static Decision Transfer(Order order, PayTransfer pay) =>
        order.FitUnless(
            Guards.Positive("amount", pay.Amount)
                ?? Guards.Other(order, pay.Payee)
                ?? Guards.Defined("purpose", pay.Purpose),
            new TransferPaid(pay.Payee, pay.Amount, pay.Purpose));

    public static Decision Deliver(Order order, DeliverPurchase deliver) =>
        order.FitUnless(
            Guards.Positive("quantity", deliver.Quantity.Value)
                ?? Guards.Other(order, deliver.Buyer)
                ?? Guards.Text("item", deliver.Item, 200)
                ?? Guards.Text("unit", deliver.Unit, 40),
            new PurchaseDelivered(deliver.Buyer, deliver.Item, deliver.Quantity, deliver.Unit));
}
