from episodes.apply import apply
from episodes.changes import UseClip
from episodes.faces import faces
from tests.episodes.test_apply import MY_CLIP
from tests.planned_episode import planned_episode

EPISODE = planned_episode("proof")


def test_every_face_is_of_somebody_human_in_a_near_shot_and_lies_in_the_film() -> None:
    found = faces(EPISODE)
    assert found
    people = {person.id for person in EPISODE.the_world.characters if person.kind == "human"}
    placed = [(at, at + clip.seconds, clip.media) for at, clip in EPISODE.the_cut.track("V1").placed()]
    for face in found:
        assert face.who in people
        (shot,) = [EPISODE.shot(media) for start, end, media in placed if start <= face.at < end]
        assert shot.size in ("medium", "medium_close", "close")
        assert face.who in {subject.id for subject in shot.subjects}


def test_whoever_is_seen_most_comes_first() -> None:
    who = [face.who for face in faces(EPISODE)]
    assert who.count(who[0]) == max(map(who.count, who))


def test_a_clip_of_the_persons_own_is_no_face_and_nor_is_a_film_that_is_not_cut() -> None:
    first = faces(EPISODE)[0]
    shot = next(clip.media for at, clip in EPISODE.the_cut.track("V1").placed() if at <= first.at < at + clip.seconds)
    assert first not in faces(apply(UseClip(shot=shot, clip=MY_CLIP), EPISODE))
    assert faces(EPISODE.model_copy(update={"cut": None})) == ()
