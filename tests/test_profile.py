"""Standing furniture that is learned: what is found, what is left alone, and how profiles merge."""

from __future__ import annotations

import json
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsclean
from benchmarks import crawl
from newsclean import Block, Cleaner, Document, PageTypeError, Profile, ProfileError, Role, Span, cli, learn
from newsclean.evidence import TEXT_ROLES
from newsclean.standing import Standing, identify

KEY = "The Karsund Courier"
STANDING = "The Courier has belonged to the people who set its type since the summer of 1962."
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def of_courier(_: object) -> str:
    return KEY


def document(*blocks: str | tuple[str, Role]) -> Document:
    """A document with these blocks, as body where no role is named."""
    parts = [(block, Role.BODY) if isinstance(block, str) else block for block in blocks]
    page, made = "", []
    for text, role in parts:
        made.append(Block(Span(len(page), len(page) + len(text) + 1), text, role))
        page += f"{text}\n"
    kept = "\n\n".join(text for text, role in parts if role in TEXT_ROLES)
    return Document(text=kept, blocks=tuple(made), page_text=page)


def story(number: int, paragraphs: int = 4) -> list[str]:
    """Paragraphs that no other story has."""
    return [
        f"In story {number} the harbour master counted {number + 3} lamps on pier {part}, and a gull on each."
        for part in range(paragraphs)
    ]


def stories(count: int, *behind: str | tuple[str, Role], start: int = 0) -> list[Document]:
    return [document(*story(number), *behind) for number in range(start, start + count)]


def standing(pages: Sequence[Document]) -> dict[str, Standing]:
    profile = learn(pages, by=of_courier)
    return {one.text: one for publisher in profile.publishers.values() for one in publisher.standing}


@pytest.fixture(scope="module")
def pages() -> list[Any]:
    return crawl.invent(16)


@pytest.fixture(scope="module")
def profile(pages: list[Any]) -> Profile:
    return learn([page.html for page in pages], by=of_courier)


@pytest.fixture(scope="module")
def unseen() -> list[Any]:
    """Other stories of the same publisher, with the teaser of one of their own."""
    return crawl.invent(5, seed=7)


