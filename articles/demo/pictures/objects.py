"""Line drawings of things: a banknote, vials, a lamp, the table, an aircraft on the drawing board."""

import math

from .plate import ASH, CREAM, INK, ITALIC, PAPER, RED, SAND, SANS, SERIF_BOLD, SLATE, STONE, Plate, Point


def _rosette(plate: Plate, x: float, y: float, radius: float, petals: int, colour, turns: int = 9) -> None:
    """Guilloche: the same wavy ring again and again, each a little turned."""
    for turn in range(turns):
        phase = turn / turns * 2 * math.pi
        ring: list[Point] = []
        for step in range(721):
            angle = step / 720 * 2 * math.pi
            reach = radius * (0.72 + 0.26 * math.cos(petals * angle + phase))
            ring.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
        plate.line(ring, 1.0, colour)


def _band(plate: Plate, top: float, bottom: float, left: float, right: float, colour, strands: int = 8) -> None:
    middle, half = (top + bottom) / 2, (bottom - top) / 2
    for strand in range(strands):
        phase = strand / strands * 2 * math.pi
        points = [
            (x, middle + half * math.sin(x / 37 + phase) * math.cos(x / 211 + phase / 2))
            for x in range(int(left), int(right) + 1, 4)
        ]
        plate.line(points, 1.0, colour)


def banknote(width: int):
    """Fifty sarr, with the bridge at Senn."""
    plate = Plate(width, "banknote", SAND)
    plate.rules(0, 1000, (11, 11), STONE, 1.0, 0)
    plate.area([(150, 236), (1486, 196), (1508, 822), (172, 862)], (150, 138, 124))
    plate.box(120, 190, 1480, 830, PAPER, INK, 3)
    plate.box(142, 212, 1458, 808, None, INK, 1.4)
    _band(plate, 222, 282, 150, 1450, (196, 130, 112))
    _band(plate, 738, 798, 150, 1450, (196, 130, 112))
    _rosette(plate, 330, 524, 186, 12, SLATE, 10)
    _rosette(plate, 330, 524, 122, 8, RED, 8)
    _rosette(plate, 1290, 510, 140, 16, SLATE, 9)
    plate.disc(330, 524, 76, PAPER, INK, 2.4)
    plate.text(330, 530, "50", 92, INK, SERIF_BOLD, "mm")
    plate.text(1290, 516, "50", 72, RED, SERIF_BOLD, "mm", halo=PAPER)
    _engraved_bridge(plate, 560, 1120, 640)
    plate.text(840, 352, "FIFTY SARR", 46, INK, SERIF_BOLD, "mm", spaced=12)
    plate.text(840, 398, "Bank of the Republic of Adarra", 28, ASH, ITALIC, "mm")
    plate.text(1210, 712, "KC 4471902", 34, RED, SANS, "ls", spaced=3)
    plate.text(176, 322, "KC 4471902", 34, RED, SANS, "ls", spaced=3)
    plate.dashes([(1190, 192), (1190, 828)], 5, STONE, 22, 12)
    return plate.finished()


def _engraved_bridge(plate: Plate, left: float, right: float, water: float) -> None:
    plate.rules(440, 560, (7, 9), STONE, 1.0, 0.4, left, right)
    plate.area([(left, 560), ((left + right) / 2, 520), (right, 560), (right, water), (left, water)], PAPER, INK, 2.2)
    span = (right - left) / 4
    for index in range(4):
        middle = left + span * (index + 0.5)
        arch = [
            (middle + span * 0.4 * math.cos(math.radians(a)), water - 70 * math.sin(math.radians(a)))
            for a in range(0, 181, 6)
        ]
        plate.area(arch, (92, 80, 69), INK, 2)
        plate.hatch(arch, 5, 1.4, 90)
    plate.hatch([(left, 570), (right, 570), (right, water), (left, water)], 5, 0.8, 90, ASH)
    plate.rules(water, water + 64, (5, 10), SLATE, 1.3, 0.8, left, right)


