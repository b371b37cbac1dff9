"""Maps of the Ardane Gulf: one geography, three ways of looking at it."""

from .plate import (
    ASH,
    CREAM,
    INK,
    ITALIC,
    PAPER,
    RED,
    SAND,
    SANS,
    SANS_BOLD,
    SEA,
    SERIF,
    SLATE,
    STONE,
    Plate,
    Point,
    rough,
    smooth,
)

# The gulf opens to the south. Coast from the south-west round the head of the gulf to the south-east.
COAST: list[Point] = [
    *[(430, 1080), (470, 960), (400, 880), (350, 800), (390, 730), (340, 650), (400, 590), (470, 560)],
    *[(520, 500), (610, 480), (680, 500), (760, 470), (840, 500), (890, 560), (960, 590), (990, 660)],
    *[(1060, 700), (1040, 780), (1110, 840), (1100, 920), (1160, 980), (1150, 1080)],
]
ITHEL: list[Point] = [(830, 60), (800, 140), (740, 210), (760, 290), (700, 360), (720, 420), (690, 500)]
OSSARY: list[Point] = [(1400, 250), (1310, 320), (1230, 360), (1180, 440), (1100, 500), (1040, 590), (985, 640)]
WEST_BORDER: list[Point] = [(690, 490), (640, 400), (560, 340), (440, 320), (300, 260), (150, 270), (-20, 230)]
EAST_BORDER: list[Point] = [(690, 490), (790, 400), (900, 340), (1020, 260), (1120, 230), (1210, 150), (1290, -20)]
NORTH_BORDER: list[Point] = [(-20, 120), (160, 110), (330, 70), (520, 90), (640, 30), (700, -20)]
FRONT: list[Point] = [
    *[(1450, 930), (1370, 800), (1290, 690), (1230, 600), (1190, 540), (1160, 490), (1135, 440)],
    *[(1095, 380), (1068, 310), (1058, 262)],
]
ISLANDS = [
    (640, 830, 26),
    (690, 860, 15),
    (610, 880, 12),
    (720, 900, 20),
    (770, 880, 10),
    (680, 930, 13),
    (760, 950, 16),
]
RANGE: list[Point] = [
    (1040, 320),
    (1120, 290),
    (1180, 240),
    (1250, 260),
    (1330, 190),
    (1400, 160),
    (1480, 210),
    (1560, 150),
]

CITIES = {
    "Orvane": (392, 640, "r"), "Senn": (1035, 745, "l"), "Tolmar": (1120, 500, "r"), "Brask": (770, 300, "l"),
    "Imbre": (560, 180, "l"), "Staithe": (640, 830, "l"), "Upper Keld": (1040, 262, "l"), "Haverlund": (250, 60, "l"),
}  # fmt: skip
CAPITALS = {"Orvane", "Senn", "Imbre", "Haverlund", "Staithe"}


def _view(points: list[Point], centre: Point, zoom: float) -> list[Point]:
    return [(800 + (x - centre[0]) * zoom, 500 + (y - centre[1]) * zoom) for x, y in points]