class TestOnACrawl:
    def test_finds_the_furniture_and_nothing_else(self, pages: list[Any], profile: Profile) -> None:
        furniture = (crawl.FURNITURE.over, crawl.FURNITURE.midst, *crawl.FURNITURE.behind)
        first = next(page for page in pages if page.id == "courier-0")
        teaser = first.gold.paragraphs[0]
        found = {one.text for one in profile.publishers[KEY].standing}
        assert found == {identify(text) for text in (*furniture, teaser)}

    def test_two_more_versions_of_a_story_are_no_stories(self, pages: list[Any], profile: Profile) -> None:
        publisher = profile.publishers[KEY]
        assert (publisher.pages, publisher.stories) == (len(pages), len(pages) - 2)

    def test_pages_that_it_was_learned_from_are_clean(self, pages: list[Any], profile: Profile) -> None:
        cleaner = Cleaner(profile=profile)
        for page in pages:
            assert cleaner.clean(page.html).paragraphs == page.gold.paragraphs

    def test_so_are_other_pages_of_the_publisher(self, unseen: list[Any], profile: Profile) -> None:
        teaser = next(page for page in unseen if page.id == "courier-0").gold.paragraphs[0]
        cleaner = Cleaner(profile=profile)
        for page in unseen:
            kept = cleaner.clean(page.html).paragraphs
            assert [p for p in kept if p != teaser] == [p for p in page.gold.paragraphs if p != teaser]

    def test_without_a_profile_the_furniture_stays(self, unseen: list[Any]) -> None:
        for page in unseen:
            assert crawl.FURNITURE.behind[0] in newsclean.clean(page.html).paragraphs

    def test_a_page_of_plain_text(self, pages: list[Any], unseen: list[Any]) -> None:
        texts = [newsclean.clean(page.html).page_text for page in [*pages, *unseen]]
        cleaner = Cleaner(profile=learn(texts[: len(pages)], by=of_courier))
        for page, text in zip(unseen, texts[len(pages) :], strict=True):
            kept = cleaner.clean(text).paragraphs
            assert set(page.gold.paragraphs) <= set(kept)
            assert not {crawl.FURNITURE.over, crawl.FURNITURE.midst, *crawl.FURNITURE.behind[:2]} & set(kept)

    def test_the_account_of_a_removal(self, unseen: list[Any], profile: Profile) -> None:
        cleaned = Cleaner(profile=profile).clean(unseen[1].html)
        (block,) = (b for b in cleaned.blocks if b.text == crawl.FURNITURE.midst)
        assert block.rule_id == "profile.standing"
        assert block.why == f"Stands in 16 of 16 stories of {KEY} that were learned from."
        assert block.evidence[0].weight == profile.publishers[KEY].standing[0].weight
        assert crawl.FURNITURE.midst in [removal.text for removal in cleaned.removed]

    def test_a_teaser_stays_where_it_is_the_first_paragraph(self, pages: list[Any], profile: Profile) -> None:
        known = {one.text for one in profile.publishers[KEY].standing}
        first = [page for page in pages if identify(page.gold.paragraphs[0]) in known]
        assert len(first) == 2
        for page in first:
            assert Cleaner(profile=profile).clean(page.html).paragraphs[0] == page.gold.paragraphs[0]

    def test_even_where_its_story_was_not_learned_from(self, pages: list[Any]) -> None:
        first = [page for page in pages if pages_first(pages) in page.gold.paragraphs]
        assert len(first) == 3
        others = [page.html for page in pages if page not in first]
        cleaner = Cleaner(profile=learn(others, by=of_courier))
        assert cleaner.profile is not None
        known = {one.text for one in cleaner.profile.publishers[KEY].standing}
        assert identify(pages_first(pages)) in known
        for page in first:
            assert cleaner.clean(page.html).paragraphs == page.gold.paragraphs

    def test_keep_more_leaves_it_in(self, unseen: list[Any], profile: Profile) -> None:
        cleaner = Cleaner(profile=profile, mode="keep-more")
        assert crawl.FURNITURE.behind[0] in cleaner.clean(unseen[1].html).paragraphs


def pages_first(pages: list[Any]) -> str:
    """The paragraph that is the teaser on the pages of other stories."""
    return str(next(page for page in pages if page.id == "courier-0").gold.paragraphs[0])


