"""Line drawings of buildings: the court, the parliament, a hospital corridor."""

import math

from .plate import ASH, CREAM, INK, PAPER, RED, SAND, STONE, Plate, Point


def _column(plate: Plate, x: float, top: float, bottom: float, half: float) -> None:
    """A fluted column, lit from the left."""
    plate.box(x - half, top, x + half, bottom, PAPER, INK, 2)
    for share in (-0.62, -0.3, 0.05, 0.35, 0.55, 0.72, 0.86):
        plate.line([(x + half * share, top + 6), (x + half * share, bottom - 6)], 1.1, ASH if share < 0.3 else INK)
    plate.box(x - half - 9, top - 20, x + half + 9, top, PAPER, INK, 2)
    plate.box(x - half - 11, bottom, x + half + 11, bottom + 18, PAPER, INK, 2)


def courthouse(width: int):
    """A portico seen from the square."""
    plate = Plate(width, "courthouse")
    plate.rules(0, 560, (8, 13), STONE, 1.0, 1.2)
    plate.box(160, 350, 1440, 780, SAND)
    plate.hatch([(160, 350), (420, 350), (420, 780), (160, 780)], 7, 1.1, 90, ASH)
    plate.hatch([(1180, 350), (1440, 350), (1440, 780), (1180, 780)], 5, 1.1, 90, ASH)
    for x in (215, 305, 1245, 1335):
        plate.box(x, 450, x + 50, 620, INK)
        plate.box(x - 8, 436, x + 58, 450, PAPER, INK, 1.6)
        plate.line([(x + 25, 452), (x + 25, 620)], 2, STONE)
    plate.box(140, 322, 1460, 352, PAPER, INK, 2)
    inner = [(420, 350), (1180, 350), (1180, 780), (420, 780)]
    plate.area(inner, (92, 80, 69))
    plate.hatch(inner, 6, 2, 90, INK)
    plate.hatch(inner, 9, 1.3, 45, INK)
    plate.box(730, 510, 870, 780, RED, INK, 3)
    plate.line([(800, 512), (800, 780)], 2, INK)
    for left in (744, 812):
        for top in (530, 620, 705):
            plate.box(left, top, left + 44, top + 66, None, INK, 1.6)
    for x in (445, 587, 729, 871, 1013, 1155):
        _column(plate, x, 372, 762, 32)
    plate.box(380, 300, 1220, 354, PAPER, INK, 2.4)
    plate.line([(380, 326), (1220, 326)], 1.4)
    pediment = [(366, 300), (800, 150), (1234, 300)]
    plate.area(pediment, PAPER, INK, 3)
    plate.area([(470, 284), (800, 172), (1130, 284)], CREAM, INK, 1.6)
    plate.hatch([(470, 284), (800, 172), (1130, 284)], 6, 1, 90, STONE)
    _scales(plate, 800, 196, 78)
    for step in range(6):
        top, reach = 780 + step * 24, 380 - step * 34
        plate.box(reach - 30, top, 1600 - reach + 30, top + 24, PAPER, INK, 1.6)
        plate.line([(reach - 30, top + 18), (1630 - reach, top + 18)], 1, ASH)
    plate.hatch([(0, 924), (1600, 924), (1600, 1000), (0, 1000)], 9, 1.2, 2, STONE, 2)
    for x, y in ((560, 900), (590, 905), (1085, 880)):
        _figure(plate, x, y, 62)
    return plate.finished()


def _scales(plate: Plate, x: float, top: float, size: float) -> None:
    plate.line([(x, top), (x, top + size)], 4, RED)
    plate.line([(x - 62, top + 16), (x + 62, top + 16)], 4, RED)
    for side in (-62, 62):
        plate.line([(x + side, top + 16), (x + side - 20, top + 54)], 1.6, RED)
        plate.line([(x + side, top + 16), (x + side + 20, top + 54)], 1.6, RED)
        plate.arc((x + side - 22, top + 38, x + side + 22, top + 70), 0, 180, 3.4, RED)


