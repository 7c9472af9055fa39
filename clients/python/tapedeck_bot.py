#!/usr/bin/env python3
"""Reports a trading bot that runs elsewhere to Tapedeck's hub, through whatever happens on the way.

One file to copy and to change, for Python 3.9 or later with python-socketio 5. What the records hold is in
docs/protocol.md, "Bots that run elsewhere". `main` at the end is a bot that pretends to trade.
"""

import json
import os
import random
import sys
import threading
import time
import uuid
from collections import deque
from decimal import Decimal

import socketio

PROTOCOL = 1
# Answers that say: later.
FOR_LATER = {"unavailable", "rate_limited", "unauthorized"}
RETRY_AFTER_S = 1
# Records under way at a time, once the first answers were good.
WIDEST_WINDOW = 64
# Together below the 5,000 records a second that a connection may send.
SLOT_S, RECORDS_A_SLOT = 0.1, 400
# The hub cuts a connection that brings a message beyond 10 KiB: room is left for the event around a record.
MOST_BYTES = 10 * 1024 - 512
# A hub that does not answer for so long is as good as gone.
ANSWER_TIMEOUT_S = 20
# Well within the minute after which the hub calls a running bot silent.
HEARTBEAT_S = 20
MOST_ANSWERED_BYTES = 1 << 20


class Outbox:
    """Records that wait for the hub's answer, in a file that only grows: `+` and the record as JSON when
    it comes, `-` and its id when it is answered. Killed at any moment, nothing is lost that `add` has
    returned for. `sync` forces each record to the disk, so that a power failure takes none either."""

    def __init__(self, path, sync=True):
        self._sync = sync
        self._file = open(path, "a+b", buffering=0)
        self._file.seek(0)
        content = self._file.read()
        # Half a line at the end is of the moment at which the bot was killed.
        self._size = content.rfind(b"\n") + 1
        self._file.truncate(self._size)
        self.pending = {}
        for line in content[: self._size].decode().split("\n"):
            if line.startswith("+"):
                record = json.loads(line[1:])
                self.pending[record["id"]] = record
            elif line.startswith("-"):
                self.pending.pop(line[1:], None)

    def add(self, record):
        self._write("+" + json.dumps(record))
        if self._sync:
            os.fsync(self._file.fileno())
        self.pending[record["id"]] = record

    def answered(self, record_id):
        if self.pending.pop(record_id, None) is None:
            return
        self._write("-" + record_id)
        if not self.pending and self._size > MOST_ANSWERED_BYTES:
            self._file.truncate(0)
            self._size = 0

    def close(self):
        self._file.close()

    def _write(self, line):
        data = line.encode() + b"\n"
        try:
            written = self._file.write(data)
            # A disk that becomes full takes a part, and says no only to the next.
            while written < len(data):
                written += self._file.write(data[written:])
        except OSError:
            self._file.truncate(self._size)
            raise
        self._size += len(data)


