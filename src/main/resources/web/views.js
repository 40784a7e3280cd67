/**
 * What livehall.js holds of the hall and of a room: frames of livehall.v1 go in, changes come out. Nothing here knows a
 * socket or a page.
 */

/** What a view answers to a frame that does not fit what it holds: only a snapshot helps. */
export const LOST = Symbol('lost');

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

/** CRC-32 of a text in UTF-8, as 8 hex digits. */
export function crc32(text) {
  let crc = -1;
  for (const byte of new TextEncoder().encode(text)) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

const hashOf = (rooms) => crc32(rooms.map((room) => `${room.id}:${room.version}\n`).join(''));
const byId = (rooms) => new Map(rooms.map((room) => [room.id, room]));

/** The rooms of one view of the hall. Frames go in, changes come out; it knows no socket. */
export class HallView {
  rooms = [];
  total = 0;
  asOf = null;
  #query;
  #isLost = true;

  /** @param since an answer of GET /v1/rooms to the same sort, tag and limit: the view goes on from there */
  constructor({ sort = 'newest', tag = '', limit = 20, since = null } = {}) {
    this.ch = `hall:${sort}:${limit}${tag ? ':' + tag : ''}`;
    this.#query = { sort, limit, ...(tag && { tag }) };
    if (since) Object.assign(this, { rooms: since.rooms, total: since.total, asOf: since.asOf });
    this.#isLost = !since;
  }

  ask() {
    return { t: 'sub', view: 'hall', ...this.#query, ...(!this.#isLost && { since: this.asOf }) };
  }

  /** @returns null, LOST, or {whole, came: [room], changed: [room], counted: [room], left: [{room, why}], moved} */
  take(frame) {
    if (frame.t === 'count') return this.#count(frame.rooms);
    if (frame.ch !== this.ch) return null;
    if (frame.t === 'snap') return this.#snap(frame);
    if (frame.t === 'delta') return this.#isLost ? null : this.#delta(frame);
    // One that is still lost when the next mark comes asks again.
    if (frame.t === 'mark') return !this.#isLost && this.#isAsIn(frame) ? null : this.#lose();
    return null;
  }

  #snap({ epoch, seq, total, rooms }) {
    this.#isLost = false;
    return this.#become(rooms, { epoch, seq }, total, null);
  }

  #delta({ prev, seq, total, up = [], rm = [], order }) {
    if (prev !== this.asOf.seq) return this.#lose();
    const roomById = byId(this.rooms);
    for (const { id } of rm) roomById.delete(id);
    for (const room of up) roomById.set(room.id, room);
    const ids = order ?? this.rooms.map((room) => room.id);
    if (ids.length !== roomById.size || !ids.every((id) => roomById.has(id))) return this.#lose();
    const rooms = ids.map((id) => roomById.get(id));
    return this.#become(rooms, { epoch: this.asOf.epoch, seq }, total, new Map(rm.map(({ id, why }) => [id, why])));
  }

  /** Why a room is missing in a snapshot is not known: it may have closed, or only left this view. */
  #become(rooms, asOf, total, whyById) {
    const before = byId(this.rooms);
    const now = byId(rooms);
    const stayed = (list, others) => list.filter((room) => others.has(room.id)).map((room) => room.id);
    const change = {
      whole: !whyById,
      came: rooms.filter((room) => !before.has(room.id)),
      changed: rooms.filter((room) => before.has(room.id) && before.get(room.id).version !== room.version),
      counted: rooms.filter((room) => before.has(room.id) && differ(before.get(room.id), room)),
      left: this.rooms
        .filter((room) => !now.has(room.id))
        .map((room) => ({ room, why: whyById ? (whyById.get(room.id) ?? 'left') : 'unknown' })),
      moved: String(stayed(this.rooms, now)) !== String(stayed(rooms, before)),
    };
    const isSame = this.total === total && ['came', 'changed', 'counted', 'left'].every((kind) => !change[kind].length);
    Object.assign(this, { rooms, asOf, total });
    return isSame && !change.moved && !change.whole ? null : change;
  }

  #count(rows) {
    const news = new Map(rows.map(([id, viewers, likes]) => [id, { viewers, likes }]));
    const counted = this.rooms
      .filter((room) => news.has(room.id) && differ(room, news.get(room.id)))
      .map((room) => ({ ...room, ...news.get(room.id) }));
    if (counted.length === 0) return null;
    const countedById = byId(counted);
    this.rooms = this.rooms.map((room) => countedById.get(room.id) ?? room);
    return { whole: false, came: [], changed: [], counted, left: [], moved: false };
  }

  #isAsIn({ epoch, seq, count, hash }) {
    const isThere = epoch === this.asOf.epoch && seq === this.asOf.seq && count === this.rooms.length;
    return isThere && hash === hashOf(this.rooms);
  }

  #lose() {
    this.#isLost = true;
    return LOST;
  }
}

const differ = (a, b) => a.viewers !== b.viewers || a.likes !== b.likes;

/** One room. It is over once `closed` tells {reason, summary}, or `error` that there is no such room. */
export class RoomView {
  room = null;
  closed = null;
  error = null;
  #id;
  #seq = -1;

  constructor(id) {
    this.#id = id;
    this.ch = 'room:' + id;
  }

  get isOver() {
    return Boolean(this.closed ?? this.error);
  }

  ask() {
    return { t: 'sub', view: 'room', room: this.#id };
  }

  /** @returns null, LOST, or {type} of room, changed, interrupted, resumed, count, closed, error */
  take(frame) {
    if (this.isOver) return null;
    if (frame.t === 'count') return this.#count(frame.rooms.find(([id]) => id === this.#id));
    if (frame.ch ? frame.ch !== this.ch : (frame.room?.id ?? frame.room) !== this.#id) return null;
    switch (frame.t) {
      case 'room':
        this.#seq = -1;
        return this.#become(frame, frame.room);
      case 'changed':
        return this.#become(frame, frame.room);
      // Each of these is a version of the room; should the sum be wrong, the next mark shows it.
      case 'interrupted':
        return this.#become(frame, { state: 'interrupted', version: frame.version ?? this.room?.version + 1 });
      case 'resumed':
        return this.#become(frame, { state: 'live', version: frame.version ?? this.room?.version + 1 });
      case 'closed':
        this.closed = { reason: frame.reason, summary: frame.summary };
        return this.#become(frame, { state: 'closed' });
      case 'error':
        // Other errors about the room may be of who wanted to enter or to like it.
        if (frame.code === 'ROOM_NOT_FOUND') this.error = frame;
        return { type: 'error' };
      case 'mark':
        return !this.room || frame.hash === hashOf([this.room]) ? null : LOST;
    }
    return null;
  }

  #become({ t, seq }, news) {
    if (seq <= this.#seq && t !== 'closed') return null;
    this.#seq = seq;
    if (this.room || news.id) this.room = { ...this.room, ...news };
    return { type: t };
  }

  #count(row) {
    if (!row || !this.room || (this.room.viewers === row[1] && this.room.likes === row[2])) return null;
    this.room = { ...this.room, viewers: row[1], likes: row[2] };
    return { type: 'count' };
  }
}
