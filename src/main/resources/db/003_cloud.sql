-- What the cloud told us, as it came, before it is answered.
create table callback (
  id bigint generated always as identity primary key,
  received_at timestamptz not null,
  event_type int not null,
  stream text not null,
  body text not null,
  state text not null check (state in ('new', 'done', 'unmatched', 'noted')),
  claimed_until timestamptz,
  settled_at timestamptz
) with (fillfactor = 80);
create index callback_new on callback (received_at) where state = 'new';
create index callback_received on callback (received_at);

-- The memory of the simulated cloud.
create table simulated_stream (
  stream text primary key,
  sequence text not null,
  is_up boolean not null,
  is_forbidden boolean not null,
  since timestamptz not null
);
