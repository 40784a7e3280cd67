-- Rooms that closed while their last counters could not be had: they are fetched when they can be.
alter table room add column is_unsettled boolean not null default false;
create index room_unsettled on room (id) where is_unsettled;
