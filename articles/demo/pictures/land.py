"""Line drawings of the country: wheat, the dam, the islands, the ridges, the camp."""

import math

from .plate import ASH, CREAM, INK, PAPER, RED, SAND, SLATE, STONE, Plate, Point, rough


def wheat(width: int):
    """A field under a sky without rain."""
    plate = Plate(width, "wheat", (243, 234, 218))
    plate.rules(0, 540, (17, 6), (216, 198, 172), 1.2, 1.0)
    plate.disc(1160, 210, 92, (243, 234, 218))
    plate.disc(1160, 210, 78, None, RED, 5)
    for angle in range(0, 360, 6):
        turn = math.radians(angle)
        reach = 150 if angle % 12 else 190
        plate.line(
            [
                (1160 + 98 * math.cos(turn), 210 + 98 * math.sin(turn)),
                (1160 + reach * math.cos(turn), 210 + reach * math.sin(turn)),
            ],
            1.6,
            (196, 130, 112),
        )
    far = rough([(-20, 540), (300, 516), (700, 530), (1100, 508), (1620, 532)], plate.dice, 8, 4)
    plate.area([*far, (1620, 1000), (-20, 1000)], SAND)
    plate.line(far, 2)
    for x in (240, 262, 292, 1330):
        plate.line([(x, 520), (x, 470)], 3)
        plate.disc(x, 462, 17, ASH, INK, 1.6)
    plate.box(1376, 440, 1406, 524, PAPER, INK, 2)
    plate.box(1410, 452, 1440, 524, PAPER, INK, 2)
    for share in range(-13, 14):
        plate.line([(800 + share * 26, 545), (800 + share * 240, 1000)], 1.4, ASH)
    cracks = [(560, 640), (900, 700), (1180, 640), (380, 760)]
    for x, y in cracks:
        plate.line(rough([(x - 90, y), (x, y + 16), (x + 110, y - 6)], plate.dice, 14, 3), 2.4)
    for row in range(7):
        ground = 600 + row * row * 9 + row * 14
        for _number in range(120 - row * 13):
            _stalk(plate, plate.dice.uniform(-20, 1620), ground + plate.dice.uniform(-8, 14), 34 + row * 36, row)
    return plate.finished()


def _stalk(plate: Plate, x: float, ground: float, size: float, row: int) -> None:
    lean = plate.dice.uniform(-0.2, 0.34) * size
    top = (x + lean, ground - size * plate.dice.uniform(0.86, 1.1))
    colour = INK if row > 3 else (86, 72, 58)
    plate.line([(x, ground), (x + lean * 0.3, ground - size * 0.5), top], 0.8 + row * 0.3, colour)
    grain = 2.2 + row * 1.15
    for index in range(5):
        y = top[1] + index * grain * 1.9
        side = lean * 0.05 * index
        for hand in (-1, 1):
            plate.area(
                [
                    (top[0] - side, y),
                    (top[0] - side + hand * grain * 1.5, y - grain * 1.7),
                    (top[0] - side + hand * grain * 0.3, y - grain * 2.2),
                ],
                (206, 178, 128) if row % 2 else SAND,
                colour,
                0.8 + row * 0.12,
            )
    if row > 2:
        for hand in (-0.5, 0, 0.5):
            plate.line([top, (top[0] + hand * size * 0.2 + lean * 0.2, top[1] - size * 0.24)], 0.9, colour)


def dam(width: int):
    """The wall, the low water, the drowned church."""
    plate = Plate(width, "dam")
    plate.rules(0, 330, (7, 12), STONE, 1.0, 1.2)
    for base, high, colour, gap in ((360, 90, SAND, 8), (420, 130, STONE, 6)):
        ridge = rough(
            [
                (-20, base - high),
                (260, base - high * 1.5),
                (520, base - high * 0.6),
                (820, base - high * 0.2),
                (1120, base - high * 0.9),
                (1380, base - high * 1.7),
                (1620, base - high),
            ],
            plate.dice,
            26,
            4,
        )
        plate.area([*ridge, (1620, 640), (-20, 640)], colour)
        plate.hatch([*ridge, (1620, 640), (-20, 640)], gap, 1.1, 74, ASH)
        plate.line(ridge, 2)
    shore = [(-20, 470), (420, 470), (700, 520), (1000, 520), (1240, 470), (1620, 470)]
    plate.area([*shore, (1620, 1000), (-20, 1000)], CREAM)
    for level in range(13):
        y = 480 + level * 14
        reach = 320 - level * 12
        plate.line(rough([(-20, y), (reach, y + 8), (560 - level * 4, y + 70)], plate.dice, 6, 3), 1.4, ASH)
        plate.line(rough([(1620, y), (1600 - reach, y + 8), (1080 + level * 4, y + 70)], plate.dice, 6, 3), 1.4, ASH)
    water = rough(
        [
            (330, 690),
            (600, 640),
            (980, 640),
            (1270, 690),
            (1500, 800),
            (1620, 860),
            (1620, 1000),
            (-20, 1000),
            (-20, 850),
            (150, 770),
            (330, 690),
        ],
        plate.dice,
        12,
        3,
    )
    plate.area(water, (205, 212, 209), INK, 2)
    plate.hatch(water, 8, 1.1, 0, SLATE, 2)
    _wall(plate)
    _church(plate, 480, 742)
    return plate.finished()


