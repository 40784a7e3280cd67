/**
 * What the hall shows: on top the view that the server pushes, and below it, once more were asked for, the rooms that REST
 * told, with their counters and closes from watch(). REST is asked first: its answer is there before the socket is, and
 * the socket goes on from it. Nothing in here knows the page.
 */
const VIEW = 20;
const STEP = 20;
const MOST = 100;
const REFRESH_MS = 30000;
const TIMEOUT_MS = 6000;

export class Listing {
  #live;
  #onShow;
  #query = {};
  #view = null;
  #below = [];
  #wanted = VIEW;
  #askedAt = 0;

  /** @param onShow {rooms, total, isOther, came, closed, more: 'yes' | 'no' | 'enough'} */
  constructor(live, onShow) {
    this.#live = live;
    this.#onShow = onShow;
    live.on('count', (counts) => this.#count(counts));
    live.on('closed', ({ room }) => this.#closed(room));
    // What closed while nobody told is still shown below.
    live.on('state', ({ name }) => name === 'live' && this.#soon());
  }

  async look(query) {
    this.#view?.close();
    this.#view = null;
    this.#query = query;
    this.#below = [];
    this.#wanted = VIEW;
    this.#live.watch([]);
    const { page, isRefused } = await ask(query, VIEW);
    if (query !== this.#query) return;
    if (isRefused) return this.#onShow({ rooms: [], total: 0, isOther: true, came: [], closed: 0, more: 'no' });
    let isFirst = !page;
    this.#view = this.#live.hall({ ...query, limit: VIEW, since: page }, (change) => {
      this.#changed(change, isFirst);
      isFirst = false;
    });
    if (page) this.#show({ isOther: true });
  }

  /** @returns whether there was an answer */
  async more() {
    this.#wanted = Math.min(MOST, this.#wanted + STEP);
    return this.#askBelow();
  }

  /** Of the rooms below, watch() does not tell that they were edited or interrupted; so they are asked for now and then. */
  async refresh() {
    if (this.#wanted > VIEW && Date.now() - this.#askedAt > REFRESH_MS) await this.#askBelow();
  }

  async #askBelow() {
    this.#askedAt = Date.now();
    // From the first room on, not by the cursor of a page before: rooms have crossed the border to the view since.
    const query = this.#query;
    const { page } = await ask(query, this.#wanted);
    if (!page || !this.#view || query !== this.#query) return false;
    const inView = new Set(this.#view.rooms.map((room) => room.id));
    const last = page.rooms.findLastIndex((room) => inView.has(room.id));
    this.#below = page.rooms.slice(last + 1);
    this.#show();
    return true;
  }

  #changed({ came, left, whole }, isOther) {
    if (this.#wanted > VIEW && !isOther) {
      const sunk = left.filter(({ room, why }) => why === 'left' && this.#isBelow(room)).map(({ room }) => room);
      this.#below = [...sunk, ...this.#below];
      if (whole || (this.#query.sort === 'hot' && left.length > 0)) this.#soon();
    }
    this.#show({ isOther, came, closed: left.filter(({ why }) => why === 'closed').length });
  }

  /** Whether a room that left the view stands below it now; else it is interrupted, or has not this tag any more. */
  #isBelow(room) {
    const last = this.#view.rooms.at(-1);
    // How hot a room is only the server knows: it is asked soon.
    return last && (this.#query.sort === 'hot' || Date.parse(room.liveAt) <= Date.parse(last.liveAt));
  }

  #soon() {
    this.#askedAt = Math.min(this.#askedAt, Date.now() - REFRESH_MS + 3000);
  }

  #count(counts) {
    const countById = new Map(counts.map((count) => [count.id, count]));
    const isTold = this.#below.some((room) => countById.has(room.id));
    if (!isTold) return;
    this.#below = this.#below.map((room) => (countById.has(room.id) ? { ...room, ...countById.get(room.id) } : room));
    this.#show();
  }

  #closed(id) {
    const rest = this.#below.filter((room) => room.id !== id);
    if (rest.length === this.#below.length) return;
    this.#below = rest;
    this.#show({ closed: 1 });
  }

  #show({ isOther = false, came = [], closed = 0 } = {}) {
    const inView = new Set(this.#view.rooms.map((room) => room.id));
    this.#below = this.#below.filter((room) => !inView.has(room.id)).slice(0, MOST - inView.size);
    this.#live.watch(this.#below.map((room) => room.id));
    const rooms = [...this.#view.rooms, ...this.#below];
    const { total } = this.#view;
    const more = total <= rooms.length ? 'no' : rooms.length < MOST ? 'yes' : 'enough';
    this.#onShow({ rooms, total, isOther, came, closed, more });
  }
}

async function ask({ sort, tag }, limit) {
  const query = new URLSearchParams({ sort, limit, ...(tag && { tag }) });
  try {
    const answer = await fetch('/v1/rooms?' + query, { signal: AbortSignal.timeout(TIMEOUT_MS), credentials: 'omit' });
    return { page: answer.ok ? await answer.json() : null, isRefused: answer.status === 400 };
  } catch {
    return { page: null, isRefused: false };
  }
}
