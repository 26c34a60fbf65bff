"""How the search is judged: the measures, the judged queries, the table, and the command that makes it."""

from collections import Counter
from math import log2

import pytest

from catalog.categories.tree import TREE
from catalog.products.certificates import CertificateKind
from catalog.products.states import ProductState
from demo.reading import read_products, read_sellers
from search import engine
from search.evaluation import commands
from search.evaluation.engines import OURS, PLAIN, POSTGRESQL, three_engines
from search.evaluation.judged import Judged, UnknownProduct, grades_of, read_judged
from search.evaluation.measures import Scores, mean, ndcg, recall, reciprocal_rank
from search.evaluation.report import Answer, ask_all, by_group, shortcomings, table, worst
from search.queries import search
from search.request import SearchRequest
from tests.factories import make_product

GROUPS = {"exact", "typo", "synonym", "size", "unit", "category", "seller", "district", "english"}


# The measures, beside what one works out by hand


def test_the_best_order_gains_everything_and_others_what_they_place_lower():
    grades = {1: 3, 2: 2, 3: 1}
    best = 7 + 3 / log2(3) + 1 / log2(4)
    assert ndcg([1, 2, 3], grades) == pytest.approx(1.0)
    assert ndcg([3, 2, 1], grades) == pytest.approx((1 + 3 / log2(3) + 7 / 2) / best)
    assert ndcg([9, 8, 1], grades) == pytest.approx((7 / 2) / best)
    assert ndcg([1, 9, 8, 2, 3], grades) == pytest.approx((7 + 3 / log2(5) + 1 / log2(6)) / best)
    assert ndcg([9, 8], grades) == 0.0
    assert ndcg([], grades) == 0.0


def test_only_the_first_ten_count():
    grades = dict.fromkeys(range(1, 21), 3)
    assert ndcg(list(range(1, 11)), grades) == pytest.approx(1.0)
    assert recall(list(range(1, 11)), grades) == 1.0
    assert ndcg([99] * 10 + [1], grades) == 0.0
    assert reciprocal_rank([99] * 10 + [1], grades) == 0.0
    assert recall([99] * 10 + [1], grades) == 0.0


def test_the_rank_of_the_first_useful_one_and_the_share_of_all_that_are():
    grades = {1: 3, 2: 1, 3: 2, 4: 1}
    assert reciprocal_rank([9, 8, 2, 1], grades) == pytest.approx(1 / 3)
    assert reciprocal_rank([9, 8], grades) == 0.0
    assert recall([9, 8, 2, 1], grades) == 0.5
    assert recall([], {}) == 0.0


def test_each_query_counts_the_same():
    assert mean([Scores(1.0, 0.5, 0.0), Scores(0.5, 0.5, 1.0)]) == Scores(0.75, 0.5, 0.5)


# The judged queries


def test_every_group_has_its_number_and_no_query_is_judged_twice():
    judged = read_judged()
    assert len(judged) >= 300
    counts = Counter(each.group for each in judged)
    assert set(counts) == GROUPS
    assert min(counts.values()) >= 25
    assert [q for q, count in Counter(each.q for each in judged).items() if count > 1] == []


def test_every_judgement_names_what_is_for_sale_in_the_demo():
    sellers = {seller.slug: seller for seller in read_sellers() if seller.state == "approved"}
    products = [each for each in read_products() if each.seller in sellers and each.state == ProductState.PUBLISHED]
    known = {
        "": {variant.sku for product in products for variant in product.variants},
        "category": {branch.slug for branch in TREE},
        "seller": set(sellers),
        "district": {seller.district for seller in sellers.values()},
        "certificate": set(CertificateKind),
    }
    for judged in read_judged():
        assert judged.named, judged.q
        for text in judged.named:
            for condition in text.split() if ":" in text else [f":{text}"]:
                kind, _colon, value = condition.partition(":")
                assert value in known[kind], f"{judged.q}: {text}"


def document(product_id, **given):
    item = {"sku": given.get("sku", f"S-{product_id}"), "variants": given.get("variants", [])}
    item |= {"seller": {"slug": given.get("seller", "a")}, "certifications": given.get("certifications", [])}
    path = given.get("category", "kemasan/kardus").split("/")
    return {"id": product_id, "item": item, "category_path": path, "district_code": given.get("district", "32.16.07")}


def test_products_are_named_by_number_and_by_rule_and_the_number_wins():
    documents = [
        document(1),
        document(2, category="kemasan/kardus/kardus-polos", variants=[{"sku": "S-2-L"}]),
        document(3, category="makanan", seller="b", certifications=["halal"], district="32.16.08"),
        document(4, category="makanan", certifications=["halal"]),
    ]
    judged = Judged(
        "exact", "q", {"category:kardus": 3, "category:kemasan": 1, "S-2-L": 2, "certificate:halal seller:b": 1}
    )
    assert grades_of(judged, documents) == {1: 3, 2: 2, 3: 1}
    assert grades_of(Judged("district", "q", {"district:32.16.08": 2}), documents) == {3: 2}


