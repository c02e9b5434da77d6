"""/sante/ tells monitors how the site is."""

import time

import pytest
from django.core.cache import caches
from django.db import DatabaseError

from home import health


@pytest.fixture(autouse=True)
def database(db, settings, tmp_path, monkeypatch):
    """A worker that has never beaten, and a folder for files."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(health, "_beaten", float("-inf"))


def test_a_healthy_site_says_so_and_is_asked_anew_each_time(client):
    response = client.get("/sante/")
    assert response.status_code == 200
    told = {"database": "ok", "storage": "ok", "worker": None, "collector": None}
    assert response.json() == told
    assert "no-store" in response["Cache-Control"]


def test_the_age_of_the_workers_last_heartbeat_is_told(client):
    health.beat()
    assert client.get("/sante/").json()["worker"]["heartbeat_age"] in (0, 1)
    caches["counters"].set(health.BEAT_KEY, int(time.time()) - 90)
    assert client.get("/sante/").json()["worker"]["heartbeat_age"] in (90, 91)


def test_the_age_of_the_collectors_last_round_is_told(client):
    health.round_is_done()
    assert client.get("/sante/").json()["collector"]["last_round_age"] in (0, 1)
    caches["counters"].set(health.ROUND_KEY, int(time.time()) - 7200)
    told = client.get("/sante/")
    assert told.json()["collector"]["last_round_age"] in (7200, 7201) and told.status_code == 200


def test_a_worker_that_sleeps_is_no_reason_to_send_visitors_away(client):
    caches["counters"].set(health.BEAT_KEY, int(time.time()) - 9000)
    assert client.get("/sante/").status_code == 200


def test_a_heart_beats_at_most_every_fifteen_seconds():
    health.beat()
    caches["counters"].clear()
    health.beat()
    assert health.heartbeat_age() is None


def test_a_storage_that_refuses_is_told_without_details(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "a-file"
    settings.MEDIA_ROOT.write_text("in the way of a folder")
    response = client.get("/sante/")
    assert (response.status_code, response.json()["storage"]) == (503, "failed")
    assert str(tmp_path) not in response.content.decode()


def test_a_database_that_is_away_is_told(client, monkeypatch):
    def away(*_args):
        raise DatabaseError("password=secret")

    monkeypatch.setattr("home.models.versions.ContentVersion.current", away)
    monkeypatch.setattr(health, "ask_database", away)
    response = client.get("/sante/")
    assert (response.status_code, response.json()["database"]) == (503, "failed")
    assert b"secret" not in response.content


def test_a_look_at_the_storage_leaves_nothing_behind(client, tmp_path):
    client.get("/sante/")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