class TapedeckBot:
    """Each record is in a file before `report` returns, goes out in order with the same id however often
    it is sent, and leaves the file when the hub has it on disk.

    `token` is a function, asked before each connection. With `on_stop` the bot declares that it can be
    told to stop; when `on_stop` has come back the bot is reported as stopped, and `stopped` is set."""

    def __init__(self, url, token, bot_id, path, on_stop=None, sync=True):
        self._url, self._token, self._bot_id, self._on_stop = url, token, bot_id, on_stop
        self._run_id, self._count = uuid.uuid4().hex, 0
        self._outbox = Outbox(path, sync)
        self._changed = threading.Condition(threading.RLock())
        self._is_closed = self._is_given_up = False
        self.stopped = threading.Event()
        self._state = None
        self._heard_at = time.monotonic()
        self._stop_id = None
        self._begin_round()
        self._is_broken = True
        self._slot_end, self._slot_count = 0.0, 0
        self._sio = socketio.Client(reconnection=False)
        self._sio.on("disconnect", self._break)
        self._sio.on("closing", self._closing)
        self._sio.on("bot:command", self._commanded)
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def report(self, kind, data):
        """Written down when it returns, and sent as soon as it can be."""
        with self._changed:
            if kind == "status":
                self._state = data["state"]
            elif self._state is None:
                # What it can be told to do stands in a status.
                self.report("status", {"state": "running"})
            if kind == "status" and self._on_stop:
                data = {"capabilities": ["stop"], **data}
            self._count += 1
            record_id = f"{self._run_id}-{self._count}"
            record = {"botId": self._bot_id, "id": record_id, "kind": kind, "data": data}
            self._outbox.add(record)
            self._unsent.append(record)
            self._heard_at = time.monotonic()
            self._changed.notify_all()

    def delivered(self, timeout=None):
        """Waits until the hub has all of it; false where the time did not suffice."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._outbox.pending, timeout)

    def close(self):
        """What waits stays in the file, for the next start."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._thread.join()
        self._outbox.close()

    def _work(self):
        attempt = 0
        while not self._is_closed:
            try:
                auth = {"token": self._token(), "protocol": PROTOCOL}
                self._sio.connect(self._url, auth=auth, wait_timeout=10)
            except (socketio.exceptions.ConnectionError, ValueError, OSError) as error:
                attempt += 1
                delay = min(30, 2 ** min(attempt - 1, 5)) * random.uniform(0.5, 1)
                print(f"no hub ({error}); again in {delay:.1f} s", file=sys.stderr)
                self._wait(delay)
                continue
            attempt, self._is_given_up = 0, False
            while self._sio.connected and not self._is_closed and not self._is_given_up:
                self._deliver()
            self._sio.disconnect()

    def _deliver(self):
        """One round: from the oldest that waits on, until an answer is no good or the connection ends."""
        with self._changed:
            self._begin_round()
            while not self._is_broken and not self._is_closed and self._sio.connected:
                if self._unsent and self._under_way < self._window:
                    self._send(self._unsent.popleft())
                else:
                    self._changed.wait(1)
                    self._look()
            is_for_later = self._is_for_later
        if is_for_later and not self._is_closed:
            self._wait(RETRY_AFTER_S)

    def _begin_round(self):
        self._round = object()
        self._unsent = deque(self._outbox.pending.values())
        self._last, self._under_way, self._window = None, 0, 1
        self._is_broken = self._is_for_later = False
        self._answered_at = time.monotonic()

    def _send(self, record):
        record_id = record["id"]
        if record_id not in self._outbox.pending:
            return
        if len(json.dumps(record)) > MOST_BYTES:
            self._refuse(record, f"beyond {MOST_BYTES} bytes")
            self._changed.notify_all()
            return
        self._keep_pace()
        # The hub takes it only after the one before it: so many can be under way, and in order.
        is_behind = self._last in self._outbox.pending
        sent = {**record, "after": self._last} if is_behind else record
        if self._under_way == 0:
            self._answered_at = time.monotonic()
        self._last = record_id
        self._under_way += 1
        this_round = self._round
        try:
            self._sio.emit(
                "bot:publish", sent, callback=lambda reply: self._answered(record, reply, this_round)
            )
        except socketio.exceptions.SocketIOError:
            self._is_broken = True

    def _answered(self, record, reply, of_round):
        with self._changed:
            if self._is_closed:
                return
            is_current = of_round is self._round and not self._is_broken
            if reply["ok"]:
                self._outbox.answered(record["id"])
            elif is_current:
                # The next round begins with it, or goes on without it.
                self._is_broken = True
                self._is_for_later = reply["error"]["code"] in FOR_LATER
                if not self._is_for_later:
                    self._refuse(record, reply["error"])
            if is_current:
                self._under_way -= 1
                self._window = min(self._window * 2, WIDEST_WINDOW)
                self._answered_at = time.monotonic()
            self._changed.notify_all()

    def _refuse(self, record, why):
        print(f"refused: {record} {why}", file=sys.stderr)
        self._outbox.answered(record["id"])

    def _keep_pace(self):
        now = time.monotonic()
        if now < self._slot_end and self._slot_count >= RECORDS_A_SLOT:
            self._changed.wait_for(lambda: self._is_closed, self._slot_end - now)
        if now >= self._slot_end or self._slot_count >= RECORDS_A_SLOT:
            self._slot_end, self._slot_count = time.monotonic() + SLOT_S, 0
        self._slot_count += 1

    def _look(self):
        now = time.monotonic()
        if self._state == "running" and now - self._heard_at > HEARTBEAT_S:
            self.report("status", {"state": "running"})
        if self._under_way > 0 and now - self._answered_at > ANSWER_TIMEOUT_S:
            self._is_broken = self._is_given_up = True

    def _wait(self, seconds):
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed, seconds)

    def _break(self, *_):
        with self._changed:
            self._is_broken = True
            self._changed.notify_all()

    def _closing(self, closing):
        if closing["reconnect"]:
            return
        # Coming back would bring the same end. What waits is in the file.
        print(f"the hub sent this bot away: {closing['reason']}", file=sys.stderr)
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _commanded(self, command):
        is_ours = command["botId"] == self._bot_id and command["command"] == "stop"
        if not is_ours or not self._on_stop or command["id"] == self._stop_id:
            return
        # The same wish comes again over each connection until it is answered.
        self._stop_id = command["id"]
        threading.Thread(target=self._stop, daemon=True).start()

    def _stop(self):
        try:
            self._on_stop()
        except Exception as error:  # whatever the bot's own code throws
            self._stop_id = None
            message = f"It could not stop: {error}"[:1_000]
            self.report("log", {"level": "error", "message": message, "time": now_ms()})
        else:
            self.report("status", {"state": "stopped"})
            self.stopped.set()


