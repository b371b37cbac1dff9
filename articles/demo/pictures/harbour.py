"""Line drawings by the water: cranes, a ferry, the bridge at Tolmar."""

import math

from .plate import ASH, CREAM, INK, PAPER, RED, SAND, SLATE, STONE, Plate, Point, rough


def _glitter(plate: Plate, top: float, bottom: float, colour=ASH, count: int = 420) -> None:
    """Short level strokes, longer and further apart towards the eye."""
    for _number in range(count):
        depth = plate.dice.random() ** 1.4
        y = top + (bottom - top) * depth
        x, length = plate.dice.uniform(-40, 1640), 14 + 90 * depth * plate.dice.random()
        plate.line([(x, y), (x + length, y + plate.dice.uniform(-1, 1))], 0.9 + 1.4 * depth, colour)


def cranes(width: int):
    """Ship-to-shore cranes at dusk."""
    plate = Plate(width, "cranes", (240, 226, 212))
    plate.rules(0, 700, (15, 6), (206, 178, 160), 1.1, 1.4)
    plate.disc(1130, 585, 96, RED)
    plate.rules(500, 690, (9, 7), (240, 226, 212), 2.2, 0.6, 1020, 1240)
    hills = rough(
        [(-20, 690), (180, 640), (420, 668), (660, 628), (930, 672), (1250, 640), (1620, 676)], plate.dice, 14, 4
    )
    plate.area([*hills, (1620, 720), (-20, 720)], STONE)
    plate.hatch([*hills, (1620, 720), (-20, 720)], 6, 1.2, 90, ASH)
    plate.box(0, 706, 1600, 1000, (214, 204, 192))
    _glitter(plate, 715, 1000, SLATE, 620)
    for _number in range(46):
        y = plate.dice.uniform(712, 930)
        half = 30 + (y - 700) * 0.35 * plate.dice.random()
        plate.line([(1130 - half, y), (1130 + half, y)], 3, RED)
    _crane(plate, 250, 735, 1.0)
    _crane(plate, 560, 728, 0.82)
    _crane(plate, 800, 722, 0.66)
    _ship(plate)
    plate.box(-10, 735, 660, 790, INK)
    plate.box(-10, 720, 900, 742, INK)
    for x in range(20, 660, 46):
        plate.line([(x, 788), (x, 850)], 7)
    plate.hatch([(0, 790), (660, 790), (560, 900), (0, 900)], 6, 1.6, 0, INK)
    return plate.finished()


def _crane(plate: Plate, x: float, ground: float, size: float) -> None:
    def at(dx: float, dy: float) -> Point:
        return x + dx * size, ground - dy * size

    heavy, light = 8 * size, 3.4 * size
    for dx in (-90, 90):
        plate.line([at(dx, 0), at(dx * 0.82, 420)], heavy)
    plate.line([at(-86, 130), at(86, 130)], heavy)
    plate.line([at(-82, 300), at(82, 300)], heavy)
    plate.line([at(-86, 130), at(78, 300)], light)
    plate.line([at(86, 130), at(-78, 300)], light)
    plate.line([at(-190, 420), at(470, 420)], heavy)
    plate.line([at(-190, 404), at(470, 404)], light)
    for dx in range(-180, 470, 40):
        plate.line([at(dx, 404), at(dx + 20, 420)], light * 0.7)
    plate.line([at(-20, 420), at(10, 590), at(40, 420)], heavy * 0.8)
    for dx in (-180, 250, 460):
        plate.line([at(10, 588), at(dx, 420)], light)
    plate.area([at(-190, 400), at(-100, 400), at(-100, 452), at(-190, 452)], INK)
    plate.area([at(210, 402), at(262, 402), at(262, 366), at(210, 366)], INK)
    plate.line([at(224, 366), at(224, 250)], light * 0.6)
    plate.line([at(248, 366), at(248, 250)], light * 0.6)
    plate.area([at(196, 250), at(276, 250), at(276, 214), at(196, 214)], RED, INK, 2)