def _wall(plate: Plate) -> None:
    top, bottom = 404, 652
    face = [(560, top), (1040, top), (1010, bottom), (590, bottom)]
    plate.area(face, PAPER, INK, 3)
    for level in range(1, 14):
        y = top + level * 18
        plate.line([(562 + level * 2, y), (1038 - level * 2, y)], 1.1 if level % 2 else 1.6, STONE)
    for x in range(600, 1020, 60):
        plate.line([(x, top), (800 + (x - 800) * 0.94, bottom)], 1.1, STONE)
    plate.hatch([(860, top), (1040, top), (1010, bottom), (850, bottom)], 7, 1.1, 58, ASH)
    plate.area([(574, 520), (1026, 520), (1010, bottom), (590, bottom)], None, None)
    plate.hatch([(574, 470), (1026, 470), (1010, bottom), (590, bottom)], 5, 1.0, 0, ASH)
    plate.line([(571, 466), (1029, 466)], 4, RED)
    plate.text(1062, 520, "high-water mark", 24, RED, "newsreader-400-italic", halo=CREAM)
    plate.box(548, top - 22, 1052, top + 4, SAND, INK, 2.4)
    for x in range(570, 1040, 52):
        plate.box(x, top - 46, x + 14, top - 22, PAPER, INK, 1.6)
    for x in (690, 880):
        plate.box(x, top - 84, x + 46, top - 4, PAPER, INK, 2.4)
        plate.area([(x - 8, top - 84), (x + 23, top - 116), (x + 54, top - 84)], RED, INK, 2)


def _church(plate: Plate, x: float, ground: float) -> None:
    plate.hatch(
        [(x - 50, ground + 4), (x + 190, ground + 4), (x + 160, ground + 90), (x - 40, ground + 100)], 5, 1.8, 0, INK
    )
    plate.area(
        [(x + 46, ground), (x + 46, ground - 70), (x + 120, ground - 106), (x + 190, ground - 70), (x + 190, ground)],
        PAPER,
        INK,
        2.6,
    )
    plate.hatch([(x + 120, ground), (x + 120, ground - 106), (x + 190, ground - 70), (x + 190, ground)], 6, 1.2, 90)
    plate.box(x - 26, ground - 170, x + 46, ground, PAPER, INK, 3)
    plate.hatch([(x + 12, ground - 170), (x + 46, ground - 170), (x + 46, ground), (x + 12, ground)], 5, 1.2, 90)
    plate.area([(x - 34, ground - 170), (x + 10, ground - 266), (x + 54, ground - 170)], STONE, INK, 3)
    plate.hatch([(x + 10, ground - 266), (x + 54, ground - 170), (x + 14, ground - 170)], 5, 1.3, 68)
    plate.line([(x + 10, ground - 266), (x + 10, ground - 300)], 3)
    plate.line([(x, ground - 288), (x + 20, ground - 288)], 3)
    plate.box(x - 8, ground - 142, x + 16, ground - 104, INK)
    plate.box(x - 8, ground - 48, x + 16, ground, INK)
    plate.box(x + 76, ground - 56, x + 92, ground - 22, INK)
    plate.line([(x - 26, ground - 84), (x + 46, ground - 84)], 2, ASH)