def vials(width: int):
    """Vaccine in rows, one stopper of another colour."""
    plate = Plate(width, "vials", PAPER)
    plate.box(0, 640, 1600, 1000, SAND)
    plate.hatch([(0, 640), (1600, 640), (1600, 1000), (0, 1000)], 9, 1.0, 0, STONE, 2)
    plate.rules(0, 640, (16, 16), (236, 228, 216), 1.2, 0)
    for row, (ground, size) in enumerate(((560, 0.72), (690, 0.92), (870, 1.18))):
        step = 190 * size
        count = int(1500 / step) + 1
        start = 800 - step * (count - 1) / 2
        for index in range(count):
            _vial(plate, start + step * index, ground, size, row == 2 and index == count // 2 + 1)
    return plate.finished()


def _vial(plate: Plate, x: float, ground: float, size: float, marked: bool) -> None:
    def at(dx: float, dy: float) -> Point:
        return x + dx * size, ground - dy * size

    plate.hatch([at(10, 4), at(160, -20), at(150, -46), at(-20, -22)], 5, 1.3, 4, ASH)
    body = [
        at(-56, 0),
        at(56, 0),
        at(60, 20),
        at(60, 190),
        at(34, 228),
        at(34, 252),
        at(-34, 252),
        at(-34, 228),
        at(-60, 190),
        at(-60, 20),
    ]
    plate.area(body, PAPER, INK, 2.8)
    plate.area([at(-57, 4), at(57, 4), at(57, 118), at(-57, 118)], (222, 228, 226))
    plate.line([at(-57, 118), at(57, 118)], 1.8)
    plate.hatch([at(22, 4), at(58, 4), at(58, 190), at(34, 226), at(22, 226)], 6, 1.1, 90, ASH)
    plate.area([at(-60, 48), at(60, 48), at(60, 156), at(-60, 156)], CREAM, INK, 1.8)
    for dy, reach in ((136, 40), (116, 30), (98, 36), (80, 22)):
        plate.line([at(-46, dy), at(-46 + reach * 1.9, dy)], 3.4 if dy == 136 else 1.8, INK if dy == 136 else ASH)
    plate.area([at(-42, 250), at(42, 250), at(42, 284), at(-42, 284)], RED if marked else STONE, INK, 2.6)
    plate.hatch([at(8, 250), at(42, 250), at(42, 284), at(8, 284)], 5, 1.2, 90)
    plate.line([at(-46, 20), at(-46, 190)], 3.4, PAPER)


def lamp(width: int):
    """An operating lamp over a laundry table."""
    plate = Plate(width, "lamp", (60, 50, 42))
    plate.hatch([(0, 0), (1600, 0), (1600, 1000), (0, 1000)], 8, 2, 90, (46, 37, 30), 2)
    cone = [(640, 330), (960, 330), (1480, 860), (120, 860)]
    plate.area(cone, (226, 214, 194))
    plate.hatch(cone, 12, 1.0, 78, (204, 188, 164))
    plate.area([(700, 330), (900, 330), (1190, 860), (410, 860)], (243, 235, 220))
    plate.line([(800, -20), (800, 130)], 12, STONE)
    plate.arc((620, 60, 980, 280), 180, 360, 10, STONE)
    dish = [(800 + 230 * math.cos(math.radians(a)), 320 - 170 * math.sin(math.radians(a))) for a in range(0, 181, 4)]
    plate.area(dish, STONE, INK, 4)
    plate.hatch(dish[: len(dish) // 2], 6, 1.4, 70)
    plate.area([(560, 314), (1040, 314), (1020, 346), (580, 346)], PAPER, INK, 3)
    for x in range(620, 1000, 60):
        plate.disc(x, 332, 15, PAPER, RED, 3)
    plate.area([(200, 800), (1400, 800), (1500, 880), (100, 880)], PAPER, INK, 4)
    plate.hatch([(200, 800), (1400, 800), (1500, 880), (100, 880)], 12, 1.0, 3, STONE)
    plate.area([(100, 880), (1500, 880), (1500, 910), (100, 910)], SAND, INK, 3)
    for x in (190, 1400):
        plate.box(x, 910, x + 30, 1010, (32, 25, 20))
    _instruments(plate)
    return plate.finished()


def _instruments(plate: Plate) -> None:
    plate.area([(500, 800), (560, 742), (960, 736), (1050, 800)], (232, 226, 214), INK, 3)
    for x in range(580, 980, 44):
        plate.line([(x, 742), (x + 20, 800)], 1.4, ASH)
    plate.disc(1180, 826, 40, CREAM, INK, 3)
    plate.disc(1180, 826, 24, None, ASH, 2)
    line = [
        (
            1180 + (24 + a / 12) * math.cos(math.radians(a * 7)),
            826 + (24 + a / 12) * 0.8 * math.sin(math.radians(a * 7)),
        )
        for a in range(0, 220, 2)
    ]
    plate.line(line, 1.6, RED)
    for x in (300, 350, 400):
        plate.line([(x, 826), (x + 70, 860)], 5, ASH)
        plate.disc(x - 4, 823, 9, None, INK, 3)


def table(width: int):
    """The long table in the old customs house, nobody at it."""
    plate = Plate(width, "table")
    plate.box(0, 0, 1600, 560, SAND)
    plate.hatch([(0, 0), (1600, 0), (1600, 560), (0, 560)], 9, 1.0, 90, STONE)
    for x in (180, 610, 1040):
        plate.box(x, 60, x + 360, 470, PAPER, INK, 4)
        plate.rules(70, 330, (8, 13), STONE, 1.1, 1, x + 8, x + 330)
        plate.area([(x + 4, 390), (x + 120, 350), (x + 240, 376), (x + 356, 340), (x + 356, 466), (x + 4, 466)], STONE)
        plate.hatch(
            [(x + 4, 390), (x + 120, 350), (x + 240, 376), (x + 356, 340), (x + 356, 466), (x + 4, 466)],
            7,
            1.1,
            0,
            SLATE,
        )
        plate.line([(x + 180, 60), (x + 180, 470)], 6)
        plate.line([(x, 240), (x + 360, 240)], 4)
        plate.box(x - 14, 470, x + 374, 490, PAPER, INK, 3)
    plate.hatch([(0, 560), (1600, 560), (1600, 1000), (0, 1000)], 14, 1.2, 2, ASH, 2)
    for x in (250, 470, 690, 910, 1130, 1350):
        _chair(plate, x, 560, 0.8)
    plate.area([(190, 600), (1410, 600), (1580, 820), (20, 820)], (122, 104, 88), INK, 4)
    plate.hatch([(190, 600), (1410, 600), (1580, 820), (20, 820)], 6, 1.2, 0, (84, 68, 55), 2)
    plate.box(20, 820, 1580, 858, (84, 68, 55), INK, 3)
    plate.dashes([(800, 600), (800, 820)], 4, RED, 20, 12)
    for x, y, lean in (
        (360, 640, -10),
        (560, 650, 8),
        (1000, 646, -6),
        (1210, 640, 12),
        (300, 730, 14),
        (1260, 736, -12),
    ):
        plate.area([(x, y), (x + 96, y - 3), (x + 106 + lean, y + 44), (x + lean, y + 48)], PAPER, INK, 2)
        for row in range(4):
            plate.line([(x + 14, y + 9 + row * 8), (x + 80 - row * 7, y + 7 + row * 8)], 1.4, ASH)
    for x in (500, 700, 900, 1130):
        plate.area([(x, 752), (x + 34, 752), (x + 29, 796), (x + 5, 796)], (222, 228, 226), INK, 2.2)
    for x in (120, 480, 1020, 1360):
        _chair(plate, x, 1040, 1.5)
    return plate.finished()


def _chair(plate: Plate, x: float, ground: float, size: float) -> None:
    half = 62 * size
    plate.box(x - half, ground - 170 * size, x + half, ground - 40 * size, STONE if size < 1 else (92, 80, 69), INK, 3)
    plate.hatch(
        [
            (x - half, ground - 170 * size),
            (x + half, ground - 170 * size),
            (x + half, ground - 40 * size),
            (x - half, ground - 40 * size),
        ],
        6,
        1.2,
        45,
    )
    plate.box(x - half + 14, ground - 154 * size, x + half - 14, ground - 76 * size, RED if size > 1 else SAND, INK, 2)
    for side in (-1, 1):
        plate.line([(x + side * half, ground - 176 * size), (x + side * half, ground + 40)], 7 * size)


def drone_plan(width: int):
    """A survey aircraft as on the drawing board, its engine in red."""
    plate = Plate(width, "drone-plan", PAPER)
    for at in range(0, 1601, 40):
        plate.line([(at, 0), (at, 1000)], 1.0 if at % 200 else 1.8, (234, 227, 215))
        plate.line([(0, at), (1600, at)], 1.0 if at % 200 else 1.8, (234, 227, 215))
    wing = [
        (700, 390),
        (800, 372),
        (900, 390),
        (1450, 470),
        (1450, 512),
        (900, 520),
        (700, 520),
        (150, 512),
        (150, 470),
    ]
    plate.area(wing, CREAM, INK, 3.4)
    plate.hatch(wing, 9, 1.0, 90, STONE)
    for x in range(200, 1450, 70):
        plate.dashes([(x, 440), (x, 512)], 1.4, ASH, 8, 6)
    plate.area([(760, 210), (800, 180), (840, 210), (848, 520), (826, 760), (774, 760), (752, 520)], PAPER, INK, 3.4)
    plate.hatch([(806, 210), (840, 210), (848, 520), (826, 760), (806, 760)], 6, 1.1, 90, ASH)
    plate.area([(620, 760), (980, 760), (1000, 800), (980, 812), (620, 812), (600, 800)], CREAM, INK, 3)
    engine = [(764, 560), (836, 560), (832, 690), (768, 690)]
    plate.area(engine, RED, INK, 3)
    for y in range(574, 690, 16):
        plate.line([(758, y), (842, y)], 3, INK)
    plate.disc(800, 300, 26, SAND, INK, 3)
    plate.disc(800, 300, 10, INK)
    plate.line([(690, 836), (910, 836)], 7)
    for x, y, end, words, side in (
        (836, 630, 1120, "engine, 2.4 kW", "ls"),
        (826, 300, 1120, "camera", "ls"),
        (760, 450, 420, "autopilot board", "rs"),
    ):
        top = y - 70 if side == "ls" else y - 130
        plate.line(
            [(x, y), (end, top), (end + (220 if side == "ls" else -240), top)], 2, RED if "engine" in words else INK
        )
        plate.text(
            end + (8 if side == "ls" else -8), top - 12, words, 32, RED if "engine" in words else INK, ITALIC, side
        )
    plate.line([(150, 900), (1450, 900)], 2)
    for x in (150, 1450):
        plate.line([(x, 880), (x, 920)], 2)
    plate.text(800, 892, "3,100 mm", 28, INK, SANS, "ms", halo=PAPER)
    plate.box(40, 40, 1560, 960, None, INK, 2)
    return plate.finished()