class Chart:
    """A map in the making: the land, the water, the names, seen from `centre` at `zoom`."""

    def __init__(self, width: int, seed: str, centre: Point = (800, 500), zoom: float = 1.0) -> None:
        self.plate, self.centre, self.zoom = Plate(width, seed, SEA), centre, zoom
        self.coast = self.seen(rough(smooth(COAST, steps=3), self.plate.dice, 9, 3))

    def seen(self, points: list[Point]) -> list[Point]:
        """The points where they stand on the sheet."""
        return _view(points, self.centre, self.zoom)

    def land(self) -> None:
        """Sea with water-lining, land, islands."""
        plate, land = self.plate, [*self.coast, (3400, 2400), (3400, -1400), (-1800, -1400), (-1800, 2400)]
        for reach in (44, 30, 18, 9):
            plate.line(self.coast, reach * 2, _between(SEA, SLATE, 0.05 + 0.22 * (44 - reach) / 44))
            plate.line(self.coast, reach * 2 - 2.4, SEA)
        islands = [self._island(x, y, size) for x, y, size in ISLANDS]
        for island in islands:
            plate.area(island, SEA, SLATE, 9)
            plate.area(island, SEA, SEA, 7)
        plate.area(land, CREAM)
        plate.line(self.coast, 2.4, INK)
        for island in islands:
            plate.area(island, CREAM, INK, 1.8)

    def _island(self, x: float, y: float, size: float) -> list[Point]:
        corners = [(x - size, y), (x, y - size * 0.6), (x + size, y + 2), (x + 2, y + size * 0.7)]
        return self.seen(rough([*smooth(corners, closed=True, steps=3), corners[0]], self.plate.dice, size / 4, 1))

    def rivers(self) -> None:
        """The Ithel and the Ossary, wider towards the mouth."""
        for course in (ITHEL, OSSARY):
            points = self.seen(rough(smooth(course, steps=3), self.plate.dice, 6, 2))
            third = len(points) // 3
            for start, width in ((0, 2.2), (third, 3.2), (third * 2, 4.4)):
                self.plate.line(points[start:], width * self.zoom**0.3, SLATE)

    def borders(self) -> None:
        """The frontiers, as dot and dash over a pale band."""
        for border in (WEST_BORDER, EAST_BORDER, NORTH_BORDER):
            points = self.seen(rough(smooth(border, steps=3), self.plate.dice, 5, 2))
            self.plate.line(points, 9, SAND)
            self.plate.dashes(points, 2, ASH, 16, 8)

    def mountains(self) -> None:
        """Hachures down both sides of the range."""
        ridge = rough(smooth(RANGE, steps=4), self.plate.dice, 10, 2)
        for row in range(-2, 4):
            taken = ridge[abs(row) * 5 + self.plate.dice.randrange(6) : len(ridge) - abs(row) * 3]
            for x, y in self.seen([(x, y + row * 26) for x, y in taken]):
                length = self.plate.dice.uniform(10, 24) * self.zoom**0.5
                lean = self.plate.dice.uniform(2, 8)
                dx = self.plate.dice.uniform(-6, 6)
                self.plate.line([(x + dx, y), (x + dx - lean, y + length)], 1.1, ASH)
                self.plate.line([(x + dx, y), (x + dx + lean * 0.8, y + length * 0.55)], 1.1, STONE)

    def names(self, *names: str) -> None:
        """Towns: a ring for a capital, a dot for the others."""
        for name in names:
            x, y, side = CITIES[name]
            ((x, y),) = self.seen([(x, y)])
            self.plate.disc(x, y, 7, PAPER, INK, 2.4)
            if name not in CAPITALS:
                self.plate.disc(x, y, 4, INK)
            shift = 14 if side == "l" else -14
            self.plate.text(x + shift, y + 8, name, 26, INK, SANS_BOLD, side + "s", halo=CREAM)

    def region(self, x: float, y: float, words: str, size: float = 34) -> None:
        """The name of a country, letterspaced."""
        ((x, y),) = self.seen([(x, y)])
        self.plate.text(x, y, words.upper(), size, ASH, SERIF, "mm", spaced=size * 0.28)

    def water(self, x: float, y: float, *lines: str, size: float = 34) -> None:
        """The name of a water."""
        ((x, y),) = self.seen([(x, y)])
        for row, words in enumerate(lines):
            self.plate.text(x, y + row * size * 1.15, words, size, SLATE, ITALIC, "mm")

    def bar(self, kilometres: int, x: float = 70, y: float = 935) -> None:
        """The scale: one unit of the geography is half a kilometre."""
        length = kilometres * 2 * self.zoom
        self.plate.box(x - 22, y - 44, x + length + 60, y + 24, PAPER, STONE, 1.2)
        self.plate.line([(x, y), (x + length, y)], 3)
        for at in (0, length / 2, length):
            self.plate.line([(x + at, y - 7), (x + at, y + 7)], 2.4)
        self.plate.text(x, y - 15, f"{kilometres} km", 20, INK, SANS)

    def frame(self) -> None:
        """The neat line."""
        self.plate.box(7, 7, 1593, 993, None, PAPER, 28)
        self.plate.box(22, 22, 1578, 978, None, INK, 1.6)


