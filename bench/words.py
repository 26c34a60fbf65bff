"""What the goods to measure with are called: the kinds that factories buy, in the words and sizes of the trade."""

from typing import NamedTuple

WITHOUT_SIZE = ("",)
CARTONS = tuple(
    f"{long}x{wide}x{high} cm"
    for long in (15, 20, 25, 30, 40, 50, 60)
    for wide in (10, 15, 20, 30, 40)
    for high in (10, 12, 15, 20, 30, 40)
)
BOLTS = tuple(f"M{thick} x {long}" for thick in (4, 5, 6, 8, 10, 12, 16) for long in (10, 16, 20, 30, 40, 50, 80, 100))
TAPES = tuple(f"{wide} mm x {long} m" for wide in (12, 24, 36, 48, 72) for long in (45, 66, 90, 100))
CLOTHES = ("S", "M", "L", "XL", "XXL", "3XL")
SHOES = tuple(f"ukuran {size}" for size in range(37, 46))
PAPERS = tuple(f"{size} {gram} gsm" for size in ("A3", "A4", "A5", "F4") for gram in (60, 70, 75, 80, 100, 150, 210))
BOTTLES = ("60 ml", "100 ml", "250 ml", "330 ml", "500 ml", "600 ml", "1 liter", "5 liter", "20 liter")
SACKS = ("250 gram", "500 gram", "1 kg", "5 kg", "10 kg", "25 kg", "50 kg")
BAGS = tuple(f"{wide}x{long} cm" for wide in (15, 20, 25, 30, 40, 60, 90) for long in (25, 30, 40, 50, 60, 100, 120))
PALLETS = tuple(f"{long}x{wide}x{high} cm" for long in (100, 110, 120) for wide in (80, 100, 110) for high in (12, 15))
ROUNDS = tuple(f"diameter {size} mm" for size in (6, 8, 10, 12, 15, 20, 25, 32, 40, 50, 65, 80, 100))
MEALS = ("20 pcs", "50 pcs", "100 pcs", "isi 5", "isi 10", "isi 12", "isi 24")


class Kind(NamedTuple):
    """Goods of one name, as many firms sell them."""

    name: str
    category: str
    """A category's slug."""
    unit: str
    lowest: int
    highest: int
    """Between which prices it costs, in rupiah."""
    sorts: str
    """What else they are called, one word each."""
    sizes: tuple[str, ...] = WITHOUT_SIZE


