"""News graphics: one figure, one line of words, the numbers on the picture."""

from .plate import ASH, INK, PAPER, RED, SAND, SANS, SANS_BOLD, SERIF_BOLD, STONE, Plate

LEFT, RIGHT, TOP, BOTTOM = 150, 1500, 270, 860


def _sheet(width: int, seed: str, title: str, unit: str, source: str) -> Plate:
    plate = Plate(width, seed, PAPER)
    plate.line([(70, 70), (1530, 70)], 3, INK)
    plate.box(70, 70, 150, 84, RED)
    plate.text(70, 148, title, 50, INK, SERIF_BOLD)
    plate.text(70, 198, unit, 28, ASH, SANS)
    plate.text(70, 958, f"Source: {source}", 23, ASH, SANS)
    return plate


def _grid(plate: Plate, low: float, high: float, step: float, form: str = "{:g}"):
    """Level lines with their numbers; gives the function from a value to its height."""

    def height(value: float) -> float:
        return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP)

    value = low
    while value <= high + step / 100:
        plate.line(
            [(LEFT, height(value)), (RIGHT, height(value))], 2.4 if value == low else 1.2, INK if value == low else SAND
        )
        plate.text(LEFT - 20, height(value) + 9, form.format(value), 26, ASH, SANS, "rs")
        value += step
    return height


def _ticks(plate: Plate, labels: list[str], places: list[float]) -> None:
    for label, x in zip(labels, places, strict=True):
        plate.text(x, BOTTOM + 42, label, 25, ASH, SANS, "ms")


def _across(count: int) -> list[float]:
    return [LEFT + 10 + (RIGHT - LEFT - 20) * index / (count - 1) for index in range(count)]


def _lined(plate: Plate, points: list[tuple[float, float]], width: float = 6) -> None:
    plate.line(points, width + 6, PAPER)
    plate.line(points, width, RED)


def rate(width: int):
    """The central bank's rate, a step at each decision."""
    plate = _sheet(
        width, "rate", "Seven increases in fourteen months", "Main interest rate, per cent", "Central Bank of Kestria"
    )
    height = _grid(plate, 0, 6, 1)
    rates = [2.75, 2.75, 2.75, 2.75, 3, 3, 3.25, 3.5, 3.5, 3.75, 4, 4, 4.25, 4.25, 4.5]
    places, points = _across(len(rates) + 1)[:-1], []
    for x, value, following in zip(places, rates, [*places[1:], RIGHT], strict=True):
        points += [(x, height(value)), (following, height(value))]
    plate.hatch([(places[0], BOTTOM), *points, (RIGHT, BOTTOM)], 11, 1.1, 45, STONE)
    _lined(plate, points, 7)
    plate.disc(RIGHT - 10, height(4.5), 12, RED, PAPER, 3)
    plate.text(RIGHT, height(4.5) - 30, "4.5", 46, RED, SANS_BOLD, "rs")
    plate.dashes([(LEFT, height(2.75)), (places[2], height(2.75))], 1, ASH)
    _ticks(plate, ["14 months ago", "now"], [places[0] + 70, RIGHT - 20])
    return plate.finished()


def reservoir(width: int):
    """Three years of the Marrin reservoir."""
    plate = _sheet(
        width,
        "reservoir",
        "Marrin is emptier than it has ever been",
        "Water held, per cent of capacity",
        "Ithel Basin Commission",
    )
    height = _grid(plate, 0, 100, 20)
    levels = [
        71,
        74,
        78,
        84,
        90,
        92,
        86,
        79,
        72,
        66,
        63,
        64,
        68,
        73,
        77,
        80,
        79,
        74,
        67,
        60,
        54,
        50,
        48,
        50,
        53,
        57,
        60,
        61,
        58,
        53,
        48,
        43,
        39,
        35,
        32,
        29,
    ]
    average = [70, 73, 77, 82, 87, 89, 84, 78, 73, 69, 67, 68] * 3
    places = _across(len(levels))
    shape = [(x, height(value)) for x, value in zip(places, levels, strict=True)]
    usual = [(x, height(value)) for x, value in zip(places, average, strict=True)]
    plate.hatch([(places[0], BOTTOM), *shape, (places[-1], BOTTOM)], 9, 1.2, 0, STONE)
    plate.dashes(usual, 3, ASH, 16, 10)
    _lined(plate, shape)
    plate.disc(*shape[-1], 12, RED, PAPER, 3)
    plate.text(shape[-1][0] + 4, shape[-1][1] - 34, "29", 46, RED, SANS_BOLD, "rs", halo=PAPER)
    plate.text(places[-8], usual[-8][1] - 26, "average of 30 years", 26, ASH, SANS, "ms", halo=PAPER)
    _ticks(plate, ["three years ago", "two", "one", "now"], [places[0] + 80, places[12], places[24], places[-1] - 10])
    return plate.finished()