class TestWhatStands:
    def test_a_sentence_behind_three_stories_does(self) -> None:
        (one,) = standing(stories(3, STANDING)).values()
        assert one == Standing(identify(STANDING), Role.OTHER, "behind", stories=3, kept=3)
        assert one.weight == 5.5

    def test_behind_two_it_does_not(self) -> None:
        assert standing(stories(2, STANDING)) == {}

    def test_behind_half_of_the_stories_it_does(self) -> None:
        assert standing([*stories(4, STANDING), *stories(4, start=4)]) != {}

    def test_behind_fewer_it_is_what_several_reports_end_in(self) -> None:
        assert standing([*stories(4, STANDING), *stories(5, start=4)]) == {}

    def test_background_amid_some_stories_is_article(self) -> None:
        amid = [document(*story(i)[:2], STANDING, *story(i)[2:]) for i in range(9)]
        assert standing([*amid, *stories(7, start=9)]) == {}

    @pytest.mark.parametrize(("count", "found"), [(7, 0), (8, 1)])
    def test_what_is_put_into_every_story_is_not(self, count: int, found: int) -> None:
        amid = [document(*story(i)[:2], STANDING, *story(i)[2:]) for i in range(count)]
        places = [one.place for one in standing(amid).values()]
        assert places == ["amid"] * found

    @pytest.mark.parametrize(("count", "found"), [(8, 0), (9, 1)])
    def test_over_the_text_the_introduction_of_a_series_stays(self, count: int, found: int) -> None:
        over = [document(STANDING, *story(i)) for i in range(count)]
        others = stories(6, start=count)
        assert [one.place for one in standing([*over, *others]).values()] == ["over"] * found

    def test_article_in_one_place_is_article(self) -> None:
        lead = document(STANDING, *story(99))
        related = stories(20, (STANDING, Role.RELATED))
        assert standing([*related, lead]) == {}
        assert [one.role for one in standing(related).values()] == [Role.RELATED]

    def test_a_teaser_with_other_prose_behind_it_stays_where_it_is_the_lead(self) -> None:
        behind = [
            document(*story(i, 7), STANDING, f"Reader {i} says that the lamps of the pier were never lit.")
            for i in range(12)
        ]
        (one,) = standing(behind).values()
        assert one.place == "behind"
        paragraphs = crawl.invent(1, seed=3)[0].gold.paragraphs
        lead = "\n\n".join(
            ["A line of prose over the story that is no part of it at all.", STANDING, *paragraphs]
        )
        assert STANDING in Cleaner(profile=learn(behind, by=of_courier)).clean(lead).text

    def test_subheadings_stay_however_many_stories_have_them(self) -> None:
        for heading in ("What happens next", "Pros", "Why you should trust our tests"):
            pages = [document(*story(i)[:3], (heading, Role.HEADING), story(i)[3]) for i in range(40)]
            assert standing(pages) == {}

    @pytest.mark.parametrize(("count", "found"), [(7, 0), (8, 1)])
    def test_a_short_line_needs_more_stories(self, count: int, found: int) -> None:
        assert len(standing(stories(count, "Set in Karsund, read at sea"))) == found

    def test_one_or_two_words_never_stand(self) -> None:
        assert standing(stories(30, "Ingredients", "Read on")) == {}

    def test_bylines_and_captions_never_stand(self) -> None:
        pages = stories(
            20, (STANDING, Role.BYLINE), ("A lamp on the northern pier, seen from the sea", Role.CAPTION)
        )
        assert standing(pages) == {}

    def test_one_mistake_in_ten_is_none(self) -> None:
        mistaken = [
            document((STANDING, Role.STANDFIRST), *story(0)),
            document(*story(1)[:2], STANDING, *story(1)[2:]),
        ]
        (one,) = standing([*mistaken, *stories(18, STANDING, start=2)]).values()
        assert (one.place, one.stories, one.kept) == ("behind", 20, 19)
        assert standing([*mistaken, *mistaken_again(2), *stories(10, STANDING, start=4)]) == {}

    def test_a_repeat_within_a_page_counts_once(self) -> None:
        assert standing(stories(2, STANDING, STANDING, STANDING)) == {}

    def test_sentences_that_differ_in_their_figures_are_different(self) -> None:
        pages = [
            document(*story(i), f"The index of Karsund closed at {i + 40} points, as it does on Mondays.")
            for i in range(9)
        ]
        assert standing(pages) == {}

    def test_case_spaces_and_signs_make_no_difference(self) -> None:
        shapes = ("“Set at sea” – it is what the Courier has always been for its readers",
                  '"SET AT SEA"  -  it is what the Courier\u00a0has always been for its readers')  # fmt: skip
        pages = [document(*story(i), shapes[i % 2]) for i in range(4)]
        assert [one.stories for one in standing(pages).values()] == [4]

    def test_more_stories_weigh_more(self) -> None:
        weights = [next(iter(standing(stories(count, STANDING)).values())).weight for count in (3, 6, 12, 96)]
        assert weights == [5.5, 6.0, 6.5, 8.0]


def mistaken_again(start: int) -> list[Document]:
    return [document(*story(n)[:2], STANDING, *story(n)[2:]) for n in (start, start + 1)]