def _between(one, other, share):
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def gulf(width: int):
    """The five states."""
    chart = Chart(width, "gulf")
    chart.land()
    chart.borders()
    chart.mountains()
    chart.rivers()
    chart.region(230, 450, "Kestria")
    chart.region(360, 200, "Selmora")
    chart.region(1330, 800, "Adarra")
    chart.region(520, 45, "Ostmere", 26)
    chart.water(700, 640, "Ardane", "Gulf", size=44)
    chart.water(860, 200, "Ithel", size=26)
    chart.names("Orvane", "Senn", "Tolmar", "Brask", "Imbre", "Upper Keld", "Haverlund")
    chart.plate.text(790, 845, "Merrow Islands", 24, INK, SANS_BOLD, "ls", halo=SEA)
    ((x, y),) = chart.seen([(1330, 330)])
    chart.plate.text(x, y, "Corrin Highlands", 28, INK, ITALIC, "mm", halo=CREAM)
    chart.bar(100)
    chart.frame()
    return chart.plate.finished()


def front(width: int):
    """Tolmar and the highlands: who holds what."""
    chart = Chart(width, "front", centre=(1150, 490), zoom=1.62)
    chart.land()
    held = chart.seen(
        [*smooth(FRONT, steps=6), (1058, 250), (1120, 232), (1210, 150), (1290, -20), (1900, -20), (1900, 930)]
    )
    chart.plate.hatch(held, 9, 1.3, -45, (214, 158, 146))
    chart.borders()
    chart.mountains()
    chart.rivers()
    line = chart.seen(smooth(FRONT, steps=8))
    chart.plate.line(line, 9, CREAM)
    chart.plate.line(line, 5, RED)
    for (x, y), (u, v) in zip(line[2::5], line[3::5], strict=False):
        length = max(1.0, ((u - x) ** 2 + (v - y) ** 2) ** 0.5)
        nx, ny = (v - y) / length, -(u - x) / length
        tooth = [(x, y), ((x + u) / 2 + nx * 17, (y + v) / 2 + ny * 17), (u, v)]
        chart.plate.area(tooth, RED)
    chart.water(880, 660, "Ardane", "Gulf", size=42)
    chart.region(1200, 700, "Adarra", 38)
    chart.region(860, 250, "Selmora", 34)
    chart.water(1275, 318, "Ossary", size=30)
    chart.names("Senn", "Tolmar")
    for at, words in (((1330, 420), "Held by the Corrin"), ((1330, 440), "Liberation Army")):
        ((x, y),) = chart.seen([at])
        chart.plate.text(x, y, words, 28, RED, SANS_BOLD, "mm", halo=CREAM)
    ((x, y),) = chart.seen([(1058, 256)])
    chart.plate.disc(x, y, 6, INK)
    chart.plate.text(x - 14, y + 2, "Keld Pass", 26, INK, ITALIC, "rs", halo=CREAM)
    chart.bar(50)
    chart.frame()
    return chart.plate.finished()