KINDS = (
    Kind("Kardus polos", "kardus-polos", "H87", 900, 15_000, "coklat putih tebal single double flute ekspor", CARTONS),
    Kind("Kardus cetak", "kardus-cetak", "H87", 1_500, 25_000, "logo warna sablon offset food grade", CARTONS),
    Kind("Karton box die cut", "kardus-cetak", "H87", 1_200, 18_000, "pizza sepatu kue hampers ekspor", CARTONS),
    Kind("Sekat kardus", "sekat-kardus", "H87", 300, 4_000, "botol kaca silang partisi tebal", CARTONS),
    Kind("Lakban", "lakban-tali", "XRO", 6_000, 60_000, "bening coklat fragile kain kertas double", TAPES),
    Kind("Tali strapping", "lakban-tali", "XRO", 40_000, 350_000, "PP PET baja hitam kuning mesin manual", TAPES),
    Kind("Stretch film", "plastik-kemasan", "XRO", 35_000, 190_000, "bening hitam mesin manual tebal tipis", TAPES),
    Kind("Plastik PE", "plastik-kemasan", "KGM", 18_000, 45_000, "bening tebal roll lembaran food grade", BAGS),
    Kind("Kantong plastik OPP", "plastik-kemasan", "XPK", 8_000, 60_000, "seal bening lem klip tebal", BAGS),
    Kind("Bubble wrap", "plastik-kemasan", "XRO", 90_000, 400_000, "bening hitam tebal tipis antistatis", TAPES),
    Kind("Karung plastik", "karung", "H87", 1_200, 6_000, "putih laminasi transparan bekas baru sablon", SACKS),
    Kind("Jumbo bag", "karung", "H87", 45_000, 160_000, "bekas baru tali laminasi corong", ("500 kg", "1000 kg")),
    Kind("Paper bowl", "kemasan-makanan", "XPK", 20_000, 90_000, "kraft putih tutup food grade", BOTTLES),
    Kind("Dus makan", "kemasan-makanan", "XPK", 25_000, 95_000, "kraft putih laminasi sekat tutup", BAGS),
    Kind("Wearpack", "wearpack", "H87", 110_000, 420_000, "coverall drill katun oranye biru reflektor", CLOTHES),
    Kind("Seragam kerja", "seragam", "SET", 95_000, 300_000, "drill katun bordir panjang pendek biru abu", CLOTHES),
    Kind("Kemeja lapangan", "kemeja-kerja", "H87", 80_000, 220_000, "drill katun bordir panjang pendek hijau", CLOTHES),
    Kind("Celana kerja", "kemeja-kerja", "H87", 75_000, 210_000, "cargo drill katun hitam abu biru", CLOTHES),
    Kind("Kaos polo", "kaos-polo", "H87", 45_000, 120_000, "bordir sablon lacoste katun hitam putih", CLOTHES),
    Kind("Kaos promosi", "kaos-polo", "H87", 22_000, 70_000, "sablon combed katun hitam putih merah", CLOTHES),
    Kind("Sarung tangan karet", "sarung-tangan", "PR", 6_000, 45_000, "nitril lateks kimia panjang tebal", CLOTHES),
    Kind("Sarung tangan katun", "sarung-tangan", "DZN", 18_000, 60_000, "bintik rajut putih abu tebal", SACKS),
    Kind("Sarung tangan kulit", "sarung-tangan", "PR", 20_000, 90_000, "las argon kombinasi tebal panjang", CLOTHES),
    Kind("Sepatu safety", "sepatu-safety", "PR", 140_000, 650_000, "boot kulit karet tinggi pendek baja", SHOES),
    Kind("Sepatu boot karet", "sepatu-safety", "PR", 60_000, 180_000, "putih hijau kuning tinggi pendek", SHOES),
    Kind("Helm proyek", "pelindung-kepala", "H87", 25_000, 150_000, "putih kuning merah biru fastrack ratchet"),
    Kind("Kacamata safety", "pelindung-kepala", "H87", 9_000, 80_000, "bening hitam goggle anti kabut kimia"),
    Kind("Masker kain", "masker", "XPK", 15_000, 60_000, "earloop headloop sablon katun hitam", MEALS),
    Kind("Masker respirator", "masker", "H87", 6_000, 240_000, "N95 filter debu kimia katup"),
    Kind("Rompi safety", "rompi-apron", "H87", 18_000, 85_000, "jaring reflektor oranye hijau saku", CLOTHES),
    Kind("Apron", "rompi-apron", "H87", 20_000, 90_000, "PVC kulit kain las dapur tebal"),
    Kind("Jas hujan", "rompi-apron", "SET", 45_000, 190_000, "setelan ponco reflektor tebal", CLOTHES),
    Kind("Nasi box", "nasi-box", "PTN", 18_000, 55_000, "ayam rendang ikan bakar hemat lengkap rapat"),
    Kind("Nasi tumpeng", "nasi-box", "PTN", 250_000, 1_900_000, "mini besar kuning uduk lengkap", MEALS),
    Kind("Snack box", "snack-box", "PTN", 9_000, 30_000, "hemat lengkap rapat manis gurih", MEALS),
    Kind("Kue basah", "snack-box", "H87", 1_500, 6_000, "lemper risoles pastel dadar lumpur", MEALS),
    Kind("Roti manis", "roti", "H87", 3_000, 12_000, "coklat keju pisang abon sobek", MEALS),
    Kind("Keripik singkong", "camilan", "XPK", 8_000, 35_000, "pedas original balado asin manis", SACKS),
    Kind("Kue kering", "camilan", "XJR", 30_000, 120_000, "nastar kastengel putri salju coklat", SACKS),
    Kind("Air minum kemasan", "minuman", "XCT", 18_000, 55_000, "gelas botol galon mineral oksigen", BOTTLES),
    Kind("Sirup", "minuman", "XBO", 15_000, 60_000, "jahe markisa jeruk merah kental", BOTTLES),
    Kind("Beras", "beras-telur", "XSA", 65_000, 780_000, "pandan wangi premium medium merah pulen", SACKS),
    Kind("Telur ayam", "beras-telur", "KGM", 24_000, 34_000, "negeri kampung omega segar tray"),
    Kind("Sayur segar", "sayur-buah", "KGM", 6_000, 38_000, "bayam kangkung wortel kol buncis potong", SACKS),
    Kind("Bumbu dapur", "bumbu-dapur", "XPK", 7_000, 65_000, "rendang kari gulai bubuk giling", SACKS),
    Kind("Sabun cuci tangan", "sabun-pembersih", "XJC", 25_000, 140_000, "cair lemon antiseptik apel wangi", BOTTLES),
    Kind("Cairan pembersih lantai", "sabun-pembersih", "XJC", 22_000, 120_000, "pinus lemon karbol wangi", BOTTLES),
    Kind("Degreaser", "sabun-pembersih", "XJC", 60_000, 480_000, "mesin dapur konsentrat oli gemuk", BOTTLES),
    Kind("Sapu", "alat-kebersihan", "H87", 12_000, 60_000, "ijuk lidi nilon lantai panjang"),
    Kind("Tisu", "tisu", "XPK", 4_000, 60_000, "putih toilet dapur wajah gulung lembut", MEALS),
    Kind("Kain majun", "majun", "KGM", 7_000, 22_000, "putih warna katun kaos jahit bekas", SACKS),
    Kind("Kantong sampah", "tempat-sampah", "XPK", 12_000, 90_000, "hitam kuning medis tebal tali", BAGS),
    Kind("Kertas HVS", "kertas", "RM", 38_000, 95_000, "putih warna fotokopi tebal", PAPERS),
    Kind("Amplop", "kertas", "XPK", 9_000, 60_000, "coklat putih tali jendela", PAPERS),
    Kind("Pulpen", "alat-tulis", "XPK", 15_000, 120_000, "hitam biru gel promosi logo", MEALS),
    Kind("Buku nota", "formulir", "D63", 4_000, 30_000, "NCR rangkap dua tiga cetak nomor", PAPERS),
    Kind("Stiker label", "label-stiker", "XRO", 18_000, 240_000, "thermal vinyl chromo barcode logo", BAGS),
    Kind("Rambu K3", "spanduk-rambu", "H87", 20_000, 250_000, "akrilik stiker jalur evakuasi bahaya", BAGS),
    Kind("Kartu ID", "tanda-pengenal", "H87", 6_000, 30_000, "PVC lanyard tali casing cetak"),
    Kind("Bushing", "part-bubut", "H87", 15_000, 480_000, "kuningan perunggu nilon baja bubut", ROUNDS),
    Kind("As poros", "part-bubut", "H87", 60_000, 900_000, "stainless S45C baja bubut presisi", ROUNDS),
    Kind("Baut hexagon", "baut-mur", "XPK", 15_000, 220_000, "stainless galvanis hitam baja kunci", BOLTS),
    Kind("Mur", "baut-mur", "XPK", 8_000, 120_000, "stainless galvanis nyloc flange", BOLTS),
    Kind("Jig las", "jig-fixture", "H87", 450_000, 9_500_000, "aluminium baja presisi inspeksi"),
    Kind("O-ring", "part-karet", "H87", 1_000, 45_000, "nitril viton silikon EPDM hitam", ROUNDS),
    Kind("Bracket", "part-stamping", "H87", 3_000, 90_000, "galvanis stainless stamping siku pelat", ROUNDS),
    Kind("Troli barang", "fabrikasi", "C62", 450_000, 4_500_000, "lipat roda besi stainless gudang"),
    Kind("Rak gudang", "fabrikasi", "C62", 650_000, 8_500_000, "besi siku susun tinggi heavy duty"),
    Kind("Palet kayu", "palet", "H87", 65_000, 260_000, "pinus mahoni ekspor ISPM15 bekas baru", PALLETS),
    Kind("Palet plastik", "palet", "H87", 180_000, 850_000, "bekas baru hygienic biru hitam rak", PALLETS),
    Kind("Peti kayu", "peti-kayu", "H87", 150_000, 2_500_000, "ekspor mesin pinus tutup kuat", PALLETS),
    Kind("Balok kayu", "kayu-olahan", "H87", 18_000, 190_000, "kamper meranti albasia jati kering", ROUNDS),
    Kind("Meja kerja", "mebel", "C62", 450_000, 3_900_000, "kayu besi lipat kantor bengkel"),
    Kind("Boneka", "boneka", "H87", 25_000, 220_000, "maskot beruang promosi custom bordir", MEALS),
    Kind("Mug promosi", "suvenir", "H87", 14_000, 60_000, "keramik sablon logo kotak bunglon", MEALS),
    Kind("Tas spunbond", "tas-promosi", "H87", 2_500, 18_000, "sablon press jahit logo warna", BAGS),
    Kind("Hampers", "hampers", "C62", 120_000, 1_800_000, "lebaran natal rotan kue lengkap"),
    Kind("Jasa kebersihan", "jasa-kebersihan", "MON", 2_500_000, 9_000_000, "kantor pabrik taman harian bulanan"),
    Kind("Sewa truk", "jasa-angkutan", "E54", 350_000, 3_500_000, "engkel fuso pickup box wingbox"),
)