class TestStories:
    def test_updates_of_one_story_count_once(self) -> None:
        updates = [
            document(
                f"Update {i} of the night: the ferry lay off pier {i} with nobody on board.", *story(0, 6)
            )
            for i in range(12)
        ]
        assert standing([*updates, *stories(4, start=1)]) == {}

    def test_a_syndicated_story_under_several_addresses_counts_once(self) -> None:
        copies = [
            document(
                (f"Home, page {i} of the harbour guide to all the islands", Role.NAVIGATION), *story(0, 6)
            )
            for i in range(12)
        ]
        assert standing([*copies, *stories(4, start=1)]) == {}

    def test_furniture_on_every_page_makes_no_updates(self) -> None:
        box = [
            f"Line {i} of the box that the Courier puts behind its shorter stories every day."
            for i in range(6)
        ]
        short = [document(*story(i, 3), *box) for i in range(9)]
        assert standing(short).keys() == {identify(line) for line in box}

    def test_a_page_without_prose_of_its_own_is_no_story(self) -> None:
        pages = [*stories(9, STANDING), document("Home"), document(STANDING)]
        assert learn(pages, by=of_courier).publishers[KEY].stories == 9


class TestRecall:
    LINE = "Set in Karsund, read at sea"

    def cleaner(self) -> Cleaner:
        return Cleaner(
            profile=learn(
                stories(9, STANDING, self.LINE, "Read by everybody, owned by nobody"), by=of_courier
            )
        )

    def page(self, *behind: str) -> str:
        record = crawl.invent(1, seed=3)[0]
        return "\n\n".join([*record.gold.paragraphs, *behind])

    def test_a_sentence_goes_from_pages_of_anybody(self) -> None:
        assert STANDING not in self.cleaner().clean(self.page(STANDING)).text

    def test_a_line_alone_stays(self) -> None:
        page = self.page(self.LINE)
        assert self.cleaner().clean(page).text == newsclean.clean(page).text

    def test_a_line_goes_where_two_more_blocks_show_the_publisher(self) -> None:
        behind = (self.LINE, STANDING, "Read by everybody, owned by nobody")
        assert self.LINE in newsclean.clean(self.page(*behind)).text
        assert self.LINE not in self.cleaner().clean(self.page(*behind)).text

    def test_what_stands_behind_stays_over_and_amid_the_story(self) -> None:
        paragraphs = self.page().split("\n\n")
        for place in range(3):
            page = "\n\n".join([*paragraphs[:place], STANDING, *paragraphs[place:]])
            assert STANDING in self.cleaner().clean(page).text

    def test_a_script_that_does_not_part_words(self) -> None:
        texts = [
            "カルスンの港では月曜日の夜に新しいフェリーが二年ぶりに出航し、九十人の乗客が乗り込んだと港長が語った。",
            "島の人々は夜明けからパンと旗を持って岸壁で待ち、長い冬のあいだ船の音を忘れかけていたと話していた。",
            "会社によると、船は十月まで週に四回の往復を続け、切符の値段は故障の前とまったく変わらないという。",
        ]
        owned = "この新聞は一九六二年の夏から活字を組む人々のものであり、これからもそうである。"
        assert owned in newsclean.clean("\n\n".join([*texts, owned])).text
        cleaner = Cleaner(profile=learn(stories(3, owned), by=of_courier))
        assert cleaner.clean("\n\n".join([*texts, owned])).paragraphs == tuple(texts)

    def test_a_page_of_nothing_else_keeps_it(self) -> None:
        assert self.cleaner().clean(STANDING).text == STANDING

    def test_a_profile_of_others_changes_nothing(self) -> None:
        for folder in sorted((Path(__file__).parent.parent / "fixtures").iterdir()):
            if folder.is_dir():
                page = (folder / "page.txt").read_bytes()
                assert self.cleaner().clean(page) == newsclean.clean(page), folder.name


LINES = (
    *crawl.FURNITURE.behind,
    crawl.FURNITURE.midst,
    crawl.FURNITURE.over,
    *story(1),
    *story(2),
    crawl.REPEATED.ending,
    *("Most read", "What happens next", "By Ines Talbot", "READ MORE: Ten lidos to swim in"),
    *("# A heading", "- an item"),
)