def _figure(plate: Plate, x: float, ground: float, size: float) -> None:
    """Somebody far off, with a shadow."""
    body = [
        (x - 9, ground - size * 0.72),
        (x + 9, ground - size * 0.72),
        (x + 13, ground - 20),
        (x + 5, ground),
        (x - 5, ground),
        (x - 13, ground - 20),
    ]
    plate.hatch([(x, ground - 3), (x + 70, ground + 8), (x + 70, ground + 14), (x - 4, ground + 3)], 4, 1.4, 8, ASH)
    plate.area(body, INK)
    plate.disc(x, ground - size * 0.86, size * 0.11, INK)


def parliament(width: int):
    """The dome of the Assembly above its colonnade, at evening."""
    plate = Plate(width, "parliament")
    plate.rules(0, 800, (6, 15), STONE, 1.0, 1.0)
    plate.disc(1180, 300, 118, (233, 205, 192))
    plate.box(100, 640, 1500, 850, PAPER, INK, 2.4)
    for x in range(130, 1480, 58):
        plate.box(x, 690, x + 30, 800, (92, 80, 69), INK, 1.4)
        plate.arc((x, 674, x + 30, 706), 180, 360, 2)
        plate.hatch([(x, 690), (x + 30, 690), (x + 30, 800), (x, 800)], 5, 1.3, 60)
    plate.box(80, 614, 1520, 644, SAND, INK, 2)
    plate.hatch([(1000, 645), (1500, 645), (1500, 850), (1000, 850)], 8, 1.0, 45, ASH)
    plate.box(520, 500, 1080, 620, PAPER, INK, 2.4)
    for x in range(548, 1060, 42):
        plate.box(x, 522, x + 18, 600, STONE, INK, 1.3)
    plate.hatch([(880, 500), (1080, 500), (1080, 620), (880, 620)], 6, 1.1, 45, INK)
    _dome(plate, 800, 510, 228, 250)
    plate.box(60, 850, 1540, 882, SAND, INK, 2)
    plate.hatch([(0, 882), (1600, 882), (1600, 1000), (0, 1000)], 8, 1.2, 0, ASH, 2)
    for x in (250, 330, 1240, 1275, 1420):
        _figure(plate, x, 940 + (x % 40), 70)
    return plate.finished()


def _dome(plate: Plate, x: float, base: float, half: float, height: float) -> None:
    outline: list[Point] = [
        (x + half * math.cos(math.radians(a)), base - height * math.sin(math.radians(a))) for a in range(0, 181, 3)
    ]
    plate.area(outline, PAPER, INK, 3)
    shade = [(px, py) for px, py in outline if px >= x + 40] + [(x + 90, base)]
    plate.hatch(shade, 6, 1.2, 62, INK)
    for share in (-0.86, -0.62, -0.34, 0, 0.34, 0.62, 0.86):
        rib = [
            (x + half * share * math.cos(math.radians(a)), base - height * math.sin(math.radians(a)))
            for a in range(0, 90, 4)
        ]
        plate.line(rib, 2.2)
    for level in (0.25, 0.55):
        reach = half * math.sqrt(1 - level**2)
        plate.line([(x - reach, base - height * level), (x + reach, base - height * level)], 1.4)
    plate.box(x - half - 24, base - 18, x + half + 24, base + 12, SAND, INK, 2.2)
    plate.box(x - 36, base - height - 84, x + 36, base - height + 6, PAPER, INK, 2.2)
    for side in (-20, 0, 20):
        plate.line([(x + side, base - height - 78), (x + side, base - height)], 5)
    plate.area([(x - 46, base - height - 82), (x, base - height - 134), (x + 46, base - height - 82)], SAND, INK, 2.2)
    plate.line([(x, base - height - 134), (x, base - height - 206)], 3)
    plate.area([(x, base - height - 206), (x + 78, base - height - 190), (x, base - height - 168)], RED)


