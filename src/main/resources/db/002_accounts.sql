-- Built-in accounts. Passwords and refresh tokens are known by their hashes only.
create table account (
  user_id text primary key,
  password_hash text not null,
  role text not null check (role in ('user', 'moderator', 'admin')),
  created_at timestamptz not null default now()
);

create table refresh_token (
  hash text primary key,
  session text not null,
  user_id text not null references account (user_id),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_token_session on refresh_token (session);
create index refresh_token_user on refresh_token (user_id);
create index refresh_token_expires on refresh_token (expires_at);