@pytest.fixture(scope="module")
def cleaner(profile: Profile) -> Cleaner:
    return Cleaner(profile=profile)


@given(lines=st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(("\n", "\n\n", " "))), max_size=30))
@FEW
def test_any_page_is_accounted_for_and_stays_clean(cleaner: Cleaner, lines: list[tuple[str, str]]) -> None:
    page = "".join(line + end for line, end in lines)
    cleaned = cleaner.clean(page)
    assert "".join(page[b.span.start : b.span.end] for b in cleaned.blocks) == page
    assert all(removal.rule_id and removal.why for removal in cleaned.removed)
    assert cleaner.clean(cleaned.text).text == cleaned.text
    assert Document.from_dict(cleaned.to_dict()) == cleaned


kinds = st.tuples(
    st.sampled_from(("Courier", "Post", "Echo")),
    st.integers(0, 25),  # which story
    st.integers(0, 2),  # which version of it
    st.sampled_from(([], [STANDING], [(STANDING, Role.RELATED)], [STANDING, "Set in Karsund, read at sea"])),
)


def _page(kind: tuple[str, int, int, list[Any]]) -> tuple[str, Document]:
    key, number, version, behind = kind
    return key, document(
        *story(number),
        *[f"Version {version} of it, with one more word from the night desk."][:version],
        *behind,
    )


class TestMerge:
    @given(
        kinds=st.lists(kinds, max_size=60),
        parts=st.integers(1, 5),
        seed=st.integers(0, 99),
        most=st.sampled_from((2, 5, 100)),
    )
    @settings(FEW, max_examples=100)
    def test_parts_in_any_order_give_the_whole(
        self, kinds: list[Any], parts: int, seed: int, most: int
    ) -> None:
        made = [_page(kind) for kind in kinds]
        whole = learn([d for _, d in made], by=[key for key, _ in made], max_pages=most)
        random.Random(seed).shuffle(made)  # noqa: S311 - no secret
        shards = [made[i::parts] for i in range(parts)]
        learned = [
            learn([d for _, d in some], by=[key for key, _ in some], max_pages=most) for some in shards
        ]
        left = reduce(or_, learned)
        right = reduce(lambda merged, one: one | merged, reversed(learned[:-1]), learned[-1])
        assert left == right == learned[0].merge(*learned[1:]) == whole
        assert left.to_json() == whole.to_json()
        assert (str(left), left.prune()) == (str(whole), whole.prune())

    def test_nothing_is_learned_from_one_part_alone(self) -> None:
        one, two = (
            learn(stories(2, STANDING), by=of_courier),
            learn(stories(2, STANDING, start=2), by=of_courier),
        )
        assert [part.publishers[KEY].standing for part in (one, two)] == [(), ()]
        assert [block.stories for block in (one | two).publishers[KEY].standing] == [4]

    def test_a_part_read_back_from_json_merges_too(self) -> None:
        one, two = learn(stories(3, STANDING), by=of_courier), learn(stories(3, start=3), by=of_courier)
        assert Profile.from_json(one.to_json()) | Profile.from_json(two.to_json()) == one | two

    def test_the_same_part_twice_adds_no_story(self) -> None:
        one = learn(stories(4, STANDING), by=of_courier)
        assert (one | one).publishers[KEY].standing == one.publishers[KEY].standing

    def test_merging_nothing(self) -> None:
        one = learn(stories(4, STANDING), by=of_courier)
        assert one | Profile() == one == Profile() | one == one.merge()

    def test_a_pruned_profile_does_not_merge(self) -> None:
        one = learn(stories(3, STANDING), by=of_courier)
        with pytest.raises(ProfileError, match="prune last"):
            one | one.prune()
        with pytest.raises(TypeError, match="unsupported operand"):
            one | {}


