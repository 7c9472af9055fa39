export const LEDGER_APPLICATION_ID = 0x54_44_4c_47;

/**
 * Decimals are TEXT, exactly as the domain writes them; times are epoch milliseconds, which an
 * exchange may give with a fraction. Tables that are paged have a `row`, the order of insertion.
 */
export const LEDGER_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE bots (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    strategy TEXT NOT NULL,
    instrument_id TEXT NOT NULL,
    params TEXT NOT NULL,
    initial_cash TEXT NOT NULL,
    maker_fee_bps REAL NOT NULL,
    taker_fee_bps REAL NOT NULL,
    created_time REAL NOT NULL,
    state TEXT NOT NULL,
    error TEXT,
    cash TEXT NOT NULL,
    fill_count INTEGER NOT NULL,
    last_fill_time REAL,
    strategy_state TEXT,
    order_sequence INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE orders (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    bot_id TEXT NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    instrument_id TEXT NOT NULL,
    type TEXT NOT NULL,
    side TEXT NOT NULL,
    quantity TEXT NOT NULL,
    limit_price TEXT,
    status TEXT NOT NULL,
    filled_quantity TEXT NOT NULL,
    reason TEXT,
    created_time REAL NOT NULL,
    updated_time REAL NOT NULL
  ) STRICT;
  CREATE INDEX orders_by_time ON orders (created_time);
  CREATE INDEX orders_by_bot ON orders (bot_id, created_time);
  CREATE INDEX orders_open ON orders (bot_id, created_time)
    WHERE status IN ('submitted', 'accepted', 'partiallyFilled');

  CREATE TABLE fills (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    bot_id TEXT NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    order_id TEXT NOT NULL,
    instrument_id TEXT NOT NULL,
    side TEXT NOT NULL,
    quantity TEXT NOT NULL,
    price TEXT NOT NULL,
    fee TEXT NOT NULL,
    fee_currency TEXT NOT NULL,
    liquidity TEXT NOT NULL,
    realized_pnl TEXT NOT NULL,
    event_time REAL NOT NULL
  ) STRICT;
  CREATE INDEX fills_by_time ON fills (event_time);
  CREATE INDEX fills_by_bot ON fills (bot_id, event_time);
  CREATE INDEX fills_by_instrument ON fills (instrument_id, event_time);

  CREATE TABLE positions (
    bot_id TEXT NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    instrument_id TEXT NOT NULL,
    quantity TEXT NOT NULL,
    cost TEXT NOT NULL,
    average_price TEXT,
    realized_pnl TEXT NOT NULL,
    fees TEXT NOT NULL,
    updated_time REAL NOT NULL,
    PRIMARY KEY (bot_id, instrument_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE notifications (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    source TEXT NOT NULL,
    is_read INTEGER NOT NULL,
    created_time REAL NOT NULL
  ) STRICT;
  CREATE INDEX notifications_by_time ON notifications (created_time);
  CREATE INDEX notifications_unread ON notifications (created_time) WHERE is_read = 0;

  CREATE TABLE bot_logs (
    row INTEGER PRIMARY KEY,
    bot_id TEXT NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    level TEXT NOT NULL,
    message TEXT NOT NULL,
    time REAL NOT NULL
  ) STRICT;
  CREATE INDEX bot_logs_by_bot ON bot_logs (bot_id);

  CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE tokens (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    scopes TEXT NOT NULL,
    bot_ids TEXT,
    issued_time REAL NOT NULL,
    expiry_time REAL NOT NULL,
    revoked_time REAL,
    last_used_time REAL
  ) STRICT;
  `,
  `
  CREATE TABLE announcements (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    severity TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    created_time REAL NOT NULL
  ) STRICT;
  CREATE INDEX announcements_by_time ON announcements (created_time);

  CREATE TABLE desk_messages (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    room TEXT NOT NULL,
    user_id TEXT NOT NULL,
    text TEXT NOT NULL,
    time REAL NOT NULL
  ) STRICT;
  CREATE INDEX desk_messages_by_room ON desk_messages (room);

  CREATE TABLE bot_records (
    row INTEGER PRIMARY KEY,
    bot_id TEXT NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    time REAL NOT NULL,
    UNIQUE (bot_id, id)
  ) STRICT;
  `,
  `
  CREATE TABLE channel_epoch (epoch TEXT NOT NULL) STRICT;
  INSERT INTO channel_epoch (epoch) VALUES (lower(hex(randomblob(9))));

  CREATE TABLE channels (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    last_offset INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE channel_log (
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    position INTEGER NOT NULL,
    time REAL NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (channel_id, position)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE feeds (
    row INTEGER PRIMARY KEY,
    spec TEXT NOT NULL UNIQUE,
    added_time REAL NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE orders ADD COLUMN trigger_price TEXT;
  ALTER TABLE orders ADD COLUMN trailing_offset TEXT;
  ALTER TABLE orders ADD COLUMN triggered_time REAL;
  ALTER TABLE orders ADD COLUMN time_in_force TEXT NOT NULL DEFAULT 'gtc';
  ALTER TABLE orders ADD COLUMN post_only INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE orders ADD COLUMN reduce_only INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE orders ADD COLUMN oco_group TEXT;
  ALTER TABLE orders ADD COLUMN why TEXT;
  UPDATE orders SET time_in_force = 'ioc' WHERE type = 'market';

  ALTER TABLE bots ADD COLUMN account_state TEXT;
  `,
  `
  ALTER TABLE bots ADD COLUMN latency_ms REAL NOT NULL DEFAULT 0;
  ALTER TABLE bots ADD COLUMN slippage_bps REAL NOT NULL DEFAULT 2;
  ALTER TABLE bots ADD COLUMN leverage REAL NOT NULL DEFAULT 1;
  ALTER TABLE bots ADD COLUMN limits TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE bots ADD COLUMN schedule TEXT;
  ALTER TABLE bots ADD COLUMN archived_time REAL;
  ALTER TABLE bots ADD COLUMN paused_by TEXT;
  ALTER TABLE bots ADD COLUMN reason TEXT;
  ALTER TABLE bots ADD COLUMN is_closing INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE bots ADD COLUMN peak_pnl TEXT NOT NULL DEFAULT '0';
  ALTER TABLE bots ADD COLUMN max_drawdown TEXT NOT NULL DEFAULT '0';
  ALTER TABLE bots ADD COLUMN day_time REAL;
  ALTER TABLE bots ADD COLUMN day_start_pnl TEXT NOT NULL DEFAULT '0';
  `,
  `
  CREATE TABLE journal (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    instrument_id TEXT,
    text TEXT NOT NULL,
    created_time REAL NOT NULL,
    updated_time REAL NOT NULL
  ) STRICT;
  CREATE INDEX journal_by_user ON journal (user_id, created_time);

  CREATE TABLE journal_pictures (
    entry_id TEXT PRIMARY KEY REFERENCES journal (id) ON DELETE CASCADE,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE notifications ADD COLUMN sound INTEGER;

  CREATE TABLE alert_rules (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    condition TEXT NOT NULL,
    severity TEXT NOT NULL,
    for_ms INTEGER NOT NULL,
    cooldown_ms INTEGER NOT NULL,
    is_enabled INTEGER NOT NULL,
    sound INTEGER NOT NULL,
    is_built_in INTEGER NOT NULL,
    created_time REAL NOT NULL,
    updated_time REAL NOT NULL,
    -- What its watching has to remember over a restart; JSON.
    memory TEXT
  ) STRICT;

  -- No reference to the rule: what fired outlives it.
  CREATE TABLE alerts (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    rule_id TEXT NOT NULL,
    rule_name TEXT NOT NULL,
    severity TEXT NOT NULL,
    labels TEXT NOT NULL,
    condition TEXT NOT NULL,
    value REAL,
    state TEXT NOT NULL,
    pending_time REAL NOT NULL,
    fired_time REAL NOT NULL,
    market_time REAL,
    resolved_time REAL,
    acknowledged_time REAL,
    escalated_time REAL,
    is_test INTEGER NOT NULL,
    -- When the user was last told that it fires.
    told_time REAL
  ) STRICT;
  CREATE INDEX alerts_by_time ON alerts (fired_time);
  CREATE INDEX alerts_by_rule ON alerts (rule_id, fired_time);
  CREATE INDEX alerts_firing ON alerts (fired_time) WHERE state = 'firing';

  CREATE TABLE alert_silences (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    matchers TEXT NOT NULL,
    comment TEXT NOT NULL,
    start_time REAL NOT NULL,
    end_time REAL NOT NULL
  ) STRICT;

  CREATE TABLE alert_deliveries (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    time REAL NOT NULL,
    route_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    title TEXT NOT NULL,
    alert_ids TEXT NOT NULL,
    error TEXT
  ) STRICT;
  `,
  `
  CREATE TABLE equity_points (
    bot_id TEXT NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    time REAL NOT NULL,
    equity TEXT NOT NULL,
    pnl TEXT NOT NULL,
    PRIMARY KEY (bot_id, time)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE order_trails (
    order_id TEXT PRIMARY KEY,
    bot_id TEXT NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    trail TEXT NOT NULL,
    accepted_time REAL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX order_trails_by_bot ON order_trails (bot_id);

  CREATE TABLE fill_trails (
    fill_id TEXT PRIMARY KEY,
    bot_id TEXT NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    trail TEXT NOT NULL,
    telling TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX fill_trails_by_bot ON fill_trails (bot_id);
  `,
  `
  CREATE TABLE backtests (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- What was asked for; JSON.
    plan TEXT NOT NULL,
    state TEXT NOT NULL,
    error TEXT,
    runs_done INTEGER NOT NULL,
    figures TEXT,
    created_time REAL NOT NULL,
    started_time REAL,
    finished_time REAL
  ) STRICT;
  CREATE INDEX backtests_by_time ON backtests (created_time);
  CREATE INDEX backtests_unfinished ON backtests (created_time)
    WHERE state IN ('queued', 'running');

  -- JSON, gzipped: a report may be of a megabyte.
  CREATE TABLE backtest_results (
    backtest_id TEXT PRIMARY KEY REFERENCES backtests (id) ON DELETE CASCADE,
    bytes BLOB NOT NULL
  ) STRICT;
  `,
  `
  -- From here on channels.last_offset is only what a channel had when its log was forgotten: else
  -- the newest position of the log tells it, and nothing is written twice. Versions that wrote it with
  -- each publication would count wrongly, and refuse this file.
  SELECT 1;
  `,
  `
  -- In the order of writing: a publication is a row at the end, and a few bytes of an index. While the
  -- rows themselves stood by channel, each was inserted amid others, and split pages were written whole.
  ALTER TABLE channel_log RENAME TO channel_log_before;
  CREATE TABLE channel_log (
    row INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    position INTEGER NOT NULL,
    time REAL NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  INSERT INTO channel_log (channel_id, position, time, data)
    SELECT channel_id, position, time, data FROM channel_log_before
    ORDER BY time, channel_id, position;
  DROP TABLE channel_log_before;
  CREATE UNIQUE INDEX channel_log_by_channel ON channel_log (channel_id, position);
  `,
  `
  -- Of what bots elsewhere report: when a fill came here, and when an order was accepted, as the bot said.
  ALTER TABLE fills ADD COLUMN reported_time REAL;
  ALTER TABLE orders ADD COLUMN accepted_time REAL;
  `,
  `
  -- What bots elsewhere told of their orders, state by state.
  CREATE TABLE order_states (
    row INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL,
    bot_id TEXT NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    filled_quantity TEXT NOT NULL,
    limit_price TEXT,
    trigger_price TEXT,
    reason TEXT,
    time REAL NOT NULL,
    reported_time REAL
  ) STRICT;
  CREATE INDEX order_states_by_order ON order_states (order_id);
  CREATE INDEX order_states_by_bot ON order_states (bot_id);
  INSERT INTO order_states (order_id, bot_id, status, filled_quantity, limit_price, trigger_price, time)
    SELECT id, bot_id, 'accepted', '0', limit_price, trigger_price, accepted_time FROM orders
    WHERE accepted_time IS NOT NULL;
  ALTER TABLE orders DROP COLUMN accepted_time;
  `,
  `
  -- By the order's row instead of its name and its bot's: what is new stands at the end of one index,
  -- where it stood on two pages of each bot. With a bot go its orders, and with these their states.
  ALTER TABLE order_states RENAME TO order_states_before;
  CREATE TABLE order_states (
    row INTEGER PRIMARY KEY,
    order_row INTEGER NOT NULL REFERENCES orders (row) ON DELETE CASCADE,
    status TEXT NOT NULL,
    filled_quantity TEXT NOT NULL,
    limit_price TEXT,
    trigger_price TEXT,
    reason TEXT,
    time REAL NOT NULL,
    reported_time REAL
  ) STRICT;
  INSERT INTO order_states
    SELECT states.row, orders.row, states.status, states.filled_quantity, states.limit_price,
      states.trigger_price, states.reason, states.time, states.reported_time
    FROM order_states_before AS states JOIN orders ON orders.id = states.order_id
    ORDER BY states.row;
  DROP TABLE order_states_before;
  CREATE INDEX order_states_by_order ON order_states (order_row);
  `,
  `
  -- The same orders. For a list of values each insert and update built a table of the list first.
  DROP INDEX orders_open;
  CREATE INDEX orders_open ON orders (bot_id, created_time)
    WHERE (status = 'submitted' OR status = 'accepted' OR status = 'partiallyFilled');
  `,
  `
  -- How bots stood when each quarter of an hour ended: somewhere, a day ends with it.
  CREATE TABLE equity_quarters (
    bot_id TEXT NOT NULL REFERENCES bots (id) ON DELETE CASCADE,
    time REAL NOT NULL,
    pnl TEXT NOT NULL,
    PRIMARY KEY (bot_id, time)
  ) STRICT, WITHOUT ROWID;
  `,
];