def measles(width: int):
    """Confirmed cases, week by week."""
    plate = _sheet(
        width,
        "measles",
        "Three times as many as a week ago",
        "Measles cases confirmed in and around Brask, total",
        "Selmoran health ministry",
    )
    height = _grid(plate, 0, 250, 50)
    cases = [2, 5, 11, 24, 41, 68, 212]
    step = (RIGHT - LEFT) / len(cases)
    for index, value in enumerate(cases):
        left = LEFT + step * index + 30
        right, last = left + step - 60, index == len(cases) - 1
        top = height(value)
        plate.box(left, top, right, BOTTOM, RED if last else SAND)
        if not last:
            plate.hatch([(left, top), (right, top), (right, BOTTOM), (left, BOTTOM)], 9, 1.4, 45, ASH)
        plate.text((left + right) / 2, top - 16, str(value), 32, RED if last else INK, SANS_BOLD, "ms", halo=PAPER)
    _ticks(plate, [f"week {index}" for index in range(1, 8)], [LEFT + step * (index + 0.5) for index in range(7)])
    return plate.finished()


def nurses(width: int):
    """Vacant posts by quarter."""
    plate = _sheet(
        width,
        "nurses",
        "One post in thirteen is empty",
        "Vacant nursing posts in public hospitals, thousands",
        "Kestrian Health Directorate",
    )
    height = _grid(plate, 0, 5, 1)
    posts = [2.1, 2.2, 2.0, 2.3, 2.6, 2.8, 2.9, 3.1, 3.3, 3.4, 3.7, 3.9]
    step = (RIGHT - LEFT) / len(posts)
    for index, value in enumerate(posts):
        left = LEFT + step * index + 16
        right, top, last = left + step - 32, height(value), index == len(posts) - 1
        plate.box(left, top, right, BOTTOM, RED if last else SAND)
        if not last:
            plate.hatch([(left, top), (right, top), (right, BOTTOM), (left, BOTTOM)], 9, 1.3, -45, ASH)
    plate.text(RIGHT - step / 2, height(3.9) - 18, "3.9", 44, RED, SANS_BOLD, "ms")
    _ticks(
        plate,
        ["three years ago", "two", "one", "last quarter"],
        [LEFT + 85, LEFT + step * 4.5, LEFT + step * 8.5, RIGHT - 60],
    )
    return plate.finished()


def shares(width: int):
    """Halveth's share price over ten days."""
    plate = _sheet(
        width,
        "shares",
        "Halveth loses a fifth in a day",
        "Share price on the Haverlund exchange, 100 = ten days ago",
        "Haverlund exchange",
    )
    height = _grid(plate, 60, 110, 10)
    prices = [
        100,
        101,
        100.4,
        102,
        101.2,
        103,
        102.2,
        101.6,
        102.4,
        101.8,
        100.9,
        101.5,
        102.1,
        101.3,
        101.9,
        99,
        88,
        84,
        82.5,
        81,
        80.4,
    ]
    points = [(x, height(value)) for x, value in zip(_across(len(prices)), prices, strict=True)]
    plate.hatch([(points[0][0], BOTTOM), *points, (points[-1][0], BOTTOM)], 12, 1.1, 45, SAND)
    _lined(plate, points)
    plate.disc(*points[-1], 12, RED, PAPER, 3)
    plate.text(points[-1][0], points[-1][1] + 58, "80.4", 44, RED, SANS_BOLD, "rs", halo=PAPER)
    plate.dashes([(points[15][0], TOP), (points[15][0], BOTTOM)], 2, INK, 10, 8)
    plate.text(points[15][0] - 18, TOP + 330, "export order announced", 27, INK, SANS, "rs", halo=PAPER)
    _ticks(plate, ["ten days ago", "now"], [LEFT + 80, RIGHT - 30])
    return plate.finished()


def heat(width: int):
    """A strip for every year: how much warmer or cooler than usual."""
    plate = _sheet(
        width,
        "heat",
        "Nine days above 36C",
        "Mean temperature of the month in Orvane, a stripe a year, 140 years",
        "University of Orvane",
    )
    step = (RIGHT - 70) / 140
    for index in range(140):
        warmth = max(-1.0, min(1.0, (index - 88) / 62 + plate.dice.uniform(-0.42, 0.42)))
        cold, warm = (120, 136, 138), (160, 32, 26)
        share, end = abs(warmth), warm if warmth > 0 else cold
        colour = tuple(round(a + (b - a) * share) for a, b in zip((240, 232, 220), end, strict=True))
        plate.box(70 + step * index, TOP, 70 + step * (index + 1) + 1, BOTTOM, colour)
    plate.line([(70, BOTTOM), (RIGHT, BOTTOM)], 2.4)
    for label, x, side in (("140 years ago", 70, "ls"), ("70", 70 + step * 70, "ms"), ("last year", RIGHT, "rs")):
        plate.text(x, BOTTOM + 42, label, 25, ASH, SANS, side)
    return plate.finished()