def test_a_judgement_of_nothing_is_pointed_out():
    with pytest.raises(UnknownProduct, match="GONE"):
        grades_of(Judged("exact", "kardus", {"GONE": 3}), [document(1)])


# The table


def answered(group, *ndcgs):
    return [Answer(Judged(group, f"q{n}", {}), {1: 3}, [1, 2], Scores(each, 1.0, 1.0)) for n, each in enumerate(ndcgs)]


def test_the_table_has_a_line_for_each_group_and_the_best_in_bold():
    answers = {
        OURS: answered("exact", 1.0, 0.9) + answered("typo", 0.8),
        PLAIN: answered("exact", 0.5, 0.5) + answered("typo", 0.9),
    }
    lines = list(table(answers))
    assert lines[2] == "| exact (2) | **0.950** | 1.000 | 1.000 | 0.500 | 1.000 | 1.000 |"
    assert lines[3] == "| typo (1) | 0.800 | 1.000 | 1.000 | **0.900** | 1.000 | 1.000 |"
    assert lines[4].startswith("| overall (3) | **0.900** |")
    assert by_group(answers[OURS])["overall"].ndcg == pytest.approx(0.9)


def test_what_falls_short_is_said():
    good = {
        OURS: answered("exact", 0.95) + answered("typo", 0.9),
        PLAIN: answered("exact", 0.9) + answered("typo", 0.8),
    }
    assert shortcomings(good) == []
    tied = {**good, POSTGRESQL: answered("exact", 0.95) + answered("typo", 0.1)}
    assert shortcomings(tied) == ["exact: 0.950, and PostgreSQL has 0.950"]
    low = {OURS: answered("exact", 0.8), PLAIN: answered("exact", 0.7)}
    assert shortcomings(low) == ["overall: 0.800 is less than 0.90"]


def test_the_worst_answers_are_shown_with_their_grades():
    lines = list(worst(answered("exact", 1.0, 0.2), [document(1), document(2)], 1))
    assert lines == ["0.20  exact: “q1”  S-1:3 S-2:0"]


# The engines and the command


@pytest.fixture
def goods(announce):
    made = [make_product(name=name) for name in ("Kardus polos 20x20x15 cm", "Sarung tangan karet", "Sapu lidi")]
    announce(*made)
    return made


def test_three_engines_answer_side_by_side_and_leave_nothing_behind(goods, index):
    left = f"{index.index}_evaluation_left"
    index.create(left)
    documents = search(SearchRequest()).hits
    judged = [
        Judged("size", "kardus 20 x 20 x 15", {goods[0].offer.sku: 3}),
        Judged("english", "gloves", {goods[1].offer.sku: 3}),
    ]
    with three_engines(documents) as engines:
        assert left not in index.list_indexes("")
        answers = ask_all(judged, documents, engines)
    found = {name: [answer.found[:1] for answer in each] for name, each in answers.items()}
    kardus, gloves = [goods[0].id], [goods[1].id]
    assert found[OURS] == [kardus, gloves]
    assert found[POSTGRESQL] == [kardus, gloves]
    assert found[PLAIN][1] == []
    assert engine.current() is index
    assert index.list_indexes(f"{index.index}_evaluation") == []


def test_an_interrupted_evaluation_leaves_nothing_behind(goods, index):
    with pytest.raises(KeyboardInterrupt), three_engines(search(SearchRequest()).hits):
        raise KeyboardInterrupt
    assert engine.current() is index
    assert index.list_indexes(f"{index.index}_evaluation") == []


@pytest.fixture
def evaluate(app):
    return lambda *words: app.test_cli_runner().invoke(args=["search", "evaluate", *words])


def test_the_command_prints_the_table_and_checks_when_asked(goods, evaluate, monkeypatch):
    judged = [Judged("english", "gloves", {goods[1].offer.sku: 3}), Judged("exact", "sapu", {goods[2].offer.sku: 3})]
    monkeypatch.setattr(commands, "read_judged", lambda: judged)
    result = evaluate("--worst", "1")
    assert result.exit_code == 0, result.output
    assert "| english (1) | **1.000** | 1.000 | 1.000 | 0.000 |" in result.output
    assert "exact: 1.000, and PostgreSQL has 1.000" in result.output
    assert evaluate("--check").exit_code == 1


def test_the_command_says_when_other_goods_are_for_sale(goods, evaluate):
    result = evaluate()
    assert result.exit_code == 1
    assert "the demo's products" in result.output


def test_the_command_says_when_meilisearch_is_away(goods, evaluate, away):
    result = evaluate()
    assert result.exit_code == 1
    assert "could not be asked" in result.output


def test_the_command_says_when_there_is_no_meilisearch(evaluate, index):
    engine.use(engine.SearchEngine(None, None, index=index.index))
    result = evaluate()
    assert result.exit_code == 1
    assert "MEILI_URL" in result.output
