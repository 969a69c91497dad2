"""Answers that the sources themselves have published, shortened to the fields that are asked for or read.

Shopify: the fixtures `orders`, `inventory_levels` and `inventory_items` of its own Python library (Shopify/shopify_python_api,
test/fixtures). Amazon: the static sandbox answers of getOrders and getOrderItems in its model of the Orders API
(amzn/selling-partner-api-models, models/orders-api-model/ordersV0.json).
"""

from __future__ import annotations

from typing import Any


def _ipod(line: int, variant: int, sku: str, colour: str, discount: str) -> dict[str, Any]:
    return {
        "id": line,
        "variant_id": variant,
        "title": "IPod Nano - 8gb",
        "quantity": 1,
        "sku": sku,
        "variant_title": colour,
        "vendor": None,
        "fulfillment_service": "manual",
        "product_id": 632910392,
        "name": f"IPod Nano - 8gb - {colour}",
        "properties": [],
        "fulfillable_quantity": 1,
        "grams": 200,
        "price": "199.00",
        "total_discount": "0.00",
        "fulfillment_status": None,
        "price_set": {"shop_money": {"amount": "199.00", "currency_code": "USD"}},
        "discount_allocations": [{"amount": discount, "discount_application_index": 0}],
        "tax_lines": [{"title": "State Tax", "price": "3.98", "rate": 0.06}],
    }


SHOPIFY_ORDER: dict[str, Any] = {
    "id": 450789469,
    "name": "#1001",
    "created_at": "2008-01-10T11:00:00-05:00",
    "updated_at": "2008-01-10T11:00:00-05:00",
    "cancelled_at": None,
    "currency": "USD",
    "total_price": "598.94",
    "financial_status": "partially_refunded",
    "fulfillment_status": None,
    "line_items": [
        _ipod(466157049, 39072856, "IPOD2008GREEN", "green", "3.34"),
        _ipod(518995019, 49148385, "IPOD2008RED", "red", "3.33"),
        _ipod(703073504, 457924702, "IPOD2008BLACK", "black", "3.33"),
    ],
}

SHOPIFY_LEVELS: list[dict[str, Any]] = [
    {"inventory_item_id": item, "location_id": place, "available": n, "updated_at": "2018-05-07T15:33:38-04:00"}
    for item, place, n in (
        (39072856, 487838322, 27),
        (808950810, 905684977, 1),
        (808950810, 487838322, 9),
        (39072856, 905684977, 3),
    )
]
SHOPIFY_ITEMS: list[dict[str, Any]] = [
    {"id": item, "sku": sku, "created_at": "2018-05-07T15:33:38-04:00", "tracked": True}
    for item, sku in ((39072856, "IPOD2008GREEN"), (457924702, "IPOD2008BLACK"), (808950810, "IPOD2008PINK"))
]

AMAZON_ORDERS: list[dict[str, Any]] = [
    {
        "AmazonOrderId": number,
        "PurchaseDate": "1970-01-19T03:58:30Z",
        "LastUpdateDate": "1970-01-19T03:58:32Z",
        "OrderStatus": "Unshipped",
        "FulfillmentChannel": "MFN",
        "SalesChannel": "Amazon.com",
        "OrderTotal": {"CurrencyCode": "USD", "Amount": "11.01"},
        "PaymentMethodDetails": ["Standard"],
        "MarketplaceId": "ATVPDKIKX0DER",
        "IsPrime": False,
    }
    for number in ("902-1845936-5435065", "902-8745147-1934268")
]
AMAZON_ITEM: dict[str, Any] = {
    "ASIN": "B008X9Z37A",
    "OrderItemId": "05015851154158",
    "SellerSKU": "NABetaASINB00551Q3CS",
    "Title": "B00551Q3CS [Card Book]",
    "QuantityOrdered": 1,
    "QuantityShipped": 0,
    "ItemPrice": {"CurrencyCode": "USD", "Amount": "10.00"},
    "ItemTax": {"CurrencyCode": "USD", "Amount": "1.01"},
    "ConditionId": "New",
}