COLOURS = ("hitam", "putih", "biru", "merah", "hijau", "kuning", "abu", "oranye", "coklat", "navy")
GRADES = ("standar", "premium", "ekonomis", "super", "kelas A", "kelas B", "pabrik", "industri", "grosir", "custom")

FIRMS = ("CV", "UD", "PT", "Koperasi", "Toko", "Bengkel", "Konveksi", "Dapur", "Percetakan", "Rumah Produksi")
FAMILIES = (
    *(
        "Maju",
        "Jaya",
        "Berkah",
        "Mulya",
        "Sinar",
        "Karya",
        "Mandiri",
        "Sentosa",
        "Abadi",
        "Makmur",
        "Lestari",
        "Rejeki",
    ),
    *("Putra", "Bersama", "Utama", "Mekar", "Cahaya", "Anugerah", "Sumber", "Tunas", "Harapan", "Bintang", "Surya"),
)

SENTENCES = (
    "{name} untuk kebutuhan pabrik dan gudang, dibuat {firm} dengan bahan pilihan.",
    "Cocok untuk lini produksi, pengemasan, dan pengiriman di kawasan industri Bekasi.",
    "Pesanan dalam jumlah besar dapat dikirim bertahap sesuai jadwal Anda.",
    "Setiap pengiriman diperiksa sebelum berangkat; barang yang cacat kami ganti.",
    "Warna {colour} dan mutu {grade}, contoh barang dapat diminta lebih dulu.",
    "Kami sudah memasok pabrik otomotif, makanan, dan elektronik selama bertahun-tahun.",
    "Harga sudah termasuk pengemasan; ongkos kirim dihitung menurut jarak.",
)
