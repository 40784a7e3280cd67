-- The truth. Times are the server's, in milliseconds; lists are text arrays that a person can read.

-- One row: the log's identity and the number of its last entry. Its row lock gives the log its order.
create table hall_clock (
  only_one boolean primary key default true check (only_one),
  epoch text not null,
  seq bigint not null
) with (fillfactor = 10);
insert into hall_clock (epoch, seq)
  values (substr(md5(random()::text || clock_timestamp()::text), 1, 8), 0);

create table room (
  id text primary key,
  stream text not null,
  host_id text not null,
  host_name text,
  host_avatar_url text,
  title text not null,
  cover_url text,
  location text,
  tags text[] not null,
  state text not null check (state in ('created', 'live', 'interrupted', 'closed')),
  close_reason text check ((state = 'closed') = (close_reason is not null)),
  created_at timestamptz not null,
  live_at timestamptz,
  closed_at timestamptz,
  version bigint not null,
  viewers bigint not null,
  likes bigint not null,
  peak_viewers bigint not null,
  visits bigint not null,
  -- what we were told, by whom and when
  said_live_at timestamptz,
  beat_at timestamptz,
  seen_up_at timestamptz,
  misses text[] not null,
  pushes text[] not null
) with (fillfactor = 70);
-- A host has one open room.
create unique index room_open_of_host on room (host_id) where state <> 'closed';
create index room_open_of_stream on room (stream) where state <> 'closed';
create index room_live on room (live_at) where state = 'live';

-- What happened, in commit order, without a gap: the room as it was after it.
create table room_log (
  seq bigint primary key,
  event text not null,
  at timestamptz not null,
  id text not null,
  stream text not null,
  host_id text not null,
  host_name text,
  host_avatar_url text,
  title text not null,
  cover_url text,
  location text,
  tags text[] not null,
  state text not null,
  close_reason text,
  created_at timestamptz not null,
  live_at timestamptz,
  closed_at timestamptz,
  version bigint not null,
  viewers bigint not null,
  likes bigint not null,
  peak_viewers bigint not null,
  visits bigint not null
);
create index room_log_at on room_log (at);

-- The open rooms and when each is next to be looked at.
create table room_watch (
  room_id text primary key references room (id),
  due_at timestamptz not null,
  asked bigint not null default 0
) with (fillfactor = 50);
create index room_watch_due on room_watch (due_at);

-- First answers to attempts to open a room, for those who ask again.
create table opening (
  host_id text not null,
  key text not null,
  request text not null,
  push_until timestamptz not null,
  id text not null,
  stream text not null,
  host_name text,
  host_avatar_url text,
  title text not null,
  cover_url text,
  location text,
  tags text[] not null,
  created_at timestamptz not null,
  primary key (host_id, key)
);
create index opening_at on opening (created_at);

create table host_ban (
  host_id text primary key,
  reason text not null,
  until timestamptz
);