def corridor(width: int):
    """A hospital corridor at night: doors, one light, one bed."""
    plate = Plate(width, "corridor", PAPER)
    far = (690, 360, 910, 590)
    left, top, right, bottom = far
    floor = [(left, bottom), (right, bottom), (1700, 1130), (-100, 1130)]
    west = [(-100, -110), (left, top), (left, bottom), (-100, 1130)]
    east = [(1700, -110), (right, top), (right, bottom), (1700, 1130)]
    ceiling = [(-100, -110), (1700, -110), (right, top), (left, top)]
    plate.area(west, SAND)
    plate.area(east, CREAM)
    plate.area(floor, SAND)
    plate.area(ceiling, CREAM)
    plate.hatch(west, 8, 1.2, 90, ASH)
    plate.hatch(west, 11, 1.1, 42, ASH)
    plate.hatch(ceiling, 10, 1.0, 0, STONE)
    plate.hatch(east, 12, 1.0, 90, STONE)
    for share in (0.0, 0.06, 0.14, 0.25, 0.4, 0.6, 0.86):
        y = bottom + (1130 - bottom) * share
        reach = (left + 100) * share
        plate.line([(left - reach, y), (right + reach, y)], 1.4, ASH)
    for share in (-1, -0.6, -0.2, 0.2, 0.6, 1):
        plate.line([(800 + 110 * share, bottom), (800 + 900 * share, 1130)], 1.2, ASH)
    for near, deep in ((0.08, 0.2), (0.34, 0.5), (0.68, 0.95)):
        _door(plate, near, deep, -1, far)
        _door(plate, near, deep, 1, far)
    plate.box(left, top, right, bottom, PAPER, INK, 2.6)
    plate.box(735, 420, 865, 590, (92, 80, 69), INK, 2.4)
    plate.line([(800, 420), (800, 590)], 2, STONE)
    plate.box(755, 450, 790, 490, PAPER)
    plate.box(810, 450, 845, 490, PAPER)
    plate.box(770, 376, 830, 404, RED)
    for share in (0.1, 0.34, 0.72):
        y, half = top - (top + 110) * share, 60 + 480 * share
        plate.area(
            [
                (800 - half * 0.5, y),
                (800 + half * 0.5, y),
                (800 + half * 0.62, y - 40 * share - 10),
                (800 - half * 0.62, y - 40 * share - 10),
            ],
            PAPER,
            INK,
            1.8,
        )
    _trolley(plate)
    return plate.finished()


def _door(plate: Plate, near: float, deep: float, side: int, far: tuple[float, float, float, float]) -> None:
    def wall(share: float, level: float) -> Point:
        edge = far[0] if side < 0 else far[2]
        x = edge + side * share * 790
        top, bottom = far[1] - share * 470, far[3] + share * 540
        return x, bottom + (top - bottom) * level

    shape = [wall(near, 0), wall(deep, 0), wall(deep, 0.72), wall(near, 0.72)]
    plate.area(shape, (112, 99, 86) if side < 0 else STONE, INK, 2.4)
    plate.hatch(shape, 6, 1.3, 90, INK if side < 0 else ASH)
    middle = near + (deep - near) * 0.36, near + (deep - near) * 0.64
    plate.area(
        [wall(middle[0], 0.46), wall(middle[1], 0.46), wall(middle[1], 0.62), wall(middle[0], 0.62)], PAPER, INK, 1.8
    )


def _trolley(plate: Plate) -> None:
    plate.hatch([(960, 900), (1330, 905), (1400, 950), (990, 945)], 5, 1.6, 3, ASH)
    for x in (985, 1300):
        plate.line([(x, 740), (x + 6, 900)], 5)
        plate.disc(x + 6, 908, 15, PAPER, INK, 4)
    plate.area([(940, 690), (1330, 690), (1360, 742), (960, 742)], PAPER, INK, 3)
    plate.area([(950, 655), (1330, 655), (1345, 690), (945, 690)], CREAM, INK, 2.4)
    plate.area([(955, 632), (1075, 632), (1085, 668), (958, 668)], PAPER, INK, 2.2)
    plate.hatch([(1100, 655), (1330, 655), (1345, 690), (1110, 690)], 7, 1.2, 70, ASH)
    plate.line([(1340, 742), (1345, 520)], 4)
    plate.line([(1322, 520), (1368, 520)], 4)
    plate.area([(1352, 526), (1380, 526), (1376, 590), (1356, 590)], PAPER, INK, 2)
    plate.line([(1366, 590), (1352, 650), (1300, 660)], 2, RED)