def now_ms():
    return time.time_ns() // 1_000_000


def main():
    """Buys a little again and again, at the same price, until it is told to stop."""
    instrument, quantity, price = "demo:BTC/USDT", Decimal("0.01"), Decimal("60000")
    is_stopping, has_ended = threading.Event(), threading.Event()
    run = uuid.uuid4().hex[:8]

    def token():
        with open(os.environ["TOKEN_FILE"], encoding="utf-8") as file:
            return file.read().strip()

    def stop():
        is_stopping.set()
        has_ended.wait()

    bot = TapedeckBot(
        url=os.environ.get("TAPEDECK_URL", "http://127.0.0.1:8377"),
        token=token,
        bot_id=os.environ.get("BOT_ID", "python-bot"),
        path=os.environ.get("OUTBOX", "python-bot.outbox"),
        on_stop=stop,
    )
    bot.report("status", {"state": "running", "name": "Python bot", "instrumentId": instrument})
    held, number = Decimal(0), 0
    while not is_stopping.wait(float(os.environ.get("PERIOD_S", "5"))):
        number += 1
        now, order_id, fill_id = now_ms(), f"{run}-o{number}", f"{run}-f{number}"
        side = {"instrumentId": instrument, "side": "buy", "quantity": str(quantity)}
        order = {"id": order_id, **side, "type": "limit", "limitPrice": str(price), "createdTime": now}
        bot.report("order", {**order, "status": "accepted", "filledQuantity": "0", "updatedTime": now})
        # Here a real bot sends the order to its exchange, and waits for what comes of it.
        bot.report(
            "order",
            {**order, "status": "filled", "filledQuantity": str(quantity), "updatedTime": now_ms()},
        )
        fill = {"id": fill_id, "orderId": order_id, **side, "price": str(price), "eventTime": now_ms()}
        bot.report("trade", {**fill, "fee": "0.6", "feeCurrency": "USDT", "liquidity": "maker"})
        held += quantity
        position = {"instrumentId": instrument, "quantity": str(held), "cost": str(held * price)}
        bot.report("position", {**position, "averagePrice": str(price), "updatedTime": now_ms()})
        bot.report("log", {"level": "info", "message": f"bought {quantity}", "time": now_ms()})
        print(fill_id, flush=True)
    has_ended.set()
    bot.stopped.wait()
    bot.delivered(timeout=30)
    bot.close()


if __name__ == "__main__":
    main()
