/**
 * Where the page gets the list from. Today it asks every few seconds; whatever brings the list later only has to call
 * `onList`, `onStatus` and `onTrouble` in the same way. Nothing in here knows the page.
 */
const PAGE = 36;
const LIMIT_MAX = 100;
const POLL_MS = 2500;
const STATUS_MS = 5000;
const WAIT_MAX_MS = 30000;
const TIMEOUT_MS = 8000;

export class Feed {
  #wish = { sort: 'newest', tag: '' };
  #shown = PAGE;
  #list = null;
  #answers = new Map();
  #failures = 0;
  #timer = 0;
  #round = null;
  #statusAt = -STATUS_MS;
  #hear;

  /** @param hear {onList({rooms, total, more}), onStatus(status | null), onTrouble({text, inMs} | null)} */
  constructor(hear) {
    this.#hear = hear;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#pause() : this.again()));
    addEventListener('online', () => this.again());
  }

  look(sort, tag) {
    this.#wish = { sort, tag };
    this.#shown = PAGE;
    this.#list = null;
    this.#answers.clear();
    this.again();
  }

  again() {
    this.#pause();
    if (!document.hidden) this.#poll();
  }

  /** The next page, by the cursor of the last one. */
  async more() {
    if (!this.#list?.nextCursor) return;
    this.#pause();
    this.#shown += PAGE;
    const before = this.#list;
    await this.#attempt(async (signal) => {
      const page = await this.#page(PAGE, before.nextCursor, signal, new Map());
      this.#give({ ...page, rooms: [...before.rooms, ...page.rooms] });
    });
  }

  #pause() {
    clearTimeout(this.#timer);
    this.#round?.abort();
    this.#round = null;
  }

  #poll() {
    return this.#attempt(async (signal) => {
      if (performance.now() - this.#statusAt >= STATUS_MS) await this.#askStatus(signal);
      const asked = new Map();
      let list = { rooms: [], nextCursor: null };
      do {
        const limit = Math.min(LIMIT_MAX, this.#shown - list.rooms.length);
        const page = await this.#page(limit, list.nextCursor, signal, asked);
        list = { ...page, rooms: [...list.rooms, ...page.rooms] };
      } while (list.nextCursor && list.rooms.length < this.#shown);
      this.#answers = asked;
      this.#give(list);
    });
  }

  /** One round of questions; the next is due after it, later each time that it fails. */
  async #attempt(work) {
    const round = new AbortController();
    this.#round = round;
    let wait = POLL_MS;
    try {
      await work(round.signal);
      if (round.signal.aborted) return;
      this.#failures = 0;
      this.#hear.onTrouble(null);
    } catch (trouble) {
      if (round.signal.aborted) return;
      this.#failures += 1;
      wait = Math.max(Math.min(POLL_MS * 2 ** (this.#failures - 1), WAIT_MAX_MS), trouble.waitMs ?? 0);
      this.#answers.clear();
      this.#statusAt = -STATUS_MS;
      if (!trouble.answered) this.#hear.onStatus(null);
      this.#hear.onTrouble({ text: trouble.text ?? 'The server is away.', inMs: wait });
    }
    // A little chance, so that the pages of many viewers do not ask in step after the server was away.
    this.#timer = setTimeout(() => this.#poll(), wait * (0.9 + Math.random() * 0.2));
  }

  async #askStatus(signal) {
    const { response, body } = await ask('/v1/status', {}, signal);
    this.#statusAt = performance.now();
    // A server that cannot tell how it is may still know its list.
    this.#hear.onStatus(response.ok ? body : null);
  }

  async #page(limit, cursor, signal, asked) {
    const query = new URLSearchParams({ sort: this.#wish.sort, limit });
    if (this.#wish.tag) query.set('tag', this.#wish.tag);
    if (cursor) query.set('cursor', cursor);
    const url = '/v1/rooms?' + query;
    const known = this.#answers.get(url);
    const { response, body } = await ask(url, known ? { 'If-None-Match': known.etag } : {}, signal);
    if (response.status === 304 && known) {
      asked.set(url, known);
      return known.body;
    }
    if (!response.ok) throw refusal(response, body);
    const etag = response.headers.get('ETag');
    if (etag) asked.set(url, { etag, body });
    return body;
  }

  #give(list) {
    const roomById = new Map();
    for (const room of list.rooms) roomById.set(room.id, room);
    this.#list = list;
    this.#hear.onList({ rooms: [...roomById.values()], total: list.total, more: Boolean(list.nextCursor) });
  }
}

async function ask(url, headers, signal) {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(TIMEOUT_MS);
  const stop = new AbortController();
  for (const s of [signal, late]) s.addEventListener('abort', () => stop.abort(), { once: true });
  // no-store: the page keeps answers by their ETag itself, and must see the 304.
  const response = await fetch(url, { headers, signal: stop.signal, cache: 'no-store', credentials: 'omit' });
  const text = response.status === 304 ? '' : await response.text();
  return {
    response,
    body: text && (response.headers.get('Content-Type') ?? '').includes('json') ? JSON.parse(text) : null,
  };
}

function refusal(response, body) {
  const trouble = new Error('HTTP ' + response.status);
  trouble.answered = true;
  trouble.waitMs = 1000 * (Number(response.headers.get('Retry-After')) || 0);
  if (response.status === 401) trouble.text = 'This server shows its rooms only to those who signed in.';
  else if (response.status < 500) trouble.text = body?.detail ?? 'The server does not understand this page.';
  else if (body?.code) trouble.text = 'The server cannot answer at the moment.';
  return trouble;
}