class TestBounds:
    def test_so_many_pages_of_a_publisher_are_compared(self) -> None:
        learned = learn(stories(70, STANDING), by=of_courier, max_pages=20)
        assert len(learned.samples[KEY].pages) == 20
        assert (learned.publishers[KEY].pages, learned.publishers[KEY].stories) == (70, 20)
        assert [block.stories for block in learned.publishers[KEY].standing] == [20]

    def test_a_long_page_is_held_by_its_ends(self) -> None:
        (page,) = learn([document(*story(0, 3000))], by=of_courier).samples[KEY].pages.values()
        texts = [block.text for block in page]
        assert (len(texts), texts[0], texts[-1]) == (
            1000,
            identify(story(0)[0]),
            identify(story(0, 3000)[-1]),
        )

    def test_a_long_block_is_held_by_its_beginning(self) -> None:
        one, other = (f"{STANDING * 5} {end}" for end in ("Tides", "Times"))
        assert len(identify(one)) < 125
        assert identify(one) != identify(other)
        assert identify(one).startswith(identify(STANDING))
        assert identify(identify(one)) == identify(one)

    def test_pruning_leaves_nothing_of_the_stories(self) -> None:
        learned = learn([*stories(6, STANDING)], by=of_courier)
        assert "harbour master" in learned.to_json()
        assert "harbour master" not in learned.prune().to_json()
        assert learned.prune().publishers == learned.publishers


class TestPrune:
    def test_two_stories_are_enough_where_one_says_so(self) -> None:
        learned = learn(stories(2, STANDING), by=of_courier)
        assert learned.prune().publishers == {}
        assert [block.stories for block in learned.prune(min_stories=2).publishers[KEY].standing] == [2]
        assert learned.prune(2).prune(2) == learned.prune(2).prune() == learned.prune(2)

    def test_more_may_be_asked_for(self) -> None:
        learned = learn(stories(5, STANDING), by=of_courier)
        assert len(learned.prune(5).publishers) == 1
        assert learned.prune(6).publishers == {}

    def test_one_story_is_refused(self) -> None:
        for least in (1, 0, 2.5, None):
            with pytest.raises(ValueError, match="min_stories must be a whole number of at least 2"):
                Profile().prune(least)  # type: ignore[arg-type]


