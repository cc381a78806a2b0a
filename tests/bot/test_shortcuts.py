"""What aiogram would do in a thread for every message is done where it is."""

from aiogram import Dispatcher

from tests.conversation import Conversation


def filters_of(dispatcher: Dispatcher) -> list[bool]:
    handlers = [
        handler
        for router in dispatcher.chain_tail
        for observer in router.observers.values()
        for handler in observer.handlers
    ]
    return [one.awaitable for handler in handlers for one in handler.filters or ()]


def test_no_filter_costs_a_thread(conversation: Conversation) -> None:
    found = filters_of(conversation.dispatcher)

    assert found
    assert all(found)
