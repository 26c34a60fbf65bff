"""The categories a new marketplace starts with: what factories buy from small firms.

The tree is two levels deep, three where a buyer would otherwise scroll. Slugs stay, names may be changed on the
cooperative's desk. UNSPSC codes stand only where the family is certain; KBLI codes are those of 2020.
"""

from typing import NamedTuple

OTHER = "lainnya"
"""The category of everything that fits nowhere else; an import puts unknown categories here."""


class Branch(NamedTuple):
    """One category as it is first created; `icon` names an outline icon of the Tabler set."""

    slug: str
    name: str
    english: str
    icon: str
    unspsc: str | None = None
    kbli: tuple[str, ...] = ()
    parent: str | None = None


def _grow(stem: Branch, *branches: Branch | tuple[Branch, ...]) -> tuple[Branch, ...]:
    """The stem followed by its branches, each hung under the stem unless it already has a parent."""
    grown = [stem]
    for branch in branches:
        twigs = (branch,) if isinstance(branch, Branch) else branch
        grown += [twig if twig.parent else twig._replace(parent=stem.slug) for twig in twigs]
    return tuple(grown)


PACKAGING = _grow(
    Branch("kemasan", "Kemasan", "Packaging", "package", "24120000"),
    _grow(
        Branch("kardus", "Kardus & karton", "Cartons & boxes", "box", "24121500", ("17021", "17022")),
        Branch("kardus-polos", "Kardus polos", "Plain cartons", "cube", "24121503", ("17022",)),
        Branch("kardus-cetak", "Kardus cetak", "Printed cartons", "box-model", "24121503", ("17022",)),
        Branch("sekat-kardus", "Sekat & lapisan", "Dividers & liners", "layers-linked", None, ("17022",)),
    ),
    Branch("plastik-kemasan", "Plastik kemasan", "Plastic packaging", "paper-bag", None, ("22220",)),
    Branch("lakban-tali", "Lakban, tali & pengikat", "Tape, rope & strapping", "disc", None, ("13941",)),
    Branch("karung", "Karung & jumbo bag", "Sacks & bulk bags", "moneybag", None, ("22220",)),
    Branch("kemasan-makanan", "Kemasan makanan", "Food packaging", "salad", None, ("17022", "22220")),
)

WORKWEAR = _grow(
    Branch("pakaian-kerja", "Pakaian kerja & APD", "Workwear & PPE", "helmet", "46180000", ("14111",)),
    _grow(
        Branch("seragam", "Seragam & wearpack", "Uniforms & coveralls", "shirt", "53102700", ("14111",)),
        Branch("wearpack", "Wearpack", "Coveralls", "hanger", "46181500", ("14111", "14120")),
        Branch("kemeja-kerja", "Kemeja & celana kerja", "Work shirts & trousers", "tie", "53102700", ("14111",)),
        Branch("kaos-polo", "Kaos & polo", "T-shirts & polos", "shirt-sport", "53100000", ("14111", "14301")),
    ),
    Branch("sarung-tangan", "Sarung tangan kerja", "Work gloves", "hand-stop", "46181500", ("14131", "32904")),
    Branch("sepatu-safety", "Sepatu keselamatan", "Safety footwear", "shoe", "46181600", ("15203",)),
    Branch("pelindung-kepala", "Pelindung kepala & muka", "Head & face protection", "eyeglass", "46181700", ("32904",)),
    Branch("masker", "Masker", "Masks", "mask", "46182000", ("13929",)),
    Branch("rompi-apron", "Rompi, apron & jas hujan", "Vests, aprons & raincoats", "umbrella", None, ("14111",)),
)

FOOD = _grow(
    Branch("makanan", "Makanan & katering", "Food & catering", "tools-kitchen-2", "50000000", ("56290",)),
    Branch("nasi-box", "Nasi box & prasmanan", "Boxed meals & buffets", "bowl-chopsticks", "90101600", ("56290",)),
    Branch("snack-box", "Snack box & kue basah", "Snack boxes & cakes", "cake", "90101600", ("10792",)),
    Branch("roti", "Roti", "Bread", "bread", "50180000", ("10710",)),
    Branch("camilan", "Camilan & kue kering", "Snacks & cookies", "cookie", "50190000", ("10794", "10710")),
    Branch("minuman", "Minuman", "Drinks", "cup", "50200000", ("11051", "11090")),
    _grow(
        Branch("bahan-pangan", "Bahan pangan", "Provisions", "basket", "50000000", ("46319", "46339")),
        Branch(
            "beras-telur",
            "Beras, telur & lauk",
            "Rice, eggs & protein",
            "egg",
            None,
            ("10631", "01462", "10120", "10391", "10392", "10750", "46311", "46325"),
        ),
        Branch(
            "sayur-buah", "Sayur & buah", "Vegetables & fruit", "carrot", None, ("01131", "01133", "01139", "46313")
        ),
        Branch("bumbu-dapur", "Bumbu & bahan dapur", "Spices & cooking needs", "pepper", "50170000", ("10772",)),
    ),
)