def islands(width: int):
    """Houses on stilts, the tide, the mail boat."""
    plate = Plate(width, "islands", (238, 234, 226))
    plate.rules(0, 500, (6, 14), STONE, 1.0, 2.0)
    for x, y, reach in ((250, 196, 210), (1010, 130, 260), (1360, 286, 150)):
        for row in range(6):
            half = reach * (1 - abs(row - 3.2) / 5)
            plate.line([(x - half, y + row * 13), (x + half, y + row * 13)], 5, (238, 234, 226))
            plate.line([(x - half * 0.9, y + row * 13 + 6), (x + half * 0.96, y + row * 13 + 6)], 1.2, ASH)
    plate.box(0, 520, 1600, 1000, (208, 216, 214))
    plate.line([(0, 520), (1600, 520)], 1.6, ASH)
    for base, left, right in ((528, 60, 470), (530, 1180, 1520)):
        bank = rough([(left, base), (left + 90, base - 22), (right - 120, base - 17), (right, base)], plate.dice, 6, 3)
        plate.area(bank, STONE, INK, 2)
    for _number in range(760):
        depth = plate.dice.random() ** 1.5
        y, x = 530 + 470 * depth, plate.dice.uniform(-30, 1630)
        plate.arc((x, y - 4 - depth * 8, x + 24 + depth * 70, y + 6 + depth * 10), 200, 340, 1 + depth * 1.4, SLATE)
    for x, ground, size in ((230, 600, 0.6), (1310, 606, 0.62), (980, 640, 0.86), (520, 700, 1.2)):
        _stilt_house(plate, x, ground, size)
    _boat(plate, 1150, 800)
    plate.line([(120, 960), (120, 590)], 9)
    for index in range(14):
        y = 950 - index * 26
        plate.line([(120, y), (120 + (34 if index % 2 == 0 else 20), y)], 3)
    plate.line([(98, 706), (166, 706)], 5, RED)
    return plate.finished()


def _stilt_house(plate: Plate, x: float, ground: float, size: float) -> None:
    def at(dx: float, dy: float) -> Point:
        return x + dx * size, ground - dy * size

    for dx in (-110, -40, 40, 110):
        plate.line([at(dx, -50), at(dx, 96)], 6 * size)
    plate.line([at(-110, 0), at(-40, 90)], 3 * size)
    plate.line([at(110, 0), at(40, 90)], 3 * size)
    plate.area([at(-150, 92), at(150, 92), at(150, 106), at(-150, 106)], SAND, INK, 2.2)
    plate.area([at(-116, 106), at(116, 106), at(116, 222), at(-116, 222)], PAPER, INK, 2.6)
    plate.hatch([at(-116, 106), at(116, 106), at(116, 222), at(-116, 222)], 8 * size, 1.0, 0, STONE)
    plate.hatch([at(40, 106), at(116, 106), at(116, 222), at(40, 222)], 7 * size, 1.1, 60, ASH)
    plate.area([at(-140, 218), at(0, 318), at(140, 218)], ASH, INK, 2.6)
    plate.hatch([at(-140, 218), at(0, 318), at(140, 218)], 6 * size, 1.3, 90)
    plate.area([at(-24, 106), at(24, 106), at(24, 188), at(-24, 188)], RED if size > 1 else INK, INK, 2)
    for dx in (-84, 62):
        plate.area([at(dx, 146), at(dx + 30, 146), at(dx + 30, 188), at(dx, 188)], INK)
    for row in range(5):
        plate.line([at(-120 + row * 6, -62 - row * 14), at(120 - row * 6, -62 - row * 14)], 2.4 * size, ASH)


def _boat(plate: Plate, x: float, y: float) -> None:
    plate.area([(x - 120, y), (x + 140, y), (x + 178, y - 34), (x + 120, y + 44), (x - 96, y + 44)], INK)
    plate.area([(x - 60, y), (x - 52, y - 66), (x + 50, y - 66), (x + 60, y)], PAPER, INK, 3)
    for dx in (-36, 6):
        plate.box(x + dx, y - 50, x + dx + 28, y - 24, INK)
    plate.line([(x, y - 66), (x, y - 150)], 3)
    plate.area([(x, y - 150), (x + 54, y - 138), (x, y - 122)], RED)
    for row in range(4):
        plate.line([(x - 200 - row * 60, y + 46 + row * 12), (x - 90, y + 46 + row * 9)], 2, INK)


def drones(width: int):
    """Two aircraft over ridge behind ridge."""
    plate = Plate(width, "drones", (241, 232, 220))
    plate.rules(0, 620, (16, 7), (212, 196, 178), 1.1, 1.0)
    shades = ((210, 198, 184), (180, 167, 152), (142, 129, 115), (100, 88, 76), (56, 46, 38))
    for row, shade in enumerate(shades):
        base, high = 520 + row * 92, 150 - row * 8
        points = [(x, base - high * plate.dice.uniform(0.1, 1)) for x in range(-60, 1700, 190 - row * 12)]
        ridge = rough(points, plate.dice, 27 - row * 2, 5)
        shape = [*ridge, (1700, 1010), (-60, 1010)]
        plate.area(shape, shade)
        plate.hatch(shape, 11 - row, 1.1, 68 + row * 5, shades[min(row + 1, 4)], 1.5)
        plate.line(ridge, 1.6 + row * 0.3, shades[min(row + 1, 4)])
    _aircraft(plate, 610, 270, 1.0, 8)
    _aircraft(plate, 1090, 180, 0.62, 5)
    plate.dashes([(1600, 150), (1180, 176)], 1.6, RED, 12, 8)
    plate.dashes([(1600, 246), (770, 262)], 2, RED, 14, 9)
    return plate.finished()


