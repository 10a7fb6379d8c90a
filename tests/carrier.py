"""An invented article to carry single lines through the whole of clean()."""

BEFORE = (
    "The town of Averly voted on Tuesday to keep its lido open for another ten years, after a campaign "
    "that drew in swimmers, shopkeepers and two retired engineers.",
    "The pool, which was dug by hand in 1934, loses about nine thousand litres of water a day through a "
    "crack that nobody has managed to find.",
    "“We have looked everywhere a person can look,” said Maud Tellier, who has kept the pumps running "
    "since her father gave up the job.",
    "Councillors had planned to fill the site with gravel and to sell it to the bakery next door, which "
    "wants room for its vans.",
)
AFTER = (
    "The vote was carried by eleven to four. It followed a debate of three hours in which the word "
    "“crack” was used, by the clerk's count, 118 times.",
    "Repairs will begin in October, when the water is let out and the tiles on the deep side can be lifted "
    "one by one and numbered.",
    "Mr Osgood, who runs the bakery, said that he would look for another place and that he still hoped to "
    "swim there on Sundays.",
    "The money comes from a fund that the county set up after the floods, and from the sale of a tractor.",
)
BODY = "\n\n".join((*BEFORE, *AFTER))


def inside(line: str) -> str:
    """The article with a line as a paragraph in its middle."""
    return "\n\n".join((*BEFORE, line, *AFTER))


def behind(line: str) -> str:
    """A whole page, with the line among the furniture under the article."""
    menu = "Home\n\nNews\n\nSport\n\nWeather\n\nSign in"
    foot = "Contact us\n\nPrivacy policy\n\nTerms and conditions\n\nSite map\n\nBack to top"
    return "\n\n".join((menu, *BEFORE, *AFTER, line, foot))
