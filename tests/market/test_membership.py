"""Applying as a seller, and the cooperative's answer."""

import pytest

from market import signals
from market.accounts.queries import find_user
from market.accounts.roles import Role
from market.errors import Forbidden, IllegalTransition, Invalid, NotFound
from market.membership import operations
from market.organisations.identifiers import read_bank_account, read_nib, read_npwp, read_phone
from market.organisations.states import SellerState
from tests.factories import make_actor, make_buyer, make_cooperative, make_seller


def application(cooperative, /, **given):
    """A complete application, as typed."""
    return {
        "cooperative": cooperative.id,
        "name": "Dapur Bu Sri",
        "owner_name": "Sri Wahyuni",
        "description": "Nasi boks untuk pabrik.",
        "district_code": "32.16.07",
        "address": "Kp. Utan RT 02/05",
        "phone": "0812-3456-7890",
        "nib": "1234567890123",
        "npwp": "",
        "size_class": "mikro",
        "bank_code": "002",
        "bank_account": "0012-3456-78",
        "bank_holder": "Sri Wahyuni",
        "email": "sri@contoh.test",
        "password": "dapur-bu-sri-enak",
        **given,
    }


def test_a_newcomer_applies_and_is_logged_in_as_the_seller(client, run_jobs):
    cooperative = make_cooperative()
    admin = make_actor(cooperative, Role.ADMIN)
    answer = client.submit("/join", application(cooperative))
    assert answer.status_code == 302
    page = client.get("/seller/business").text
    assert "Dapur Bu Sri" in page and "Menunggu persetujuan koperasi" in page
    listed = client.log_in(admin).get("/cooperative/sellers").text
    assert "Dapur Bu Sri" in listed
    assert run_jobs() >= 1


