"""The `eventsourcing` library's own conformance suite, run against our log."""

import threading
from collections.abc import Iterator

import pytest
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from eventsourcing.dcb.tests import DCBRecorderTestCase
from eventsourcing.persistence import IntegrityError, ProgrammingError

from daybook.server.recorder import LogRecorder


@pytest.fixture
def recorder(database: str) -> Iterator[LogRecorder]:
    with LogRecorder(database, "network") as recorder:
        yield recorder


def test_it_appends_and_reads_as_the_library_expects(recorder: LogRecorder) -> None:
    DCBRecorderTestCase()._test_append_read(recorder)


def test_it_does_so_on_a_log_that_has_events(recorder: LogRecorder) -> None:
    recorder.append([DCBEvent("before", b"{}", ["elsewhere"])] * 2)
    DCBRecorderTestCase()._test_append_read(recorder, initial_position=2)


def test_it_follows_as_the_library_expects(recorder: LogRecorder) -> None:
    DCBRecorderTestCase()._test_append_subscribe(recorder)


def test_an_empty_condition_means_any_event(recorder: LogRecorder) -> None:
    assert recorder.append([DCBEvent("first", b"{}")], DCBAppendCondition()) == 1
    with pytest.raises(IntegrityError):
        recorder.append([DCBEvent("second", b"{}")], DCBAppendCondition())
    with pytest.raises(ProgrammingError):
        recorder.append([])


def test_a_subscription_yields_what_its_query_asks_for(recorder: LogRecorder) -> None:
    recorder.append([DCBEvent("a", b"{}", ["x"]), DCBEvent("b", b"{}", ["x"]), DCBEvent("b", b"{}", ["y"])])
    with recorder.subscribe(DCBQuery([DCBQueryItem(["b"], ["y"])])) as subscription:
        assert next(subscription).position == 3


def test_a_waiting_subscription_can_be_stopped(recorder: LogRecorder) -> None:
    subscription = recorder.subscribe()
    ended = threading.Event()

    def wait() -> None:
        assert list(subscription) == []
        ended.set()

    thread = threading.Thread(target=wait)
    thread.start()
    subscription.stop()
    thread.join(10)
    assert ended.is_set()