def _ship(plate: Plate) -> None:
    hull = [(820, 740), (1500, 740), (1560, 690), (1566, 760), (1530, 820), (880, 820)]
    plate.area(hull, INK)
    plate.area([(868, 802), (1536, 802), (1530, 820), (880, 820)], RED)
    for row, (start, stop) in enumerate(((900, 1340), (900, 1340), (946, 1290))):
        for x in range(start, stop, 46):
            top = 714 - row * 27
            plate.box(x, top, x + 44, top + 26, (SAND, STONE, ASH)[(x // 46 + row) % 3], INK, 1.6)
    plate.box(1372, 600, 1462, 742, PAPER, INK, 2.4)
    for y in (620, 652, 684):
        plate.box(1382, y, 1452, y + 12, INK)
    plate.box(1396, 560, 1430, 600, INK)
    plate.hatch([(880, 822), (1530, 822), (1500, 900), (900, 900)], 7, 2, 0, INK, 3)


def ferry(width: int):
    """The Lady Aveline on a winter sea."""
    plate = Plate(width, "ferry", (236, 230, 220))
    plate.rules(0, 560, (7, 11), STONE, 1.2, 5)
    plate.hatch([(900, 0), (1600, 0), (1600, 330), (1240, 250)], 9, 1.3, 62, STONE)
    plate.hatch([(-10, 120), (360, 0), (700, 0), (140, 420), (-10, 470)], 10, 1.2, 58, STONE)
    plate.box(0, 600, 1600, 1000, (205, 208, 204))
    hull = [(330, 560), (1260, 560), (1370, 470), (1330, 640), (1270, 690), (400, 690), (352, 640)]
    plate.area(hull, INK)
    plate.area([(352, 618), (1338, 618), (1332, 634), (354, 634)], RED)
    plate.area([(352, 560), (400, 470), (1190, 470), (1262, 560)], PAPER, INK, 3)
    plate.area([(450, 470), (480, 390), (1080, 390), (1120, 470)], PAPER, INK, 3)
    plate.area([(850, 390), (868, 330), (1020, 330), (1050, 390)], PAPER, INK, 3)
    for x in range(424, 1180, 44):
        plate.box(x, 498, x + 24, 524, INK)
    for x in range(500, 1060, 44):
        plate.box(x, 418, x + 26, 440, INK)
    plate.box(884, 350, 1014, 370, INK)
    plate.hatch([(352, 560), (400, 470), (640, 470), (600, 560)], 7, 1.1, 60, ASH)
    plate.hatch([(450, 470), (480, 390), (700, 390), (680, 470)], 7, 1.1, 60, ASH)
    plate.area([(600, 390), (616, 286), (700, 286), (716, 390)], RED, INK, 3)
    plate.box(614, 286, 702, 308, INK)
    for share in range(7):
        x, y = 640 - share * 62, 270 - share * 13
        plate.arc((x - 50 - share * 9, y - 38, x + 60, y + 34), 160, 380, 2, ASH)
    plate.line([(940, 330), (940, 230)], 4)
    plate.line([(940, 240), (1366, 468)], 1.4)
    plate.line([(940, 240), (420, 470)], 1.4)
    plate.area([(1262, 560), (1370, 470), (1352, 548), (1300, 610)], STONE, INK, 3)
    plate.hatch([(1262, 560), (1370, 470), (1352, 548), (1300, 610)], 6, 1.4, 90)
    for row in range(13):
        _wave(plate, 622 + row * 30 + row * row * 0.4, 14 + row * 3.2, 86 + row * 15, 1.4 + row * 0.16)
    return plate.finished()


def _wave(plate: Plate, y: float, height: float, length: float, width: float) -> None:
    """A row of cusped crests, filled so that it covers what is behind."""
    shift = plate.dice.uniform(0, length)
    crest = [(x, y - height * abs(math.sin((x + shift) / length * math.pi)) ** 1.7) for x in range(-20, 1640, 6)]
    plate.area([*crest, (1640, y + 60), (-20, y + 60)], (214, 216, 211))
    plate.line(crest, width, INK)
    for offset in (9, 18):
        plate.line([(x, cy + offset + height * 0.2) for x, cy in crest], 0.9, SLATE)


def bridge(width: int):
    """Sarn bridge, with people on it."""
    plate = Plate(width, "bridge")
    plate.rules(0, 520, (7, 14), STONE, 1.0, 1.3)
    town = [(-10, 560)]
    x = -10
    while x < 1610:
        step, high = plate.dice.uniform(34, 84), plate.dice.uniform(396, 496)
        town += [(x, high), (x + step * 0.5, high - plate.dice.uniform(0, 34)), (x + step, high)]
        x += step
    plate.area([*town, (1610, 560)], SAND, ASH, 1.6)
    plate.hatch([*town, (1610, 560)], 7, 1.0, 90, STONE)
    for x, high in ((360, 300), (1210, 330)):
        plate.area([(x - 20, 560), (x - 20, high + 70), (x, high), (x + 20, high + 70), (x + 20, 560)], SAND, ASH, 1.8)
        plate.hatch([(x, 560), (x, high), (x + 20, high + 70), (x + 20, 560)], 5, 1.2, 90, ASH)
    plate.box(0, 640, 1600, 1000, (212, 214, 208))
    _glitter(plate, 660, 1000, SLATE, 520)
    deck = [(-20, 610), (800, 540), (1620, 610), (1620, 700), (-20, 700)]
    plate.area(deck, PAPER)
    for left, right in ((20, 380), (430, 770), (830, 1170), (1220, 1580)):
        middle, half = (left + right) / 2, (right - left) / 2
        hole = [
            (middle + half * math.cos(math.radians(a)), 790 - 170 * math.sin(math.radians(a))) for a in range(0, 181, 5)
        ]
        under = [(px, py) for px, py in hole]
        plate.area([(left - 50, 600), (right + 50, 600), (right + 50, 790), *under, (left - 50, 790)], PAPER)
        plate.line(hole, 3)
        plate.line([(middle + (px - middle) * 1.07, 790 + (py - 790) * 1.09) for px, py in hole], 1.3, ASH)
    for x in (-6, 405, 800, 1195, 1600):
        pier = [(x - 26, 640), (x + 26, 640), (x + 34, 830), (x, 856), (x - 34, 830)]
        plate.area(pier, PAPER, INK, 2.6)
        plate.hatch([(x, 640), (x + 26, 640), (x + 34, 830), (x, 856)], 6, 1.2, 90)
    for y in (0, 26):
        plate.line([(-20, 612 + y), (800, 542 + y), (1620, 612 + y)], 3 if y == 0 else 1.6)
    plate.hatch([(840, 580), (1600, 640), (1600, 690), (840, 640)], 9, 1.0, 90, STONE)
    _walkers(plate)
    return plate.finished()


def _walkers(plate: Plate) -> None:
    """A line of people with what they could carry, going west."""
    x = 80.0
    while x < 1540:
        ground = 608 - 70 * (1 - abs(x - 800) / 800)
        size = plate.dice.uniform(52, 70)
        lean = size * 0.08
        plate.area(
            [
                (x - 9, ground - size * 0.7),
                (x + 7, ground - size * 0.74),
                (x + 12, ground - 16),
                (x + 9, ground),
                (x - 9, ground),
                (x - 11, ground - 18),
            ],
            INK,
        )
        plate.disc(x - lean, ground - size * 0.86, size * 0.12, INK)
        if plate.dice.random() < 0.45:
            plate.box(x + 9, ground - size * 0.42, x + 34, ground - size * 0.1, ASH, INK, 2)
        if plate.dice.random() < 0.12:
            plate.area(
                [(x + 26, ground - 30), (x + 84, ground - 38), (x + 84, ground - 14), (x + 30, ground - 10)],
                SAND,
                INK,
                2,
            )
            plate.disc(x + 56, ground - 8, 9, CREAM, INK, 2.4)
            x += 62
        if plate.dice.random() < 0.07:
            plate.area(
                [
                    (x - 10, ground - size * 0.7),
                    (x + 8, ground - size * 0.73),
                    (x + 12, ground - 18),
                    (x - 12, ground - 18),
                ],
                RED,
            )
        x += plate.dice.uniform(26, 92)