def test_numbers_are_kept_as_digits(client):
    cooperative = make_cooperative()
    client.submit("/join", application(cooperative, npwp="01.234.567.8-901.000"))
    user = find_user("sri@contoh.test")
    seller = user.memberships[0].organisation
    assert (seller.npwp, seller.bank_account, seller.phone) == ("0012345678901000", "0012345678", "+6281234567890")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("nib", "12345", "NIB terdiri dari 13 angka."),
        ("npwp", "12", "NPWP terdiri dari 16 angka"),
        ("phone", "halo", "Nomor telepon tidak dikenali"),
        ("bank_account", "12", "Nomor rekening terdiri dari"),
        ("district_code", "", "Pilih kecamatan."),
        ("name", "", "Isi nama usaha."),
        ("name", "x" * 500, ""),
        ("password", "pendek", "Kata sandi minimal 10"),
        ("email", "bukan-email", "Alamat email ini tidak lengkap."),
        ("cooperative", "999999999", ""),
        ("cooperative", "abc", ""),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_is_kept(client, field, typed, sentence):
    answer = client.submit("/join", application(make_cooperative(), **{field: typed}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert find_user("sri@contoh.test") is None
    assert "Kp. Utan RT 02/05" in answer.text


def test_an_address_known_already_is_not_taken_over(client):
    cooperative = make_cooperative()
    make_actor(cooperative, Role.ADMIN, email="SRI@contoh.test")
    answer = client.submit("/join", application(cooperative))
    assert answer.status_code == 422
    assert "Email ini sudah terdaftar" in answer.text


def test_a_taxable_business_needs_its_npwp(client):
    answer = client.submit("/join", application(make_cooperative(), taxable="y"))
    assert "Usaha PKP harus mempunyai NPWP." in answer.text


def test_two_businesses_of_one_name_get_addresses_of_their_own(client, app):
    cooperative = make_cooperative()
    client.submit("/join", application(cooperative))
    app.test_client().submit("/join", application(cooperative, email="lain@contoh.test"))
    slugs = {find_user(email).memberships[0].organisation.slug for email in ("sri@contoh.test", "lain@contoh.test")}
    assert slugs == {"dapur-bu-sri", "dapur-bu-sri-2"}


def test_the_cooperative_asks_for_changes_and_the_seller_hands_in_again(client):
    cooperative = make_cooperative()
    admin = make_actor(cooperative, Role.ADMIN)
    client.submit("/join", application(cooperative))
    seller = find_user("sri@contoh.test").memberships[0].organisation
    operations.request_changes(seller.id, "Foto NIB tidak terbaca", by=admin)
    assert "Foto NIB tidak terbaca" in client.get("/seller/business").text
    client.submit("/seller/business", application(cooperative, nib="9876543210123"))
    page = client.get("/seller/business").text
    assert "Menunggu persetujuan koperasi" in page and "9876543210123" in page


def test_approval_and_suspension_are_announced_for_the_search(client):
    cooperative = make_cooperative()
    admin = make_actor(cooperative, Role.ADMIN)
    seller = make_seller(cooperative=cooperative, state=SellerState.APPLIED)
    heard = []

    def hear(_sender, seller_id):
        heard.append(seller_id)

    with signals.seller_changed.connected_to(hear):
        operations.approve_seller(seller.id, by=admin)
        operations.suspend_seller(seller.id, "Barang palsu", by=admin)
        operations.approve_seller(seller.id, by=admin)
    assert heard == [seller.id] * 3


def test_only_the_sellers_own_cooperative_decides():
    seller = make_seller(state=SellerState.APPLIED)
    stranger = make_actor(make_cooperative(), Role.ADMIN)
    with pytest.raises(NotFound):
        operations.approve_seller(seller.id, by=stranger)
    with pytest.raises(Forbidden):
        operations.approve_seller(seller.id, by=make_actor(make_buyer(), Role.BUYER))
    with pytest.raises(Forbidden):
        operations.approve_seller(seller.id, by=make_actor(seller.cooperative, Role.TREASURER))


def test_an_approved_seller_cannot_be_approved_again_and_a_reason_must_be_given():
    seller = make_seller()
    admin = make_actor(seller.cooperative, Role.ADMIN)
    with pytest.raises(IllegalTransition):
        operations.approve_seller(seller.id, by=admin)
    with pytest.raises(Invalid):
        operations.suspend_seller(seller.id, "   ", by=admin)


def test_the_pages_decide_and_show_what_happened(client):
    seller = make_seller(state=SellerState.APPLIED, name="Konveksi Maju")
    client.log_in(make_actor(seller.cooperative, Role.ADMIN, name="Bu Ketua"))
    client.submit(f"/cooperative/sellers/{seller.id}/approve")
    client.submit(f"/cooperative/sellers/{seller.id}/suspend", {"reason": "Izin habis"})
    page = client.get(f"/cooperative/sellers/{seller.id}").text
    assert "Izin habis" in page and "Bu Ketua" in page and "Ditangguhkan" in page
    assert client.submit("/cooperative/sellers/999999999/approve").status_code == 404


def test_the_api_lists_approves_and_suspends(api):
    seller = make_seller(state=SellerState.APPLIED)
    program = api(make_actor(seller.cooperative, Role.ADMIN))
    assert [item["id"] for item in program.get("/sellers", state="applied").json["items"]] == [seller.id]
    assert program.post(f"/sellers/{seller.id}/approve").json["state"] == "approved"
    assert program.post(f"/sellers/{seller.id}/approve").status_code == 409
    assert program.post(f"/sellers/{seller.id}/suspend", {}).status_code == 422
    assert program.post(f"/sellers/{seller.id}/suspend", {"reason": "x" * 2000}).status_code == 422
    assert program.post(f"/sellers/{seller.id}/suspend", {"reason": "Izin habis"}).json["state_reason"] == "Izin habis"
    assert program.get("/sellers", state="nonsense").status_code == 422
    stranger = api(make_actor(make_cooperative(), Role.ADMIN))
    assert stranger.post(f"/sellers/{seller.id}/approve").status_code == 404
    assert api(make_actor(make_buyer(), Role.BUYER)).get("/sellers").status_code == 403


def test_the_list_takes_the_same_number_of_queries_however_long(client, count_queries):
    cooperative = make_cooperative()
    client.log_in(make_actor(cooperative, Role.ADMIN))
    make_seller(cooperative=cooperative)
    with count_queries() as few:
        client.get("/cooperative/sellers")
    for _n in range(20):
        make_seller(cooperative=cooperative)
    with count_queries() as many:
        client.get("/cooperative/sellers")
    assert len(many) == len(few) <= 8


def test_identifiers_are_read_as_people_type_them():
    assert read_npwp("1234 5678 9012 3456") == "1234567890123456"
    assert read_nib("1234.5678.90123") == "1234567890123"
    assert read_phone("+62 21 8911 2233") == "+622189112233"
    assert read_bank_account("123-456-7890") == "1234567890"
    for read in (read_npwp, read_nib, read_phone, read_bank_account):
        for wrong in ("", "abc", "1" * 40, "12\x003"):
            with pytest.raises(Invalid):
                read(wrong)


def test_a_seller_that_is_not_there_is_not_found(client):
    client.log_in(make_actor(make_cooperative(), Role.ADMIN))
    assert client.get("/cooperative/sellers/1").status_code == 404