class TestFile:
    def test_a_profile_comes_back_as_it_was(self, profile: Profile, tmp_path: Path) -> None:
        for number, one in enumerate((profile, profile.prune(), Profile())):
            file = tmp_path / f"{number}.json"
            one.save(file)
            assert Profile.load(file) == one == Profile.from_dict(one.to_dict())
            assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own pickle
            assert str(Profile.load(file)) == str(one)

    def test_odd_text_comes_back_too(self, tmp_path: Path) -> None:
        odd = "Ein Satz der Zeitung 日本 mit \ud800 und \u2028, der unter jeder Geschichte steht."
        one = learn(stories(3, odd), by=lambda _: "Brücke\udfff")
        one.prune().save(tmp_path / "odd.json")
        assert Profile.load(tmp_path / "odd.json") == one.prune()

    def test_a_cleaner_takes_the_file(self, profile: Profile, unseen: list[Any], tmp_path: Path) -> None:
        profile.save(tmp_path / "profile.json")
        one, other = Cleaner(profile=tmp_path / "profile.json"), Cleaner(profile=profile)
        assert one.profile == other.profile == profile.prune()
        assert one.clean(unseen[0].html) == other.clean(unseen[0].html)
        assert pickle.loads(pickle.dumps(one)).clean(unseen[0].html) == one.clean(unseen[0].html)  # noqa: S301 - ours

    def test_a_line_may_be_added_by_hand(self, profile: Profile, unseen: list[Any]) -> None:
        table = json.loads(profile.prune().to_json())
        added = "A gift to the Courier is a gift to the gulls, as its founder liked to say."
        entry = {
            **table["publishers"][KEY]["standing"][0],
            "text": added,
            "role": "subscribe",
            "place": "behind",
        }
        table["publishers"][KEY]["standing"].append(entry)
        page = unseen[1].html.replace(crawl.FURNITURE.behind[0], added)
        removed = Cleaner(profile=Profile.from_dict(table)).clean(page).removed
        assert (added, Role.SUBSCRIBE) in [(removal.text, removal.role) for removal in removed]

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"schema_version": 2}, "schema version 2; this newsclean reads 1"),
            ({"max_pages": 0}, "max_pages must be"),
            ({"skipped": None}, "not a profile"),
            ({"publishers": {KEY: {"pages": 3}}}, "not a profile: KeyError"),
            (
                {"publishers": {KEY: {"pages": -3, "stories": 3, "standing": []}}},
                "-3 where a count should stand",
            ),
            ({"publishers": {KEY: {"pages": 3, "stories": 3, "standing": [{}]}}}, "not a profile"),
        ],
    )
    def test_a_broken_profile_is_refused(
        self, profile: Profile, change: dict[str, Any], message: str
    ) -> None:
        table = {**profile.prune().to_dict(), **change}
        with pytest.raises(ProfileError, match=message):
            Profile.from_dict(table)

    @pytest.mark.parametrize(
        ("field", "value"), [("role", "body"), ("role", "banana"), ("place", "under"), ("text", 5)]
    )
    def test_a_broken_entry_is_refused(self, profile: Profile, field: str, value: object) -> None:
        table = profile.prune().to_dict()
        table["publishers"][KEY]["standing"][0][field] = value
        with pytest.raises(ProfileError, match="not a profile"):
            Profile.from_dict(table)

    def test_a_broken_sample_is_refused(self, profile: Profile) -> None:
        table = profile.to_dict()
        next(iter(table["samples"][KEY]["pages"].values()))[0][0] = 10**6
        with pytest.raises(ProfileError, match="not a profile"):
            Profile.from_dict(table)

    def test_a_broken_file_is_named(self, tmp_path: Path) -> None:
        for name, content in (("no.json", b"{"), ("list.json", b"[]"), ("bytes.json", b"\xff\xfe\xff")):
            (tmp_path / name).write_bytes(content)
            with pytest.raises(ProfileError, match=name):
                Cleaner(profile=tmp_path / name)
        with pytest.raises(ProfileError, match="nowhere"):
            Profile.load(tmp_path / "nowhere.json")

    def test_anything_else_is_refused(self) -> None:
        with pytest.raises(ValueError, match="profile takes a Profile or the path of one"):
            Cleaner(profile={})  # type: ignore[arg-type]

    def test_the_command_takes_it(
        self, profile: Profile, unseen: list[Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        page, file = tmp_path / "page.html", tmp_path / "profile.json"
        page.write_text(unseen[1].html, encoding="utf-8")
        profile.save(file)
        assert cli.main(["--profile", str(file), str(page)]) == cli.OK
        assert crawl.FURNITURE.midst not in capsys.readouterr().out
        assert cli.main([str(page)]) == cli.OK
        assert crawl.FURNITURE.midst in capsys.readouterr().out
        file.write_text("{}", encoding="utf-8")
        assert cli.main(["--profile", str(file), str(page)]) == cli.FAILED
        assert "profile.json: schema version None" in capsys.readouterr().err


class Missing:
    """Like the missing value of a data frame that refuses to be compared."""

    def __ne__(self, other: object) -> bool:
        raise TypeError("boolean value of NA is ambiguous")

    __hash__ = None  # type: ignore[assignment]


class TestBy:
    def test_is_the_publisher_of_the_document_by_default(self) -> None:
        pages = [replace(page, publisher=KEY) for page in stories(3, STANDING)]
        assert learn(pages) == learn(pages, by="publisher") == learn(pages, by=of_courier)

    def test_may_be_another_field(self) -> None:
        pages = [replace(page, section="Sea") for page in stories(3)]
        assert list(learn(pages, by="section").publishers) == ["Sea"]

    def test_a_function_gets_the_page_as_it_was_handed_in(self) -> None:
        got: list[object] = []
        learn([b"Home", "News"], by=lambda page: got.append(page))
        assert got == [b"Home", "News"]

    def test_may_be_the_keys_in_step(self) -> None:
        keys: Iterator[str | None] = iter(["Courier", "Post", None, "  ", "Courier"])
        learned = learn(iter(stories(5)), by=keys)
        assert {key: sample.seen for key, sample in learned.samples.items()} == {"Courier": 2, "Post": 1}
        assert learned.skipped == {"no publisher": 2}

    def test_missing_values_of_a_data_frame_are_unknown_publishers(self) -> None:
        keys: Any = [float("nan"), Missing(), None]
        assert learn(stories(3), by=keys).skipped == {"no publisher": 3}

    @pytest.mark.parametrize("keys", [["A"], ["A"] * 3, []])
    def test_keys_that_are_not_in_step_are_refused(self, keys: list[str]) -> None:
        with pytest.raises(ValueError, match="keys"):
            learn(stories(2), by=keys)

    def test_other_keys_are_refused(self) -> None:
        with pytest.raises(TypeError, match="the key of page 1 is 7, which is no string"):
            learn(stories(2), by=["A", 7])  # type: ignore[list-item]
        with pytest.raises(TypeError, match="by is a field, a function or keys, not 7"):
            learn(stories(2), by=7)  # type: ignore[arg-type]
        with pytest.raises(
            ValueError, match="by names one of publisher, aggregator, section, language; not 'host'"
        ):
            learn(stories(2), by="host")

    def test_one_page_is_refused(self) -> None:
        for page in ("a page", b"a page", document("a page")):
            with pytest.raises(PageTypeError, match="several pages"):
                learn(page, by=of_courier)  # type: ignore[arg-type]

    def test_a_bad_bound_is_refused(self) -> None:
        for bound in (0, -1, 2.5, None):
            with pytest.raises(ValueError, match="max_pages must be a whole number of at least 1"):
                learn([], max_pages=bound)  # type: ignore[arg-type]


class TestLearn:
    def test_a_bad_page_stops_nothing(self, pages: list[Any]) -> None:
        bad: list[Any] = [b"%PDF-1.7", 5, "Home\nNews\nSport", ""]
        learned = learn([*bad, *(page.html for page in pages[:3])], by=of_courier)
        assert learned.skipped == {"no article": 2, "not cleaned": 2}
        assert learned.publishers[KEY].pages == 3
        assert str(learned).endswith("not counted, no article: 2 pages\nnot counted, not cleaned: 2 pages")

    def test_documents_need_no_cleaning(self, pages: list[Any], profile: Profile) -> None:
        assert learn(newsclean.clean_many(page.html for page in pages), by=of_courier) == profile

    def test_what_a_profile_took_out_does_not_prove_it(self, pages: list[Any], profile: Profile) -> None:
        again = learn([page.html for page in pages], by=of_courier, cleaner=Cleaner(profile=profile))
        assert again.publishers == profile.publishers

    def test_the_cleaner_is_used(self) -> None:
        assert learn(["x" * 50], by=of_courier, cleaner=Cleaner(max_chars=10)).skipped == {"not cleaned": 1}

    def test_the_account_is_readable(self) -> None:
        learned = learn(stories(4, STANDING), by=of_courier)
        assert str(learned) == (
            "The Karsund Courier: 4 stories on 4 pages\n"
            "  stories  kept  place   role        text\n"
            "        4     4  behind  other       the courier has belonged to the people who set its type "
            "since the summe…"
        )
        assert (
            str(learn(stories(2), by=of_courier))
            == "The Karsund Courier: 2 stories on 2 pages, nothing stands"
        )
        assert str(Profile()) == "nothing was learned"
        assert repr(learned) == "<Profile 1 publishers, 4 pages, 1 standing blocks>"
        assert repr(Profile()) == "<Profile 0 publishers, 0 pages, 0 standing blocks>"