CLEANING = _grow(
    Branch("kebersihan", "Kebersihan", "Cleaning", "spray", "47130000"),
    Branch("sabun-pembersih", "Sabun & cairan pembersih", "Soaps & cleaners", "droplet", "47131800", ("20231",)),
    Branch("alat-kebersihan", "Alat kebersihan", "Cleaning tools", "bucket", "47131600", ("32909",)),
    Branch("tisu", "Tisu & sanitasi", "Tissue & sanitation", "toilet-paper", "14111700", ("17091",)),
    Branch("majun", "Kain majun & lap", "Rags & wipes", "wiper-wash", "47131500", ("13929",)),
    Branch("tempat-sampah", "Tempat & kantong sampah", "Bins & liners", "trash", "47121700", ("22220", "25999")),
)

STATIONERY = _grow(
    Branch("atk-percetakan", "ATK & percetakan", "Stationery & printing", "printer", "44120000"),
    Branch("alat-tulis", "Alat tulis", "Writing & desk supplies", "pencil", "44120000", ("32901",)),
    Branch("kertas", "Kertas", "Paper", "files", "14111500", ("17099",)),
    Branch("formulir", "Formulir & buku", "Forms & books", "notes", "82121500", ("18111",)),
    Branch("label-stiker", "Label & stiker", "Labels & stickers", "sticker", "55121600", ("18111",)),
    Branch("spanduk-rambu", "Spanduk & rambu", "Banners & signs", "traffic-cone", "55121700", ("18111",)),
    Branch("tanda-pengenal", "ID card & tanda pengenal", "ID cards & badges", "id-badge-2", None, ("18112",)),
)

PARTS = _grow(
    Branch("komponen", "Komponen mesin", "Machined parts", "settings", "31000000", ("25920",)),
    Branch("part-bubut", "Part bubut & CNC", "Turned & CNC parts", "engine", None, ("25920",)),
    Branch("baut-mur", "Baut, mur & pengencang", "Bolts, nuts & fasteners", "bolt", "31160000", ("25952",)),
    Branch("jig-fixture", "Jig & fixture", "Jigs & fixtures", "ruler-measure", None, ("25920",)),
    Branch("part-karet", "Part karet & plastik", "Rubber & plastic parts", "circle-dashed", None, ("22192", "22293")),
    Branch("part-stamping", "Part stamping & pelat", "Stamped & sheet parts", "stack", None, ("25910",)),
    Branch("fabrikasi", "Rak, troli & fabrikasi", "Racks, trolleys & fabrication", "trolley", None, ("25119", "28160")),
)

WOOD = _grow(
    Branch("kayu", "Kayu & palet", "Wood & pallets", "wood", "11120000", ("16230",)),
    Branch("palet", "Palet", "Pallets", "stack-2", "24112700", ("16230",)),
    Branch("peti-kayu", "Peti kayu", "Wooden crates", "cube-3d-sphere", None, ("16230",)),
    Branch("kayu-olahan", "Kayu olahan", "Sawn wood", "ruler-2", "11121600", ("16101",)),
    Branch("mebel", "Mebel", "Furniture", "armchair", "56000000", ("31001",)),
)

GIFTS = _grow(
    Branch("boneka-suvenir", "Boneka & suvenir", "Dolls & souvenirs", "gift", "60140000"),
    Branch("boneka", "Boneka", "Dolls", "horse-toy", "60141000", ("32402",)),
    Branch("suvenir", "Suvenir perusahaan", "Corporate gifts", "award", None, ("32903",)),
    Branch("tas-promosi", "Tas & pouch", "Bags & pouches", "shopping-bag", "53121600", ("15121",)),
    Branch("hampers", "Hampers & parsel", "Hampers", "basket-heart"),
    Branch("kerajinan", "Kerajinan", "Crafts", "feather", None, ("32903",)),
)

SERVICES = _grow(
    Branch("jasa", "Jasa", "Services", "briefcase"),
    Branch(
        "jasa-kebersihan", "Jasa kebersihan & taman", "Cleaning & gardening", "leaf", "76110000", ("81210", "81300")
    ),
    Branch("jasa-angkutan", "Jasa angkutan", "Transport", "truck", "78100000", ("49431",)),
    Branch("jasa-perawatan", "Jasa perawatan & perbaikan", "Maintenance & repair", "tool", "73150000", ("33121",)),
    Branch("jasa-laundry", "Jasa laundry", "Laundry", "wash-machine", "91110000", ("96200",)),
    Branch("jasa-pelatihan", "Jasa pelatihan", "Training", "school", "86000000", ("78421",)),
)

TREE: tuple[Branch, ...] = (
    *PACKAGING,
    *WORKWEAR,
    *FOOD,
    *CLEANING,
    *STATIONERY,
    *PARTS,
    *WOOD,
    *GIFTS,
    *SERVICES,
    Branch(OTHER, "Lainnya", "Other", "dots"),
)
"""Every starting category, parents before their children, in the order in which they are shown."""
