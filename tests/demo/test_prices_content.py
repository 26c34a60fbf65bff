"""The contracts and planned prices of the demo fit the goods, the sellers and the factories they name."""

import pytest

from demo.prices import read_contracts, read_plans
from demo.reading import read_factories, read_orders, read_products

SELLERS = {variant.sku: product.seller for product in read_products() for variant in product.variants}
GOODS = {variant.sku: variant for product in read_products() for variant in product.variants}
FACTORIES = {factory.slug for factory in read_factories()}


@pytest.mark.parametrize("contract", read_contracts(), ids=lambda contract: contract.number)
def test_a_contract_is_about_its_sellers_goods_and_cheaper_than_for_anybody(contract):
    assert contract.buyer in FACTORIES
    assert contract.starts_in < contract.ends_in
    for sku, least, price in contract.lines:
        assert SELLERS[sku] == contract.seller
        assert GOODS[sku].price_for(least) * 0.7 < price < GOODS[sku].price_for(least)


@pytest.mark.parametrize("contract", read_contracts(), ids=lambda contract: contract.number)
def test_no_order_of_the_content_was_placed_by_contract_for_its_amounts_are_told_by_list_prices(contract):
    agreed = {sku for sku, _least, _price in contract.lines}
    days_ago = min(contract.days_ago, -contract.starts_in)
    for order in read_orders():
        assert order.buyer != contract.buyer or order.days_ago > days_ago or not agreed & order.lines.keys()


@pytest.mark.parametrize("plan", read_plans(), ids=lambda plan: plan.sku)
def test_a_plan_is_about_its_sellers_goods_and_begins_after_today(plan):
    price = GOODS[plan.sku].price
    assert SELLERS[plan.sku] == plan.seller
    assert plan.starts_in > 0
    assert price * 0.7 < plan.price < price * 1.3