def _aircraft(plate: Plate, x: float, y: float, size: float, tilt: float) -> None:
    turn = math.radians(tilt)

    def at(dx: float, dy: float) -> Point:
        dx, dy = dx * size, dy * size
        return x + dx * math.cos(turn) - dy * math.sin(turn), y + dx * math.sin(turn) + dy * math.cos(turn)

    plate.area([at(-150, 4), at(-120, -14), at(40, -18), at(96, -8), at(96, 8), at(40, 16), at(-120, 16)], INK)
    plate.area([at(-44, -10), at(30, -10), at(74, -196), at(38, -200)], INK)
    plate.area([at(-44, 10), at(30, 10), at(10, 150), at(-22, 152)], (92, 80, 69), INK, 2)
    plate.area([at(70, -4), at(98, -4), at(124, -72), at(102, -74)], INK)
    plate.area([at(74, 4), at(98, 4), at(106, 50), at(88, 50)], (92, 80, 69), INK, 2)
    plate.line([at(102, -44), at(102, 44)], 3.4 * size, ASH)
    plate.disc(*at(-96, 14), 12 * size, RED, INK, 2)


def tents(width: int):
    """Rows of tents to the horizon, and the road of sleepers."""
    plate = Plate(width, "tents")
    plate.rules(0, 390, (6, 14), STONE, 1.0, 1.4)
    ridge = rough([(-20, 390), (300, 330), (560, 372), (900, 318), (1240, 376), (1620, 330)], plate.dice, 24, 4)
    plate.area([*ridge, (1620, 420), (-20, 420)], STONE)
    plate.hatch([*ridge, (1620, 420), (-20, 420)], 6, 1.1, 70, ASH)
    plate.box(0, 404, 1600, 1000, (231, 222, 207))
    plate.hatch([(0, 404), (1600, 404), (1600, 1000), (0, 1000)], 16, 0.9, 1, SAND, 5)
    rows = 15
    for row in range(rows):
        depth = (row / (rows - 1)) ** 2.0
        ground, size = 422 + 520 * depth, 9 + 118 * depth
        step = size * 2.5
        count = int(1000 / step) + 2
        for side in (-1, 1):
            for index in range(count):
                x = 800 + side * (46 + 230 * depth + step * (index + 0.5))
                if -200 < x < 1800:
                    red = row == 11 and side == 1 and index == 1
                    _tent(plate, x, ground + plate.dice.uniform(-2, 2) * depth * 4, size, depth, red)
    for index in range(26):
        depth = (index / 25) ** 2.2
        y, half = 414 + 570 * depth, 14 + 150 * depth
        plate.area(
            [
                (800 - half, y),
                (800 + half, y),
                (800 + half * 1.02, y + 2 + 12 * depth),
                (800 - half * 1.02, y + 2 + 12 * depth),
            ],
            ASH,
            INK,
            0.8 + depth,
        )
    for x, ground, size in ((770, 560, 46), (835, 610, 58), (742, 705, 84), (868, 770, 62)):
        plate.area(
            [
                (x - size * 0.15, ground - size * 0.72),
                (x + size * 0.15, ground - size * 0.72),
                (x + size * 0.2, ground),
                (x - size * 0.2, ground),
            ],
            INK,
        )
        plate.disc(x, ground - size * 0.85, size * 0.12, INK)
    return plate.finished()


def _tent(plate: Plate, x: float, ground: float, size: float, depth: float, red: bool) -> None:
    peak, left, right = (x - size * 0.18, ground - size), (x - size, ground), (x + size * 0.62, ground)
    back = (x + size * 0.72, ground - size * 0.92)
    plate.area(
        [peak, back, (x + size * 1.2, ground - size * 0.04), right],
        STONE if not red else (196, 120, 106),
        INK,
        0.7 + depth * 1.8,
    )
    if depth > 0.05:
        plate.hatch([peak, back, (x + size * 1.2, ground - size * 0.04), right], 4 + 5 * depth, 0.9, 62, ASH)
    plate.area([left, peak, right], PAPER if not red else RED, INK, 0.7 + depth * 1.8)
    plate.area([(x - size * 0.3, ground), (peak[0], ground - size * 0.62), (x - size * 0.02, ground)], (92, 80, 69))