def route(width: int):
    """By rail from Haverlund to Brask, by road to the pass."""
    chart = Chart(width, "route", centre=(640, 260), zoom=1.5)
    chart.land()
    chart.borders()
    chart.mountains()
    chart.rivers()
    rail = chart.seen(smooth([(250, 60), (340, 120), (450, 140), (560, 180), (660, 250), (770, 300)], steps=8))
    road = chart.seen(smooth([(770, 300), (850, 280), (930, 290), (990, 260), (1040, 262)], steps=8))
    chart.plate.line(rail, 11, CREAM)
    chart.plate.line(rail, 5, RED)
    for (x, y), (u, v) in zip(rail[::2], rail[1::2], strict=False):
        length = max(1.0, ((u - x) ** 2 + (v - y) ** 2) ** 0.5)
        nx, ny = -(v - y) / length * 9, (u - x) / length * 9
        chart.plate.line([(x - nx, y - ny), (x + nx, y + ny)], 2.4, RED)
    chart.plate.line(road, 11, CREAM)
    chart.plate.dashes(road, 5, RED, 16, 10)
    chart.region(300, 210, "Selmora", 40)
    chart.region(520, 30, "Ostmere", 32)
    chart.region(960, 480, "Adarra", 36)
    chart.region(320, 420, "Kestria", 36)
    chart.water(700, 560, "Ardane Gulf", size=34)
    chart.water(860, 130, "Ithel", size=26)
    chart.names("Haverlund", "Imbre", "Brask", "Upper Keld")
    ((x, y),) = chart.seen([(420, 100)])
    chart.plate.text(x, y, "by rail, 420 km", 25, RED, SANS_BOLD, "mm", halo=CREAM)
    ((x, y),) = chart.seen([(905, 325)])
    chart.plate.text(x, y, "by road, 150 km", 25, RED, SANS_BOLD, "mm", halo=CREAM)
    chart.bar(100)
    chart.frame()
    return chart.plate.finished()


def hospital_plan(width: int):
    """St Orrin's and the bearing of the two aircraft."""
    plate = Plate(width, "plan", PAPER)
    plate.rules(40, 960, (9, 9), (238, 232, 222), 1, 0)
    for left, top, right, bottom in (
        (90, 90, 420, 260),
        (90, 330, 300, 640),
        (90, 720, 470, 900),
        (1200, 90, 1510, 300),
        (1280, 380, 1510, 640),
        (1120, 740, 1510, 900),
        (560, 780, 980, 900),
    ):
        plate.box(left, top, right, bottom, SAND, STONE, 1.6)
        plate.hatch([(left, top), (right, top), (right, bottom), (left, bottom)], 12, 1, 45, STONE)
    wing = [(520, 320), (900, 320), (900, 420), (640, 420), (640, 520), (900, 520), (900, 620), (520, 620)]
    plate.area(wing, CREAM, INK, 4)
    surgical = [(900, 320), (1120, 320), (1120, 620), (900, 620), (900, 520), (1010, 520), (1010, 420), (900, 420)]
    plate.area(surgical, (236, 208, 200), INK, 4)
    plate.hatch(surgical, 9, 1.4, -45, RED)
    for x, y, words in ((1010, 360, "7.52pm"), (1060, 570, "8.03pm")):
        plate.line([(x - 90, 60), (x, y)], 9, PAPER)
        plate.dashes([(x - 90, 60), (x, y)], 4, RED, 22, 10)
        plate.disc(x, y, 26, PAPER, RED, 5)
        plate.disc(x, y, 9, RED)
        plate.text(x + 40, y + 9, words, 28, INK, SANS_BOLD, halo=PAPER)
    plate.text(700, 480, "Yard", 30, ASH, ITALIC, "lm")
    plate.text(540, 375, "East wing", 26, INK, SANS, "ls")
    plate.text(1136, 470, "Surgical", 28, RED, SANS_BOLD, halo=PAPER)
    plate.text(1136, 504, "wing", 28, RED, SANS_BOLD, halo=PAPER)
    plate.text(1300, 500, "School", 26, INK, SANS_BOLD, "ls", halo=SAND)
    plate.text(1300, 534, "(command post)", 24, INK, SANS, "ls", halo=SAND)
    plate.text(760, 705, "Granary Street", 30, ASH, ITALIC, "mm", halo=PAPER)
    plate.text(870, 60, "from the north", 26, RED, ITALIC, "rs", halo=PAPER)
    plate.line([(1500, 985), (1500, 935)], 3)
    plate.area([(1490, 940), (1500, 915), (1510, 940)], INK)
    plate.text(1474, 962, "N", 26, INK, SANS_BOLD, "ms")
    plate.line([(90, 955), (390, 955)], 3)
    plate.text(90, 942, "50 m", 22, INK, SANS)
    return plate.finished()
